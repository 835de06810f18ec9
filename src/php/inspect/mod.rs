//! What a visitor is served, and the names of hosts: functions in the namespace `RunCloud`, and the classes of their results.

mod answers;
mod arguments;
mod dns_answer;
mod functions;
mod host_inspection;
mod http_answer;
mod http_hop;
mod served_certificate;
mod setting;
mod tls_answer;

use super::value_class::ValueClass;

pub use functions::all;
pub(super) use setting::INSPECT_WORLD;

/// The classes of the results.
pub(super) const VALUE_CLASSES: [&ValueClass; 6] = [
    &host_inspection::CLASS,
    &dns_answer::CLASS,
    &http_answer::CLASS,
    &http_hop::CLASS,
    &tls_answer::CLASS,
    &served_certificate::CLASS,
];
