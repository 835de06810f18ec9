//! The panel: what it holds, and how it carries out one request.

pub(crate) mod exchange;
pub(crate) mod history;
mod operate;

use crate::api::answer::Answer;
use crate::api::meter::Meter;
use crate::api::request::Request;
use crate::api::{auth, routes};
use crate::content;
use crate::content::state::State;
use crate::content::switches::Switches;
use crate::faults::Faults;
use crate::faults::chaos::{Knobs, seed_of_request};
use crate::faults::kinds::FaultKind;
use crate::panel::history::{History, HistoryEntry};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// The panel that all listeners and the control plane share.
#[derive(Debug)]
pub(crate) struct Panel {
    inner: Mutex<Inner>,
    /// Milliseconds after which an idle connection is closed; 0 for never.
    pub(crate) keepalive: watch::Sender<u64>,
    connections: AtomicU64,
    started: Instant,
    pub(crate) seed_at_start: u64,
    pub(crate) calm_at_start: bool,
}

/// What changes while the panel runs.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) state: State,
    pub(crate) switches: Switches,
    pub(crate) knobs: Knobs,
    pub(crate) faults: Faults,
    pub(crate) history: History,
    pub(crate) meter: Meter,
    pub(crate) seed: u64,
    /// Requests since the start or the last reset.
    pub(crate) requests: u64,
    /// Resets so far: a request that waits through one must not touch the new content.
    pub(crate) generation: u64,
}

/// What will happen to one request.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    n: u64,
    generation: u64,
    pub(crate) latency: Duration,
    pub(crate) kind: Option<FaultKind>,
    pub(crate) processed: bool,
    pub(crate) close: bool,
}

impl Panel {
    pub(crate) fn new(seed: u64, calm: bool) -> Self {
        let knobs = knobs_at_start(calm);
        Self {
            inner: Mutex::new(Inner::new(seed, calm, content::at_start(), 0)),
            keepalive: watch::Sender::new(knobs.keepalive_ms),
            connections: AtomicU64::new(0),
            started: Instant::now(),
            seed_at_start: seed,
            calm_at_start: calm,
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn next_connection(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn uptime_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Notes the request and decides its fate: an ordered fault first, else chaos.
    pub(crate) fn arrive(&self, request: &Request) -> Plan {
        let at = self.uptime_ms();
        let mut guard = self.lock();
        let inner = &mut *guard;
        inner.requests += 1;
        let n = inner.requests;
        let seed = seed_of_request(inner.seed, n);
        let mut entry = HistoryEntry::new(n, request, &inner.state, at);
        let plan = if let Some((kind, processed)) = inner.faults.strike(request, seed) {
            let latency = kind.latency();
            Plan { n, generation: inner.generation, latency, kind: Some(kind), processed, close: false }
        } else {
            let chance = inner.knobs.draw(seed);
            entry.chaos = chance.kind.is_some();
            let processed = chance.kind.as_ref().is_none_or(FaultKind::processes);
            let (latency, kind, close) = (chance.latency, chance.kind, chance.close);
            Plan { n, generation: inner.generation, latency, kind, processed, close }
        };
        entry.fault = plan.kind.as_ref().map(FaultKind::name);
        inner.history.add(entry);
        plan
    }

    /// Carries the request out; nothing happens when the panel was reset since it arrived.
    pub(crate) fn process(&self, plan: &Plan, request: &Request) -> Option<Answer> {
        let mut guard = self.lock();
        let inner = &mut *guard;
        if inner.generation != plan.generation {
            return None;
        }
        if let Some(entry) = inner.history.entry(plan.n) {
            entry.processed = true;
        }
        Some(inner.carry_out(request).unwrap_or_else(|refusal| refusal))
    }

    /// Notes the status that is sent, and gives the values of the rate limit headers.
    pub(crate) fn finish(&self, plan: &Plan, status: Option<u16>) -> (u64, u64) {
        let mut guard = self.lock();
        let inner = &mut *guard;
        if inner.generation == plan.generation
            && let Some(entry) = inner.history.entry(plan.n)
        {
            entry.status = status;
        }
        inner.meter.headers(&inner.state)
    }
}

impl Inner {
    pub(crate) fn new(seed: u64, calm: bool, state: State, generation: u64) -> Self {
        Self {
            state,
            switches: Switches::default(),
            knobs: knobs_at_start(calm),
            faults: Faults::default(),
            history: History::default(),
            meter: Meter::default(),
            seed,
            requests: 0,
            generation,
        }
    }

    /// Authentication comes before anything else; a browser is sent away; then the budgets; then the route.
    fn carry_out(&mut self, request: &Request) -> Result<Answer, Answer> {
        let Some((version, path)) = request.below_api() else { return Err(routes::unknown(request)) };
        auth::check(request, version, &self.state, self.switches)?;
        if !request.accepts_json() {
            let text = "Redirecting: the request does not accept application/json.";
            return Err(Answer::message(302, text).with_header("location", "/dashboard".to_owned()));
        }
        self.meter.take(&mut self.state, self.switches)?;
        Ok(routes::answer(&mut self.state, self.switches, request, path))
    }
}

fn knobs_at_start(calm: bool) -> Knobs {
    if calm { Knobs::CALM } else { Knobs::USUAL }
}
