//! A simulator in the hands of a Rust test: what the control plane offers, without HTTP.

use crate::panel::history::HistoryEntry;
use crate::simulator::Simulator;
use crate::simulator::options::Options;
use serde_json::{Value, json};
use std::borrow::Borrow;

impl Simulator {
    /// Starts a simulator for a test, see [`Self::try_start`].
    ///
    /// # Panics
    /// When it cannot start: a test cannot go on without it.
    #[must_use]
    #[track_caller]
    pub fn start(options: Options) -> Self {
        good(Self::try_start(options).map_err(|error| error.to_string()))
    }

    /// Every request since the start or the last clearing, in order of arrival.
    #[must_use]
    pub fn history(&self) -> Vec<HistoryEntry> {
        self.panel.lock().history.all()
    }

    /// Forgets all requests; their numbers go on.
    pub fn clear_history(&self) {
        self.panel.lock().history.clear();
    }

    /// The content of the panel, in the shape of `GET /state`.
    #[must_use]
    pub fn state(&self) -> Value {
        json!(self.panel.lock().state)
    }

    /// Replaces the top-level keys of the content that are given, as `PUT /state` does.
    ///
    /// # Panics
    /// When the content cannot be read; the message says what is wrong. So do the other setters.
    #[track_caller]
    pub fn set_state(&self, patch: impl Borrow<Value>) {
        good(self.panel.put_state(patch.borrow()));
    }

    /// Moves switches, as `PATCH /switches` does.
    #[track_caller]
    pub fn patch_switches(&self, patch: impl Borrow<Value>) {
        good(self.panel.patch_switches(patch.borrow()));
    }

    /// Turns knobs of chaos, as `PATCH /chaos` does.
    #[track_caller]
    pub fn patch_chaos(&self, patch: impl Borrow<Value>) {
        good(self.panel.patch_chaos(patch.borrow()));
    }

    /// The knobs of chaos.
    #[must_use]
    pub fn chaos(&self) -> Value {
        json!(self.panel.lock().knobs)
    }

    /// Orders a fault, as `POST /faults` does, and returns its id.
    #[track_caller]
    pub fn add_fault(&self, fault: impl Borrow<Value>) -> u64 {
        let shown = good(self.panel.lock().faults.add(fault.borrow()));
        shown.get("id").and_then(Value::as_u64).unwrap_or_default()
    }

    /// All faults with how often they were seen and how often they fired.
    #[must_use]
    pub fn faults(&self) -> Value {
        self.panel.lock().faults.shown()
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.panel.lock().faults.clear();
    }

    /// Back to how the simulator started: content, switches, chaos, seed, without faults and history.
    #[track_caller]
    pub fn reset(&self) {
        good(self.panel.reset(&Value::Null));
    }
}

/// A test that orders nonsense stops at once and says why.
#[track_caller]
#[expect(clippy::panic, reason = "these methods are for tests")]
fn good<T>(outcome: Result<T, String>) -> T {
    match outcome {
        Ok(value) => value,
        Err(sentence) => panic!("{sentence}"),
    }
}
