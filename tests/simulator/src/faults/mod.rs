//! Faults as resources: ordered by a test, matched against requests, counted.

pub(crate) mod chaos;
pub(crate) mod kinds;
pub(crate) mod spoil;

use crate::api::request::Request;
use crate::content::read;
use crate::faults::kinds::FaultKind;
use fastrand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A fault that waits for its requests.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fault {
    id: u64,
    #[serde(flatten)]
    kind: FaultKind,
    #[serde(flatten)]
    terms: Terms,
    /// Matching requests so far.
    seen: u64,
    /// Requests that met the fault so far.
    fired: u64,
}

/// When a fault strikes: the same settings for every kind.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Terms {
    #[serde(rename = "match", deserialize_with = "read::map")]
    matching: Matching,
    times: Option<u64>,
    skip: u64,
    probability: f64,
    processed: Option<bool>,
    /// The id of a fault that must have struck before.
    after: Option<u64>,
}

/// Which requests a fault concerns; what is absent matches every request.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Matching {
    method: Option<String>,
    path: Option<String>,
    path_ends_with: Option<String>,
    reused: Option<bool>,
}

const TERMS: [&str; 6] = ["match", "times", "skip", "probability", "processed", "after"];

impl Default for Terms {
    fn default() -> Self {
        Self {
            matching: Matching::default(),
            times: None,
            skip: 0,
            probability: 1.0,
            processed: None,
            after: None,
        }
    }
}

/// All faults in the order of their arrival.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    faults: Vec<Fault>,
    last_id: u64,
}

impl Faults {
    /// Takes a fault in; an error is a sentence.
    pub(crate) fn add(&mut self, wanted: &Value) -> Result<Value, String> {
        let wanted = read::object(wanted).ok_or("A fault must be a JSON object.")?;
        let (terms, kind): (Map<String, Value>, Map<String, Value>) =
            wanted.into_iter().partition(|(key, _)| TERMS.contains(&key.as_str()));
        let unreadable = |error: serde_json::Error| format!("The fault cannot be read: {error}.");
        let kind: FaultKind = serde_json::from_value(Value::Object(kind)).map_err(unreadable)?;
        let terms: Terms = serde_json::from_value(Value::Object(terms)).map_err(unreadable)?;
        kind.check()?;
        if !(0.0..=1.0).contains(&terms.probability) {
            return Err("The probability of a fault lies between 0 and 1.".to_owned());
        }
        self.last_id += 1;
        let fault = Fault { id: self.last_id, kind, terms, seen: 0, fired: 0 };
        let shown = json!(fault);
        self.faults.push(fault);
        Ok(shown)
    }

    /// The first fault that strikes this request, and whether the panel carries the request out all the same.
    pub(crate) fn strike(&mut self, request: &Request, seed: u64) -> Option<(FaultKind, bool)> {
        let struck: Vec<u64> =
            self.faults.iter().filter(|fault| fault.fired > 0).map(|fault| fault.id).collect();
        let is_due = |fault: &Fault| fault.terms.after.is_none_or(|first| struck.contains(&first));
        let fault = self
            .faults
            .iter_mut()
            .find_map(|fault| (is_due(fault) && fault.strikes(request, seed)).then_some(fault))?;
        let processed = fault.terms.processed.unwrap_or_else(|| fault.kind.processes());
        Some((fault.kind.clone(), processed))
    }

    pub(crate) fn shown(&self) -> Value {
        json!(self.faults)
    }

    /// False: there was no fault with this id.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.faults.len();
        self.faults.retain(|fault| fault.id != id);
        self.faults.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }
}

impl Fault {
    fn strikes(&mut self, request: &Request, seed: u64) -> bool {
        if self.terms.times.is_some_and(|times| self.fired >= times) || !self.terms.matching.covers(request) {
            return false;
        }
        self.seen += 1;
        if self.seen <= self.terms.skip {
            return false;
        }
        let strikes = Rng::with_seed(seed.wrapping_add(self.id)).f64() < self.terms.probability;
        self.fired += u64::from(strikes);
        strikes
    }
}

impl Matching {
    fn covers(&self, request: &Request) -> bool {
        let whole = format!("{}?{}", request.path, request.query);
        self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(&request.method))
            && self.path.as_ref().is_none_or(|path| whole.contains(path.as_str()))
            && self.path_ends_with.as_ref().is_none_or(|end| request.path.ends_with(end.as_str()))
            && self.reused.is_none_or(|reused| reused == request.reused)
    }
}
