//! Carries a plan out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    thread,
};

use proptest::test_runner::TestCaseError;
use runcloud::{
    api::Redirection,
    http::{Credentials, Error, Session, settings::SettingTexts},
    operations::{add_domain, remove_domain},
};

use super::{
    plan::{HOSTS, Mishap, Plan, Wish},
    rules,
};
use crate::panel::{APP, Panel, key_pair, token};

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

/// One call and what came of it. A worker's calls stand in the order in which it made them.
pub struct Call {
    pub worker: usize,
    pub host: usize,
    pub wanted: bool,
    /// Others wished the contrary at the same time.
    pub disputed: bool,
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
            if wish.against.is_empty() {
                to_repeat.remove(&wish.host);
            } else {
                to_repeat.insert(wish.host);
            }
        }
        counts.calls += calls.len() as u64;
        for (call, error) in calls.iter().filter_map(|call| Some((call, call.result.as_ref().err()?))) {
            rules::error_helps(call, error, everything_passes)?;
            counts.failed_calls += 1;
            to_repeat.insert(call.host);
        }
    }

    counts.faults = fired(panel);
    panel.clear_faults();
    panel.texts.timeout = "30".into();
    let last = Worker::new(panel, 0);
    for host in to_repeat {
        counts.calls += 1;
        last.call(host, wanted[host], None)
            .map_err(|e| TestCaseError::fail(format!("failed without faults: {e}")))?;
    }
    counts.requests = panel.history().len() as u64;
    rules::panel_holds(panel, &wanted)?;
    rules::nothing_is_resent_blindly(panel)?;
    Ok(counts)
}

fn prepare(panel: &mut Panel, plan: &Plan) {
    panel.reset();
    panel.hold_domains(OTHERS);
    panel.texts.max_retries = plan.max_retries.to_string();
    // Shorter than the delays of `Kind::Slow` and `Kind::Trickle`, which are to be given up.
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
            let (calls, as_worker) = (&calls, Worker::new(panel, worker));
            scope.spawn(move || {
                for (wish, wanted) in
                    round.iter().flat_map(|wish| wish.of(worker, crew).map(move |wanted| (wish, wanted)))
                {
                    let host = wish.host;
                    let id = ids.lock().unwrap().get(&host).copied().filter(|_| wish.with_id);
                    let result = as_worker.call(host, wanted, id);
                    if let Ok((Some(id), _)) = result {
                        ids.lock().unwrap().insert(host, id);
                    }
                    let disputed = !wish.against.is_empty();
                    calls.lock().unwrap().push(Call { worker, host, wanted, disputed, result });
                }
            });
        }
    });
    calls.into_inner().unwrap()
}

/// Somebody who calls, so that the panel's history tells who it was: by the API's generation and the panel's host name.
struct Worker {
    credentials: Credentials,
    texts: SettingTexts,
}

impl Worker {
    fn new(panel: &Panel, number: usize) -> Self {
        let (credentials, host) = match number {
            0 => (token("test-token"), "127.0.0.1"),
            1 => (key_pair(), "127.0.0.1"),
            _ => (token("test-token"), "localhost"),
        };
        let base_url = panel.texts.base_url.replace("127.0.0.1", host);
        Self { credentials, texts: SettingTexts { base_url, ..panel.texts.clone() } }
    }

    fn call(&self, host: usize, wanted: bool, id: Option<u64>) -> Result<(Option<u64>, bool), Error> {
        let name = name(host);
        let session = Session::begin(&self.credentials, self.texts.check()?);
        if wanted {
            let added = add_domain(&session, APP, &name, false, Redirection::None)?;
            Ok((Some(added.domain.id), added.created))
        } else {
            Ok((None, remove_domain(&session, APP, &name, id)?))
        }
    }
}

fn fired(panel: &Panel) -> u64 {
    panel.faults().as_array().into_iter().flatten().filter_map(|fault| fault["fired"].as_u64()).sum()
}
