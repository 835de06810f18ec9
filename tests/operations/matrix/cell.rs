//! One cell: an operation under a fault, carried out and told in a few words.

use std::{
    thread,
    time::{Duration, Instant},
};

use runcloud::http::{Error, ErrorKind, settings};

use super::{faults::Fault, holding::Holding, operations::Operation};
use runcloud_properties::sentences;

use crate::panel::Panel;

/// How long a request that is on its way may need to arrive, on a starved machine.
const LATEST: Duration = Duration::from_secs(60);

/// Carries out `operation` under `fault`, for good or once. The outcome as the table writes it, or what is never allowed.
pub fn observe(panel: &mut Panel, operation: &Operation, fault: &Fault, once: bool) -> String {
    operation.prepare(panel);
    let before = Holding::of(panel);
    fault.arrange(panel, operation, once);

    let (result, requests) =
        operation.call(panel, |session| fault.arrange_within(session, panel, operation, once));
    wait_for_late_requests(panel);
    let changes = Holding::of(panel).changes_since(&before);
    let did = match changes.as_slice() {
        [] => "",
        [change] if change == operation.change => "+",
        [first, second] if first == operation.change && first == second => "++",
        others => return format!("HARMS: {others:?}"),
    };
    let outcome = match &result {
        Ok(word) => good(word, did, operation),
        Err(error) => bad(error, did),
    };
    match repeated(panel, operation, fault, &before, result.is_ok()) {
        Some(wrong) => wrong,
        None => format!("{outcome} ×{requests}"),
    }
}

/// What the caller has given up may still be on its way to the panel, and will be carried out.
fn wait_for_late_requests(panel: &Panel) {
    let end = Instant::now() + LATEST;
    while panel.history().iter().any(|entry| entry.fault == Some("latency") && !entry.processed) {
        assert!(Instant::now() < end, "a late request never arrived");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A success must be true.
fn good(word: &str, did: &str, operation: &Operation) -> String {
    if operation.change.is_empty() == did.is_empty() {
        // What was done twice shows; that it was done is what "ok" says.
        format!("{word}{}", did.strip_prefix('+').unwrap_or_default())
    } else {
        format!("{word} UNTRUE")
    }
}

fn bad(error: &Error, did: &str) -> String {
    if let Some(wrong) = sentences::fault_of(error) {
        return wrong;
    }
    let kind = match error.kind() {
        ErrorKind::Configuration => "configuration",
        ErrorKind::InvalidDomain => "domain",
        ErrorKind::Authentication => "token",
        ErrorKind::Permission => "forbidden",
        ErrorKind::NotFound => "missing",
        ErrorKind::Validation => "refused",
        ErrorKind::RateLimit => "limit",
        ErrorKind::Server => "server",
        ErrorKind::Connection => "connection",
        ErrorKind::Timeout if error.message().contains(settings::DEADLINE.name) => "deadline",
        ErrorKind::Timeout => "time",
        ErrorKind::UnexpectedResponse => "unexpected",
        ErrorKind::Api => "other",
        _ => "UNKNOWN",
    };
    format!("{kind}{}{did}", if error.is_retryable() { "↻" } else { "" })
}

/// Whatever happened, the same call again without the fault brings the panel to where it should be.
fn repeated(
    panel: &mut Panel,
    operation: &Operation,
    fault: &Fault,
    before: &Holding,
    done: bool,
) -> Option<String> {
    fault.lift(panel);
    if done || operation.change.is_empty() {
        return None;
    }
    let (again, _) = operation.call(panel, |_| {});
    let changes = Holding::of(panel).changes_since(before);
    // A certificate that is asked for again is issued again.
    let is_right = changes.iter().all(|change| change == operation.change)
        && (changes.len() == 1 || operation.change.starts_with("certificate"));
    match again {
        Ok(_) if is_right && !changes.is_empty() => None,
        Ok(word) => Some(format!("AGAIN {word} BUT {changes:?}")),
        Err(error) => Some(format!("AGAIN {error}")),
    }
}
