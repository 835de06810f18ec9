//! What holds whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use proptest::test_runner::TestCaseError;
use runcloud::http::Error;
use runcloud_simulator::HistoryEntry;

use super::{
    plan::HOSTS,
    sequence::{Call, OTHERS, name},
};
use crate::{panel::Panel, sentences};

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

/// After a round, what the calls said is so.
pub fn words_are_true(calls: &[Call], before: &BTreeSet<usize>, after: &BTreeSet<usize>) -> Verdict {
    let mut created = BTreeMap::new();
    for call in calls {
        let Ok((_, did)) = call.result else { continue };
        let host = name(call.host);
        rule(after.contains(&call.host) == call.wanted, || {
            format!("a call said that {host} is {}", if call.wanted { "there" } else { "gone" })
        })?;
        *created.entry(call.host).or_insert(0) += u32::from(call.wanted && did);
    }
    for (host, times) in created {
        let allowed = u32::from(!before.contains(&host));
        rule(times <= allowed, || format!("{times} calls said that they created {}", name(host)))?;
    }
    Ok(())
}

/// What passes by itself is an error that says so.
pub fn error_helps(error: &Error, everything_passes: bool) -> Verdict {
    rule(error.is_retryable() || !everything_passes, || format!("not retryable: {error}"))?;
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

/// Between two `POST`s of a host its domains were read, unless the panel had said that it did not take the first one.
/// One worker: with more of them the history does not tell who read.
pub fn nothing_is_resent_blindly(panel: &Panel) -> Verdict {
    let mut open = BTreeSet::new();
    for entry in panel.history() {
        match entry.method.as_str() {
            "POST" => {
                let host = entry.body["name"].to_string();
                rule(!open.contains(&host), || format!("{host} was sent again blindly"))?;
                if is_unsure(&entry) {
                    open.insert(host);
                }
            }
            "GET" if entry.path.ends_with("/domains") => open.clear(),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the client cannot know if the panel has carried the request out.
fn is_unsure(entry: &HistoryEntry) -> bool {
    match entry.status {
        None | Some(408 | 500..) => true,
        Some(200..=299) => entry.fault.is_some(),
        Some(_) => false,
    }
}
