//! What the panel says, before any fault spoils it.

use serde_json::{Value, json};

/// An answer of the panel: a status, a JSON body, and headers beside the usual ones.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// What a route gives: either way an answer; the error side lets a handler stop early with `?`.
pub(crate) type Reply = Result<Answer, Answer>;

impl Answer {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, body, headers: Vec::new() }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::new(200, body)
    }

    pub(crate) fn message(status: u16, text: &str) -> Self {
        Self::new(status, json!({ "message": text }))
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// A server, web application, domain or certificate that does not exist. The body does not say which: RunCloud's
    /// wording is not documented, so nobody may rely on it.
    pub(crate) fn not_found() -> Self {
        Self::message(404, "Resource not found.")
    }
}
