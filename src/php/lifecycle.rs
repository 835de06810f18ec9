//! The module's start and end. Nothing happens at the start or end of a request.

use std::panic;

use ext_php_rs::{
    error::{Result, php_error},
    ffi::MODULE_TEMPORARY,
    flags::ErrorType,
};

use super::{autoload, client_class, exceptions, ini, late};
use crate::http;

const SUCCESS: i32 = 0;
const FAILURE: i32 = -1;

/// The engine's call at module start-up.
pub extern "C" fn start_up(kind: i32, module_number: i32) -> i32 {
    // What dl() loads is taken apart at the end of the request, where PHP 8.2 reads classes and settings that it has freed.
    if u32::try_from(kind) == Ok(MODULE_TEMPORARY) {
        php_error(
            &ErrorType::Warning,
            "runcloud cannot be loaded by dl(): write extension=runcloud in php.ini.",
        );
        return FAILURE;
    }
    // Rust's own report would print the panic's text, which may hold a value; the place is enough to find it.
    panic::set_hook(Box::new(|info| {
        if let Some(place) = info.location() {
            use std::io::Write;
            let _ =
                writeln!(std::io::stderr(), "runcloud: internal error at {}:{}", place.file(), place.line());
        }
    }));
    match panic::catch_unwind(|| register(module_number)) {
        Ok(Ok(())) => SUCCESS,
        _ => FAILURE,
    }
}

/// The engine's call at module shut-down, before the library would be unloaded.
pub extern "C" fn shut_down(_kind: i32, _module_number: i32) -> i32 {
    let _ = panic::catch_unwind(|| {
        autoload::end();
        http::shut_down();
    });
    SUCCESS
}

/// Enums and results come when they are used; properties and arguments only name them.
fn register(module_number: i32) -> Result<()> {
    http::remember_environment();
    ini::register(module_number);
    exceptions::register()?;
    client_class::register()?;
    autoload::begin();
    late::keep_own_places();
    Ok(())
}
