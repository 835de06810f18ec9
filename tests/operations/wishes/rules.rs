//! What holds whatever happens.

use std::collections::BTreeSet;

use proptest::test_runner::TestCaseError;
use runcloud::http::{Error, ErrorKind};
use runcloud_simulator::HistoryEntry;

use super::{
    plan::{HOSTS, WORKERS},
    sequence::{Call, OTHERS, name},
};
use runcloud_properties::sentences;

use crate::panel::Panel;

type Verdict<T = ()> = Result<T, TestCaseError>;

fn rule(holds: bool, broken: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(TestCaseError::fail(broken())) }
}

/// The hosts of wishes that the panel holds. None is doubled, and the domains of others are all there with their ids.
pub fn held(panel: &Panel) -> Verdict<BTreeSet<usize>> {
    let state = panel.state();
    let domains = state["domains"].as_array().unwrap();
    let mut held = BTreeSet::new();
    let mut others = 0;
    for domain in domains {
        let text = domain["name"].as_str().unwrap();
        match (0..HOSTS).find(|host| name(*host) == text) {
            Some(host) => rule(held.insert(host), || format!("{text} is doubled"))?,
            None => others += 1,
        }
    }
    rule(others == OTHERS + 1, || format!("{others} domains of others are left"))?;
    Ok(held)
}

/// After a round, what the calls said is so: there is an order of them in which each says the truth, and which leads from
/// what the panel held before to what it holds after. Nobody says that a domain is created which was there.
pub fn words_are_true(calls: &[Call], before: &BTreeSet<usize>, after: &BTreeSet<usize>) -> Verdict {
    for host in 0..HOSTS {
        let of = |worker| calls.iter().filter(move |call| call.host == host && call.worker == worker);
        let lines: Vec<Vec<&Call>> = (0..WORKERS).map(|worker| of(worker).collect()).collect();
        let left: Vec<&[&Call]> = lines.iter().map(Vec::as_slice).collect();
        let (there, end) = (before.contains(&host), after.contains(&host));
        rule(has_order(&left, there, end), || {
            let said: Vec<String> = lines.iter().flatten().map(|call| call.words()).collect();
            format!("{} was there: {there}, is there: {end}, but the calls said {said:?}", name(host))
        })?;
    }
    Ok(())
}

/// Whether the calls that are left, each worker's in a line, can have led from `there` to `end`.
fn has_order(left: &[&[&Call]], there: bool, end: bool) -> bool {
    if left.iter().all(|line| line.is_empty()) {
        return there == end;
    }
    (0..left.len()).any(|next| {
        let Some((call, rest)) = left[next].split_first() else { return false };
        let mut left = left.to_vec();
        left[next] = rest;
        call.leads_to(there).into_iter().any(|there| has_order(&left, there, end))
    })
}

impl Call {
    /// What may be after this call at a moment; nothing: it cannot have been this moment.
    fn leads_to(&self, there: bool) -> Vec<bool> {
        match (self.wanted, &self.result) {
            // Created, or gone.
            (true, Ok((_, true))) | (false, Ok((_, false))) if there => vec![],
            (wanted, Ok(_)) => vec![wanted],
            // The panel may have carried it out.
            (wanted, Err(_)) => vec![there, wanted],
        }
    }

    fn words(&self) -> String {
        let what = match (self.wanted, &self.result) {
            (true, Ok((_, true))) => "created",
            (true, Ok((_, false))) => "there",
            (false, Ok((_, true))) => "removed",
            (false, Ok((_, false))) => "gone",
            (_, Err(_)) => "failed",
        };
        format!("worker {}: {what}", self.worker)
    }
}

/// What passes by itself is an error that says so. But who is told that the domain is taken and does not find it, since it
/// was removed in between, cannot tell that from a domain that another web application has.
pub fn error_helps(call: &Call, error: &Error, everything_passes: bool) -> Verdict {
    let is_overtaken = call.disputed && call.wanted && error.kind() == ErrorKind::Validation;
    rule(error.is_retryable() || is_overtaken || !everything_passes, || format!("not retryable: {error}"))?;
    match sentences::fault_of(error) {
        Some(fault) => Err(TestCaseError::fail(fault)),
        None => Ok(()),
    }
}

/// In the end.
pub fn panel_holds(panel: &Panel, wanted: &[bool]) -> Verdict {
    let wanted: BTreeSet<usize> = (0..HOSTS).filter(|host| wanted[*host]).collect();
    let held = held(panel)?;
    rule(held == wanted, || format!("the panel holds the wishes {held:?}, wanted are {wanted:?}"))
}

/// Between two `POST`s of a host a worker read its domains, unless the panel had said that it did not take the first one.
pub fn nothing_is_resent_blindly(panel: &Panel) -> Verdict {
    let mut open = BTreeSet::new();
    for entry in panel.history() {
        let who = (entry.version, entry.headers.get("host").cloned());
        match entry.method.as_str() {
            "POST" => {
                let host = entry.body["name"].to_string();
                rule(!open.contains(&(who.clone(), host.clone())), || {
                    format!("{host} was sent again blindly")
                })?;
                if is_unsure(&entry) {
                    open.insert((who, host));
                }
            }
            "GET" if entry.path.ends_with("/domains") => open.retain(|(other, _)| *other != who),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the client cannot know if the panel has carried the request out.
fn is_unsure(entry: &HistoryEntry) -> bool {
    match entry.status {
        None | Some(408 | 500..) => true,
        // These two arrive, and can be read.
        Some(200..=299) => !matches!(entry.fault, None | Some("latency" | "wrong_type")),
        Some(_) => false,
    }
}
