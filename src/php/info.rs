//! What `phpinfo()` and `php --ri runcloud` show.

use ext_php_rs::{info_table_end, info_table_row, info_table_start, zend::ModuleEntry};

use super::engine::display_ini_entries;
use crate::http;

/// The engine's call for the information page.
pub extern "C" fn show(module: *mut ModuleEntry) {
    // A panic must not cross into the engine; a half-written page is all that it could leave.
    let _ = std::panic::catch_unwind(|| {
        info_table_start!();
        info_table_row!("RunCloud support", "enabled");
        info_table_row!("Version", env!("CARGO_PKG_VERSION"));
        for (label, value) in http::about() {
            info_table_row!(label, value);
        }
        info_table_end!();
        // SAFETY: the engine passes this module's own entry.
        unsafe { display_ini_entries(module.cast()) };
    });
}
