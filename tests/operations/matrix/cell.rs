//! One cell: an operation under a fault, carried out and told in a few words.

use std::{
    thread,
    time::{Duration, Instant},
};

use runcloud::http::{Error, ErrorKind, settings};

use super::{faults::Fault, holding::Holding, operations::Operation, section::Strike};
use runcloud_properties::sentences;

use crate::panel::Panel;

/// How long a request that is on its way may need to arrive, on a starved machine.
const LATEST: Duration = Duration::from_secs(60);

/// Carries out `operation` under `fault`. The outcome as the page writes it, or what is never allowed, in capital letters.
pub fn observe(panel: &mut Panel, operation: &Operation, fault: &Fault, strike: Strike) -> String {
    operation.prepare(panel);
    let before = Holding::of(panel);
    fault.arrange(panel, operation, strike);

    let (result, requests) =
        operation.call(panel, |session| fault.arrange_within(session, panel, operation, strike));
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
    // Who is told that the outcome is unknown looks first, which matters where a second domain of the name is accepted.
    let is_seen =
        |error: &Error| operation.accepts_duplicates && error.is_outcome_unknown() && !did.is_empty();
    let is_done = result.as_ref().err().is_none_or(is_seen);
    match repeated(panel, operation, fault, &before, is_done) {
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
    if !did.is_empty() && !error.is_outcome_unknown() {
        return format!("{kind} UNSAID: it was carried out");
    }
    let sign = |is_so: bool, sign| if is_so { sign } else { "" };
    format!("{kind}{}{}{did}", sign(error.is_retryable(), "↻"), sign(error.is_outcome_unknown(), "?"))
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
