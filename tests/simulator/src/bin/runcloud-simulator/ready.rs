//! The ready file: it appears, complete, when the simulator answers.

use runcloud_simulator::{Simulator, VERSION};
use serde_json::json;
use std::io;
use std::path::Path;

/// Removes what an earlier run left, so that nobody takes its addresses for ours.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(told(path, &error)),
        _ => Ok(()),
    }
}

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
    std::fs::write(&unfinished, format!("{ready}\n"))
        .and_then(|()| std::fs::rename(&unfinished, path))
        .map_err(|error| told(path, &error))
}

fn told(path: &Path, error: &io::Error) -> io::Error {
    let text = format!("The ready file {} cannot be written: {error}.", path.display());
    io::Error::new(error.kind(), text)
}
