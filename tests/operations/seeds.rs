//! Where random tests get their seeds, and how long they go on.

use std::{
    env,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The seeds of a run: `count` new ones, or new ones for `RUNCLOUD_SOAK_SECONDS`, or only `RUNCLOUD_SEED`.
pub(crate) struct Seeds {
    next: AtomicU64,
    count: u64,
    given: AtomicU64,
    end: Option<Instant>,
    start: Instant,
}

impl Seeds {
    pub(crate) fn new(count: u64) -> Self {
        let number = |name: &str| {
            env::var(name)
                .ok()
                .map(|text| text.parse::<u64>().unwrap_or_else(|_| panic!("{name} is {text:?}")))
        };
        let (start, seed, soak) = (Instant::now(), number("RUNCLOUD_SEED"), number("RUNCLOUD_SOAK_SECONDS"));
        Self {
            next: AtomicU64::new(seed.unwrap_or_else(|| u64::from(fastrand::u32(..)))),
            count: if seed.is_some() { 1 } else { count },
            given: AtomicU64::new(0),
            end: soak.filter(|_| seed.is_none()).map(|seconds| start + Duration::from_secs(seconds)),
            start,
        }
    }

    /// The next seed; none: it is enough.
    pub(crate) fn next(&self) -> Option<u64> {
        let more = match self.end {
            Some(end) => Instant::now() < end,
            None => self.given.fetch_add(1, Ordering::Relaxed) < self.count,
        };
        more.then(|| self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Prints what a soak did, in one line.
    #[expect(clippy::print_stdout, reason = "this is what a soak is read for")]
    pub(crate) fn report(&self, line: &str) {
        if self.end.is_some() {
            println!("soak: {line}, in {} s", self.start.elapsed().as_secs());
        }
    }
}

/// Runs `cases` cases that follow from `seed`.
pub(crate) fn runner(seed: u64, cases: u32) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 400,
        max_shrink_time: 20_000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
