//! Carries a plan out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    thread,
};

use proptest::test_runner::TestCaseError;
use runcloud::{
    api::Redirection,
    http::Error,
    operations::{add_domain, remove_domain},
};

use super::{
    plan::{HOSTS, Mishap, Plan, Wish},
    rules,
};
use crate::panel::{APP, Panel};

/// Domains that nobody wishes anything about: with the others more than a page.
pub const OTHERS: u64 = 41;

/// What a sequence took.
#[derive(Default)]
pub struct Counts {
    pub calls: u64,
    pub failed_calls: u64,
    pub requests: u64,
    pub faults: u64,
}

/// One call and what came of it.
pub struct Call {
    pub host: usize,
    pub wanted: bool,
    /// The domain's id, and whether the call says that it created it (add) or removed it (remove).
    pub result: Result<(Option<u64>, bool), Error>,
}

/// The host of a wish.
pub fn name(host: usize) -> String {
    format!("wish{host}.example")
}

/// Carries `plan` out on `panel`, which is reset before, and holds it to the rules.
pub fn carry_out(panel: &mut Panel, plan: &Plan) -> Result<Counts, TestCaseError> {
    prepare(panel, plan);
    let everything_passes = plan.mishaps.iter().all(Mishap::passes);
    let mut counts = Counts::default();
    let mut wanted = [false; HOSTS];
    let mut to_repeat = BTreeSet::new();
    let ids = Mutex::new(BTreeMap::new());

    for round in &plan.rounds {
        let before = rules::held(panel)?;
        let calls = in_parallel(panel, plan.crew, round, &ids);
        rules::words_are_true(&calls, &before, &rules::held(panel)?)?;
        for wish in round {
            wanted[wish.host] = wish.wanted;
            to_repeat.remove(&wish.host);
        }
        counts.calls += calls.len() as u64;
        for (call, error) in calls.iter().filter_map(|call| Some((call, call.result.as_ref().err()?))) {
            rules::error_helps(error, everything_passes)?;
            counts.failed_calls += 1;
            to_repeat.insert(call.host);
        }
    }

    counts.faults = fired(panel);
    panel.clear_faults();
    panel.texts.timeout = "30".into();
    for host in to_repeat {
        let again = call(panel, host, wanted[host], None);
        counts.calls += 1;
        again.result.map_err(|e| TestCaseError::fail(format!("failed without faults: {e}")))?;
    }
    counts.requests = panel.history().len() as u64;
    rules::panel_holds(panel, &wanted)?;
    if plan.crew == 1 {
        rules::nothing_is_resent_blindly(panel)?;
    }
    Ok(counts)
}

fn prepare(panel: &mut Panel, plan: &Plan) {
    panel.reset();
    panel.hold_domains(OTHERS);
    panel.texts.max_retries = plan.max_retries.to_string();
    panel.texts.timeout = "1".into();
    for mishap in &plan.mishaps {
        panel.add_fault(mishap.order());
    }
}

/// Each worker in a thread and with sessions of its own.
fn in_parallel(panel: &Panel, crew: usize, round: &[Wish], ids: &Mutex<BTreeMap<usize, u64>>) -> Vec<Call> {
    let calls = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for worker in 0..crew {
            let calls = &calls;
            scope.spawn(move || {
                for wish in round.iter().filter(|wish| wish.workers.iter().any(|w| w % crew == worker)) {
                    let id = ids.lock().unwrap().get(&wish.host).copied().filter(|_| wish.with_id);
                    let call = call(panel, wish.host, wish.wanted, id);
                    if let Ok((Some(id), _)) = call.result {
                        ids.lock().unwrap().insert(wish.host, id);
                    }
                    calls.lock().unwrap().push(call);
                }
            });
        }
    });
    calls.into_inner().unwrap()
}

fn call(panel: &Panel, host: usize, wanted: bool, id: Option<u64>) -> Call {
    let name = name(host);
    let result = panel.call(|session| {
        if wanted {
            let added = add_domain(session, APP, &name, false, Redirection::None)?;
            Ok((Some(added.domain.id), added.created))
        } else {
            Ok((None, remove_domain(session, APP, &name, id)?))
        }
    });
    Call { host, wanted, result }
}

fn fired(panel: &Panel) -> u64 {
    panel.faults().as_array().into_iter().flatten().filter_map(|fault| fault["fired"].as_u64()).sum()
}
