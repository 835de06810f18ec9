//! The rules, tried with random texts. `RUNCLOUD_SEED` repeats a failure; `RUNCLOUD_SOAK_SECONDS` makes each property try new
//! texts for so long.

mod answers;
mod corpus;
mod hosts;
mod settings;
mod texts;

use proptest::{
    strategy::Strategy,
    test_runner::{TestCaseError, TestError},
};

use runcloud_properties::rules::{self, Verdict};

use crate::seeds;

/// Inputs that a seed stands for.
const BATCH: u32 = 128;
/// Batches without a soak.
const BATCHES: u64 = 4;

/// Tries inputs until it is enough; one that fails is shrunk and told with its seed.
fn hold<S: Strategy>(what: &str, inputs: &S, rule: impl Fn(S::Value) -> Verdict) {
    let seeds = seeds::Seeds::new(BATCHES);
    let mut tried = 0;
    while let Some(seed) = seeds.next() {
        match seeds::runner(seed, BATCH).run(inputs, |input| rule(input).map_err(TestCaseError::fail)) {
            Ok(()) => tried += u64::from(BATCH),
            Err(TestError::Fail(why, input)) => panic!("RUNCLOUD_SEED={seed}: {why}\n{input:?}"),
            Err(TestError::Abort(why)) => panic!("RUNCLOUD_SEED={seed}: given up, {why}"),
        }
    }
    seeds.report(&format!("fuzzing: {tried} {what}"));
}
