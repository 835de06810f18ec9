//! What an answer means that is not a success.

use std::{collections::BTreeMap, time::Duration};

use serde_json::Value;

use super::{answer::Answer, credentials::Credentials, error::Error, reason::Reason};

/// Longest text of the panel that a message repeats.
const LONGEST_QUOTE: usize = 300;
/// The least wait when the month's calls are spent: sooner it is not worth a try.
const MONTH_WAIT: Duration = Duration::from_secs(3600);

/// The error for an answer with a status other than 2xx.
pub(super) fn of(answer: &Answer, what: &str, credentials: &Credentials) -> Error {
    let status = answer.status;
    let error = |reason| Error::new(reason).with("request", what).with_status(status);
    // RunCloud has not seen the request: nothing is lost, whatever it was.
    let is_refusal = (400..500).contains(&status) && status != 408;
    // Without JSON a 404 says nothing of the panel's content.
    if is_refusal && (answer.is_page() || status == 404 && !answer.is_json()) {
        return error(Reason::IntermediaryRefused).with_retry_after(answer.retry_after);
    }
    let said = Said::read(&answer.body, credentials);
    if matches!(status, 403 | 429) && said.month_is_spent() {
        let wait = answer.retry_after.unwrap_or_default().max(MONTH_WAIT);
        return said.told_with(error(Reason::MonthlyQuotaSpent)).with_retry_after(Some(wait));
    }
    let error = match status {
        300..=399 => error(Reason::Redirected),
        401 => error(Reason::Unauthorized).with("credentials", credentials.noun()),
        403 => error(Reason::Forbidden).with("credentials", credentials.noun()),
        404 if what.bytes().any(|byte| byte.is_ascii_digit()) => error(Reason::NotFound),
        404 => error(Reason::NotFound).with("no_ids", 1_u32),
        408 => error(Reason::RequestTimeout).with_lost_answer(),
        422 => error(Reason::ValidationRefused),
        429 => match answer.retry_after {
            Some(wait) => error(Reason::RateLimited).with("seconds", wait),
            None => error(Reason::RateLimited),
        },
        500..=599 => error(Reason::ServerError).with_lost_answer(),
        _ => error(Reason::StatusUnexpected),
    };
    said.told_with(error).with_retry_after(answer.retry_after).with_fields(said.fields)
}

/// What an error body says: `{"message": "...", "errors": {"field": ["..."]}}`, any part of which may be missing. Of a body
/// that is no JSON nothing is kept.
#[derive(Default)]
struct Said {
    message: Option<String>,
    fields: BTreeMap<String, Vec<String>>,
}

impl Said {
    fn read(body: &[u8], credentials: &Credentials) -> Self {
        let Ok(Value::Object(mut map)) = serde_json::from_slice(body) else { return Self::default() };
        let quote = |text: &str| quotable(text, credentials);
        let texts = |value: Value| -> Vec<String> {
            match value {
                Value::String(s) => vec![quote(&s)],
                Value::Array(items) => items.iter().filter_map(Value::as_str).map(quote).collect(),
                _ => Vec::new(),
            }
        };
        let fields = match map.remove("errors") {
            Some(Value::Object(errors)) => {
                errors.into_iter().map(|(field, v)| (quote(&field), texts(v))).collect()
            }
            _ => BTreeMap::new(),
        };
        Self {
            message: map.get("message").and_then(Value::as_str).map(quote).filter(|m| !m.is_empty()),
            fields,
        }
    }

    /// With the panel's words.
    fn told_with(&self, error: Error) -> Error {
        let mut parts: Vec<&str> = self.message.iter().map(String::as_str).collect();
        parts.extend(self.texts().filter(|text| Some(*text) != self.message.as_deref()));
        match parts.as_slice() {
            [] => error,
            parts => error.with("says", shortened(&parts.join(" "))),
        }
    }

    /// Whether the words say that the API calls of a month are spent. RunCloud's are not documented, so only what can hardly
    /// mean anything else counts.
    fn month_is_spent(&self) -> bool {
        self.message.iter().map(String::as_str).chain(self.texts()).any(|text| {
            let text = text.to_ascii_lowercase();
            let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
            says(&["api", "request", "call"])
                && (says(&["month"])
                    || says(&["quota", "usage limit"]) && !says(&["minute", "second", "hour"]))
                && says(&[
                    "quota", "limit", "exceed", "spent", "used up", "exhaust", "reach", "block", "too many",
                ])
        })
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.fields.values().flatten().map(String::as_str)
    }
}

/// A text of the panel as a message may repeat it: one line, short, without our secrets and without keys.
fn quotable(text: &str, credentials: &Credentials) -> String {
    let text = credentials.redact(text);
    let has_key = ["-----BEGIN", "-----END", "PRIVATE KEY"].iter().any(|mark| text.contains(mark));
    let text = if has_key { "[a key or certificate, hidden]" } else { text.as_str() };
    let line = text
        .split(|c: char| c.is_whitespace() || c.is_control() || turns_text_around(c))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    shortened(&line)
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}...", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

/// Marks that nobody sees and that change how what follows is read, such as from right to left.
fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
