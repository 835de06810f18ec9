//! Every request that reached the panel, in the order of arrival.

use crate::api::auth;
use crate::api::request::Request;
use crate::content::state::State;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

/// Older entries are forgotten, so that a long run does not fill the memory.
const LIMIT: usize = 100_000;

/// One request and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryEntry {
    /// Number of the request since the start or the last reset, from 1.
    pub n: u64,
    /// Number of the connection it came on, from 1; the same number again means that the connection was reused.
    pub connection: u64,
    /// The HTTP method.
    pub method: String,
    /// The path with `/api/v3` or `/api/v2`.
    pub path: String,
    /// The query without its question mark.
    pub query: String,
    /// `v3`, `v2`, or nothing outside of the API.
    pub version: Option<&'static str>,
    /// Headers with names in lower case. `authorization` says only its kind and whether it was right.
    pub headers: BTreeMap<String, String>,
    /// The body: JSON where it is JSON, else text; `Value::Null` when empty.
    pub body: Value,
    /// The status that was sent; nothing while none was, or when the connection was dropped.
    pub status: Option<u16>,
    /// The kind of the fault that struck.
    pub fault: Option<&'static str>,
    /// Whether chaos and not an ordered fault brought it.
    pub chaos: bool,
    /// Whether the panel carried the request out (also if only to refuse it).
    pub processed: bool,
    /// Milliseconds between the simulator's start and the request's arrival.
    pub at: u64,
}

impl HistoryEntry {
    pub(crate) fn new(n: u64, request: &Request, state: &State, at: u64) -> Self {
        let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
            let shown = if name == hyper::header::AUTHORIZATION {
                auth::described(request, state)
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            (name.as_str().to_owned(), shown)
        };
        Self {
            n,
            connection: request.connection,
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            version: request.below_api().map(|(version, _)| version.name()),
            headers: request.headers.iter().map(header).collect(),
            body: body(&request.body),
            status: None,
            fault: None,
            chaos: false,
            processed: false,
            at,
        }
    }
}

/// The entries that are still remembered.
#[derive(Debug, Default)]
pub(crate) struct History {
    entries: VecDeque<HistoryEntry>,
}

impl History {
    pub(crate) fn add(&mut self, entry: HistoryEntry) {
        if self.entries.len() == LIMIT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// The entry of request `n`, unless it was cleared away.
    pub(crate) fn entry(&mut self, n: u64) -> Option<&mut HistoryEntry> {
        let place = self.entries.binary_search_by_key(&n, |entry| entry.n).ok()?;
        self.entries.get_mut(place)
    }

    pub(crate) fn all(&self) -> Vec<HistoryEntry> {
        self.entries.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

fn body(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into())
}
