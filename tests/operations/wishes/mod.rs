//! Random sequences of wishes by several workers under random faults: what fails is repeated later, and then the panel
//! holds exactly what was wanted.
//!
//! `RUNCLOUD_SEED` repeats the batch of a failure; `RUNCLOUD_SOAK_SECONDS` makes new ones for so long.

mod plan;
mod rules;
mod sequence;

use std::sync::Mutex;

use proptest::test_runner::TestError;
use sequence::Counts;

use crate::{
    panel::Panel,
    seeds::{self, Seeds},
};

/// Sequences that a seed stands for.
const BATCH: u32 = 4;
/// Batches without a soak.
const BATCHES: u64 = 12;
/// Batches at the same time: most of the time is spent waiting.
const LANES: usize = 10;

#[test]
fn whatever_fails_the_panel_holds_in_the_end_what_was_wanted() {
    let seeds = Seeds::new(BATCHES);
    let (sum, failure) = (Mutex::new((0, Counts::default())), Mutex::new(None));
    std::thread::scope(|scope| {
        for panel in Panel::several(LANES) {
            scope.spawn(|| {
                let panel = Mutex::new(panel.with_settings(|texts| texts.deadline = "60".into()));
                while failure.lock().unwrap().is_none()
                    && let Some(seed) = seeds.next()
                {
                    if let Err(found) = batch(&panel, seed, &sum) {
                        *failure.lock().unwrap() = Some(found);
                    }
                }
            });
        }
    });
    if let Some(failure) = failure.into_inner().unwrap() {
        panic!("{failure}");
    }
    let (sequences, counts) = sum.into_inner().unwrap();
    seeds.report(&format!(
        "sequences: {sequences} sequences of wishes, {} calls ({} failed and were repeated), {} requests, {} faults struck",
        counts.calls, counts.failed_calls, counts.requests, counts.faults
    ));
}

/// A batch of sequences from one seed; an error says the seed and the smallest sequence that fails.
fn batch(panel: &Mutex<Panel>, seed: u64, sum: &Mutex<(u64, Counts)>) -> Result<(), String> {
    let run = |plan| {
        let counts = sequence::carry_out(&mut panel.lock().unwrap(), &plan)?;
        let mut sum = sum.lock().unwrap();
        sum.0 += 1;
        sum.1.calls += counts.calls;
        sum.1.failed_calls += counts.failed_calls;
        sum.1.requests += counts.requests;
        sum.1.faults += counts.faults;
        Ok(())
    };
    match seeds::runner(seed, BATCH).run(&plan::plans(), run) {
        Ok(()) => Ok(()),
        Err(TestError::Fail(why, plan)) => Err(format!("RUNCLOUD_SEED={seed}: {why}\n{plan:#?}")),
        Err(TestError::Abort(why)) => Err(format!("RUNCLOUD_SEED={seed}: given up, {why}")),
    }
}
