//! Chaos: small misfortunes by chance, so that nobody builds on a panel that always answers at once.

use crate::content::switches::merge;
use crate::faults::kinds::FaultKind;
use fastrand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;

/// The knobs of chaos. Probabilities lie between 0 and 1; every knob can be 0, which switches it off.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Knobs {
    pub(crate) latency_ms: u64,
    pub(crate) status_500: f64,
    pub(crate) status_503: f64,
    pub(crate) status_429: f64,
    pub(crate) html: f64,
    pub(crate) drop_before: f64,
    pub(crate) drop_after: f64,
    pub(crate) processed_status: f64,
    pub(crate) truncated: f64,
    pub(crate) trickle: f64,
    pub(crate) close: f64,
    pub(crate) keepalive_ms: u64,
}

/// What chaos does to one request.
#[derive(Clone, Debug)]
pub(crate) struct Misfortune {
    pub(crate) latency: Duration,
    pub(crate) kind: Option<FaultKind>,
    pub(crate) close: bool,
}

impl Knobs {
    /// No chaos at all.
    pub(crate) const CALM: Self = Self {
        latency_ms: 0,
        status_500: 0.0,
        status_503: 0.0,
        status_429: 0.0,
        html: 0.0,
        drop_before: 0.0,
        drop_after: 0.0,
        processed_status: 0.0,
        truncated: 0.0,
        trickle: 0.0,
        close: 0.0,
        keepalive_ms: 0,
    };

    /// Chaos as it is unless somebody turns a knob.
    pub(crate) const USUAL: Self = Self {
        latency_ms: 20,
        status_500: 0.01,
        status_503: 0.005,
        status_429: 0.01,
        html: 0.01,
        drop_before: 0.01,
        drop_after: 0.01,
        processed_status: 0.005,
        truncated: 0.005,
        trickle: 0.005,
        close: 0.02,
        keepalive_ms: 5_000,
    };

    /// Turns the knobs named in `patch`; on an error a sentence says what is wrong and nothing turned.
    pub(crate) fn patched(self, patch: &Value) -> Result<Self, String> {
        let knobs: Self = merge(&self, patch, "chaos knobs")?;
        let probabilities = knobs.drawn().map(|(probability, _)| probability);
        if probabilities.iter().chain([&knobs.close]).all(|chance| (0.0..=1.0).contains(chance)) {
            Ok(knobs)
        } else {
            Err("Every probability of chaos lies between 0 and 1.".to_owned())
        }
    }

    /// What happens to the request with this seed. Every knob draws its own number, so that turning one knob does not
    /// change what the others do.
    pub(crate) fn draw(self, seed: u64) -> Misfortune {
        let mut rng = Rng::with_seed(seed);
        let latency = Duration::from_millis(rng.u64(0..=self.latency_ms));
        let close = rng.f64() < self.close;
        let in_seconds = rng.bool();
        let mut kind = None;
        for (probability, fault) in self.drawn() {
            let strikes = rng.f64() < probability;
            if strikes && kind.is_none() {
                kind = Some(fault);
            }
        }
        if let Some(FaultKind::Status { status: 429, retry_after, .. }) = &mut kind {
            *retry_after = Some(if in_seconds { json!(1) } else { json!("date:+1") });
        }
        Misfortune { latency, kind, close }
    }

    /// The knobs of which at most one strikes, the first that does.
    fn drawn(self) -> [(f64, FaultKind); 9] {
        let status = |status| FaultKind::Status { status, retry_after: None, body: None };
        [
            (self.drop_before, FaultKind::DropBefore {}),
            (self.drop_after, FaultKind::DropAfter {}),
            (self.status_500, status(500)),
            (self.status_503, status(503)),
            (self.status_429, status(429)),
            (self.html, FaultKind::Html { status: 502 }),
            (
                self.processed_status,
                FaultKind::ProcessedStatus { status: 500, retry_after: None, body: None },
            ),
            (self.truncated, FaultKind::Truncated {}),
            (self.trickle, FaultKind::Trickle { ms: 1, chunk: 16 }),
        ]
    }
}

/// The seed of one request's random decisions: of its number, not of the moment it came.
pub(crate) fn seed_of_request(seed: u64, number: u64) -> u64 {
    let mut rng = Rng::with_seed(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    rng.u64(..)
}
