//! What a visitor is served, and the names of hosts: functions in the namespace `RunCloud`, and the classes of their results.

mod arguments;
mod dns_answer;
mod functions;
mod host_inspection;
mod http_answer;
mod http_hop;
mod served_certificate;
mod setting;
mod tls_answer;

use ext_php_rs::error::Result;

pub use functions::all;
pub(super) use setting::INSPECT_WORLD;

/// Registers the classes, at module start-up.
pub(super) fn register() -> Result<()> {
    host_inspection::register()?;
    dns_answer::register()?;
    http_answer::register()?;
    http_hop::register()?;
    tls_answer::register()?;
    served_certificate::register()
}
