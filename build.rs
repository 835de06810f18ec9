//! Tells the extension the versions of its libraries, and links it so that it stays mapped.

use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=Cargo.lock");
    let lock = fs::read_to_string("Cargo.lock").unwrap_or_default();
    for name in ["reqwest", "hickory-proto", "rustls", "ext-php-rs"] {
        let version = lock
            .split("[[package]]")
            .find(|package| package.contains(&format!("name = \"{name}\"\n")))
            .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
            .unwrap_or("unknown");
        println!("cargo:rustc-env=RUNCLOUD_{}_VERSION={version}", name.to_uppercase().replace('-', "_"));
    }
    // PHP unloads modules at its end. The HTTP client's thread may then still be winding down, so the code it runs
    // must not be unmapped.
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
