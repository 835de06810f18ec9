//! From an HTTP answer to what the endpoint promises, or to an error that a person understands.

use std::{collections::BTreeMap, io::Read, time::SystemTime};

use reqwest::{blocking::Response, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    credentials::Credentials,
    error::{Error, ErrorKind},
    retry,
};

#[cfg(test)]
mod tests;

/// Largest body that is read. A page of 40 domains has about 10 KiB.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
/// Longest text of the panel that a message repeats.
const LONGEST_QUOTE: usize = 300;

/// A whole answer.
pub(crate) struct Answer {
    status: u16,
    retry_after: Option<std::time::Duration>,
    content_type: String,
    body: Vec<u8>,
}

/// Why a body was not received whole.
pub(crate) enum Broken {
    /// With this status.
    TooLarge(u16),
    Io(std::io::Error),
}

impl Answer {
    /// Reads the body, never more than is bearable.
    pub(crate) fn receive(mut response: Response) -> Result<Self, Broken> {
        let text = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
        let retry_after = text(header::RETRY_AFTER).and_then(|v| retry::retry_after(v, SystemTime::now()));
        let content_type = text(header::CONTENT_TYPE).unwrap_or("no content type").to_owned();
        let mut body = Vec::new();
        let limit = u64::try_from(LARGEST_BODY).unwrap_or(u64::MAX).saturating_add(1);
        response.by_ref().take(limit).read_to_end(&mut body).map_err(Broken::Io)?;
        if body.len() > LARGEST_BODY {
            return Err(Broken::TooLarge(response.status().as_u16()));
        }
        Ok(Self { status: response.status().as_u16(), retry_after, content_type, body })
    }

    /// An answer that nobody sent.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn of(status: u16, content_type: &str, body: &[u8]) -> Self {
        Self { status, retry_after: None, content_type: content_type.to_owned(), body: body.to_vec() }
    }

    /// The endpoint's answer. `what` is the request as a person would name it: `GET servers/1`.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        what: &str,
        credentials: &Credentials,
    ) -> Result<T, Error> {
        match self.status {
            200..=299 => {
                self.decode(what, credentials).map_err(|e| e.with_status(self.status).with_lost_answer())
            }
            _ => Err(self.refusal(what, credentials)),
        }
    }

    fn decode<T: DeserializeOwned>(&self, what: &str, credentials: &Credentials) -> Result<T, Error> {
        let unexpected = |why: String, retryable: bool| {
            let message = format!("RunCloud answered {what} with HTTP {} but {why}", self.status);
            Err(Error::new(ErrorKind::UnexpectedResponse, message).with_retryable(retryable))
        };
        // No documented answer is empty, yet a 2xx without a body says all that a redeploy or removal needs.
        let is_empty = self.body.iter().all(u8::is_ascii_whitespace);
        // Bytes that are no text become a text that is no JSON: the parser does not look into what nobody reads.
        let body = if is_empty { "null" } else { str::from_utf8(&self.body).unwrap_or_default() };
        let mut deserializer = serde_json::Deserializer::from_str(body);
        match serde_path_to_error::deserialize(&mut deserializer) {
            Ok(answer) if deserializer.end().is_ok() => Ok(answer),
            // The values are left out of the message: they may be secret.
            Err(e) if e.inner().is_data() && !is_empty => {
                let place = match e.path().to_string().as_str() {
                    "." => "as a whole".to_owned(),
                    path => format!("at {path}"),
                };
                unexpected(
                    format!(
                        "the JSON is not what the API documents ({place}): this version of the extension cannot read it, look for a newer one."
                    ),
                    false,
                )
            }
            _ => unexpected(
                format!(
                    "{} ({}): check what is between this server and RunCloud, such as a proxy, that may have answered in its place.",
                    if is_empty { "without a body" } else { "not with JSON" },
                    self.content_type(credentials)
                ),
                true,
            ),
        }
    }

    /// An answer that is not a success.
    fn refusal(&self, what: &str, credentials: &Credentials) -> Error {
        let said = Said::read(&self.body, credentials);
        let says = said.quoted();
        let status = self.status;
        let error = match status {
            300..=399 => Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "RunCloud answered {what} with a redirect (HTTP {status}), which is not followed: set runcloud.base_url to the address of the API itself."
                ),
            ),
            401 => Error::new(
                ErrorKind::Authentication,
                format!(
                    "RunCloud refused the {} (HTTP 401). Either it is wrong or was regenerated, or this server's IP address is not \
                     on the workspace's API allow-list, or API access is switched off: see Settings > API Management in \
                     RunCloud.{says}",
                    credentials.noun()
                ),
            ),
            403 => Error::new(
                ErrorKind::Permission,
                format!(
                    "RunCloud forbids {what} (HTTP 403). Either the {} has no right to it, or the plan does not include it, or the \
                     plan's API calls are used up: see the workspace's settings in RunCloud.{says}",
                    credentials.noun()
                ),
            ),
            404 if serde_json::from_slice::<serde::de::IgnoredAny>(&self.body).is_err() => Error::new(
                ErrorKind::NotFound,
                format!(
                    "Something answered {what} with HTTP 404 that is not RunCloud's API, since it sent no JSON: check what is between this server and RunCloud, such as a proxy, or try again later."
                ),
            )
            .with_retryable(true),
            404 => Error::new(
                ErrorKind::NotFound,
                format!("RunCloud does not know {what} (HTTP 404): check the ids, or try again later.{says}"),
            ),
            408 => Error::new(
                ErrorKind::Timeout,
                format!("RunCloud timed out on {what} (HTTP 408): try again later."),
            )
            .with_lost_answer(),
            422 => Error::new(
                ErrorKind::Validation,
                match says.as_str() {
                    "" => format!(
                        "RunCloud refused the data of {what} (HTTP 422): look in its dashboard for the reason."
                    ),
                    _ => format!(
                        "RunCloud refused the data of {what} (HTTP 422): correct what it names.{says}"
                    ),
                },
            ),
            429 => Error::new(
                ErrorKind::RateLimit,
                match self.retry_after {
                    Some(wait) => format!(
                        "RunCloud's rate limit is reached (HTTP 429): try again in {} seconds.{says}",
                        wait.as_secs()
                    ),
                    None => format!(
                        "RunCloud's rate limit is reached (HTTP 429): wait a minute before you try again.{says}"
                    ),
                },
            ),
            500..=599 => Error::new(
                ErrorKind::Server,
                format!("RunCloud failed on {what} (HTTP {status}): try again later.{says}"),
            )
            .with_lost_answer(),
            _ => Error::new(
                ErrorKind::Api,
                format!(
                    "RunCloud answered {what} with HTTP {status}, which its API does not document: check runcloud.base_url and the \
                     proxy, or try again later.{says}"
                ),
            ),
        };
        error.with_status(status).with_retry_after(self.retry_after).with_fields(said.fields)
    }

    /// The content type, as far as it may be shown.
    fn content_type(&self, credentials: &Credentials) -> String {
        let text = credentials.redact(&self.content_type);
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(60).collect()
    }
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

    /// The panel's words as the end of a message.
    fn quoted(&self) -> String {
        let mut parts: Vec<&str> = self.message.iter().map(String::as_str).collect();
        parts.extend(
            self.fields
                .values()
                .flatten()
                .map(String::as_str)
                .filter(|text| Some(*text) != self.message.as_deref()),
        );
        match parts.as_slice() {
            [] => String::new(),
            parts => format!(" RunCloud says: \"{}\"", shortened(&parts.join(" "))),
        }
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
