//! The ready file: it appears, complete, when the simulator answers.

use runcloud_simulator::{Simulator, VERSION};
use serde_json::json;
use std::io;
use std::path::Path;

/// Writes beside `path` and renames, so that nobody reads half a file.
pub(crate) fn write(path: &Path, simulator: &Simulator) -> io::Result<()> {
    let ready = json!({
        "panel": simulator.panel_url(),
        "control": simulator.control_url(),
        "ca": simulator.ca_path(),
        "seed": simulator.seed(),
        "pid": std::process::id(),
        "version": VERSION,
        "panel_wrong_host": simulator.wrong_host_url(),
        "panel_expired": simulator.expired_url(),
        "panel_http": simulator.http_url(),
        "panel_silent": simulator.silent_url(),
        "panel_black_hole": simulator.black_hole_url(),
    });
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}", std::process::id()));
    let told = |error: io::Error| {
        let text = format!("The ready file {} cannot be written: {error}.", path.display());
        io::Error::new(error.kind(), text)
    };
    std::fs::write(&unfinished, format!("{ready}\n")).map_err(told)?;
    std::fs::rename(&unfinished, path).map_err(told)
}
