//! From what the panel says to what is sent: a fault spoils the answer here.

use crate::api::answer::Answer;
use crate::faults::kinds::{FaultKind, retry_after_text};
use bytes::Bytes;
use serde_json::{Value, json};
use std::time::Duration;

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=UTF-8";

/// What leaves the simulator.
#[derive(Debug)]
pub(crate) enum Delivery {
    /// The connection is closed without a word.
    Dropped,
    Sent(Parcel),
}

/// An answer as it is sent.
#[derive(Debug)]
pub(crate) struct Parcel {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) content: Content,
}

/// How the body is sent.
#[derive(Debug)]
pub(crate) enum Content {
    Whole(Bytes),
    /// In pieces of `chunk` bytes with a pause before each.
    Paced {
        bytes: Bytes,
        chunk: usize,
        pause: Duration,
    },
    /// Announced in full, but the connection breaks after the first half.
    Cut(Bytes),
    /// JSON of this many bytes and a few more, of no announced length.
    Endless(usize),
}

impl Delivery {
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Dropped => None,
            Self::Sent(parcel) => Some(parcel.status),
        }
    }
}

/// Spoils `answer` as `kind` says. Without an answer of the panel, a fault that needs one spoils `{}`.
pub(crate) fn deliver(kind: Option<&FaultKind>, answer: Option<Answer>) -> Delivery {
    let answer = answer.unwrap_or_else(|| Answer::ok(json!({})));
    let ok = |content_type, bytes: Vec<u8>| parcel(200, content_type, bytes);
    Delivery::Sent(match kind {
        Some(FaultKind::DropBefore {} | FaultKind::DropAfter {}) => return Delivery::Dropped,
        None | Some(FaultKind::Latency { .. } | FaultKind::Slow { .. }) => plain(answer),
        Some(
            FaultKind::Status { status, retry_after, body }
            | FaultKind::ProcessedStatus { status, retry_after, body },
        ) => ordered(*status, retry_after.as_ref(), body.as_ref()),
        Some(FaultKind::Trickle { ms, chunk }) => {
            let (chunk, pause) = (*chunk, Duration::from_millis(*ms));
            changed(answer, |bytes| Content::Paced { bytes, chunk, pause })
        }
        Some(FaultKind::Truncated {}) => changed(answer, Content::Cut),
        Some(FaultKind::Html { status }) => parcel(*status, HTML, error_page(*status)),
        Some(FaultKind::Huge { bytes }) => {
            Parcel { content: Content::Endless(*bytes), ..ok(JSON, Vec::new()) }
        }
        Some(FaultKind::DeepJson { depth }) => ok(JSON, nested(*depth)),
        Some(FaultKind::InvalidUtf8 {}) => ok(JSON, b"{\"message\":\"\xff\xfe\xc3\"}".to_vec()),
        Some(FaultKind::WrongType {}) => with_type(plain(answer), HTML),
        Some(FaultKind::WrongTypes {}) => {
            let body = twisted(&answer.body);
            plain(Answer { body, ..answer })
        }
        Some(FaultKind::Empty {}) => Parcel { content: Content::Whole(Bytes::new()), ..plain(answer) },
        Some(FaultKind::Redirect { status, location }) => {
            let mut parcel = plain(Answer::message(*status, "Redirecting."));
            parcel.headers.push(("location", location.clone()));
            parcel
        }
    })
}

fn plain(answer: Answer) -> Parcel {
    let mut parcel = parcel(answer.status, JSON, answer.body.to_string().into_bytes());
    parcel.headers.extend(answer.headers);
    parcel
}

fn parcel(status: u16, content_type: &str, bytes: Vec<u8>) -> Parcel {
    let headers = vec![("content-type", content_type.to_owned())];
    Parcel { status, headers, content: Content::Whole(bytes.into()) }
}

fn changed(answer: Answer, content: impl FnOnce(Bytes) -> Content) -> Parcel {
    let bytes = Bytes::from(answer.body.to_string());
    Parcel { content: content(bytes), ..plain(answer) }
}

fn with_type(mut parcel: Parcel, content_type: &str) -> Parcel {
    parcel.headers.retain(|(name, _)| *name != "content-type");
    parcel.headers.push(("content-type", content_type.to_owned()));
    parcel
}

/// A status that a test or chaos asked for. A text is sent as a page, anything else as JSON.
fn ordered(status: u16, retry_after: Option<&Value>, body: Option<&Value>) -> Parcel {
    let mut parcel = match body {
        Some(Value::String(text)) => parcel(status, HTML, text.clone().into_bytes()),
        Some(body) => plain(Answer::new(status, body.clone())),
        None => plain(Answer::message(status, &reason(status))),
    };
    parcel.headers.extend(retry_after.and_then(retry_after_text).map(|text| ("retry-after", text)));
    parcel
}

fn reason(status: u16) -> String {
    let code = hyper::StatusCode::from_u16(status).ok();
    code.and_then(|code| code.canonical_reason()).unwrap_or("Unknown").to_owned()
}

fn error_page(status: u16) -> Vec<u8> {
    let title = format!("{status} {}", reason(status));
    format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n"
    )
    .into_bytes()
}

fn nested(depth: usize) -> Vec<u8> {
    let mut bytes = vec![b'['; depth];
    bytes.resize(depth * 2, b']');
    bytes
}

/// The same structure with every value of another type.
fn twisted(value: &Value) -> Value {
    match value {
        Value::Null => json!([]),
        Value::Bool(_) => json!("maybe"),
        Value::Number(_) => json!("seven"),
        Value::String(_) => json!(7),
        Value::Array(items) => items.iter().map(twisted).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| (key.clone(), twisted(value))).collect())
        }
    }
}
