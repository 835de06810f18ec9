//! From an HTTP answer to what the endpoint promises, or to an error.

use std::{io::Read, time::SystemTime};

use reqwest::{blocking::Response, header};
use serde::de::DeserializeOwned;

use super::{credentials::Credentials, error::Error, obstacle, reason::Reason, refusal, retry};

#[cfg(test)]
mod tests;

/// Largest body that is read. A page of 40 domains has about 10 KiB.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// A whole answer.
pub(crate) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<std::time::Duration>,
    pub(super) rate_limit_remaining: Option<i64>,
    content_type: String,
    /// How the body is compressed.
    encoding: Option<String>,
    pub(super) body: Vec<u8>,
}

/// An answer of which the body was not received whole.
pub(super) struct Broken {
    pub(super) status: u16,
    pub(super) why: Why,
}

/// Why a body was not received whole.
pub(super) enum Why {
    TooLarge,
    TooLate,
    /// In the network library's words.
    BrokeOff(String),
}

impl Why {
    fn of(e: &std::io::Error) -> Self {
        let is_too_late = |e: &(dyn std::error::Error + 'static)| {
            e.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout)
                || e.downcast_ref::<std::io::Error>()
                    .is_some_and(|e| e.kind() == std::io::ErrorKind::TimedOut)
        };
        if obstacle::chain(e).any(is_too_late) {
            Self::TooLate
        } else {
            Self::BrokeOff(super::failure::cause(e))
        }
    }
}

impl Answer {
    /// Reads the body, never more than is bearable.
    pub(super) fn receive(mut response: Response) -> Result<Self, Broken> {
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let limit = u64::try_from(LARGEST_BODY).unwrap_or(u64::MAX).saturating_add(1);
        response
            .by_ref()
            .take(limit)
            .read_to_end(&mut body)
            .map_err(|e| Broken { status, why: Why::of(&e) })?;
        if body.len() > LARGEST_BODY {
            return Err(Broken { status, why: Why::TooLarge });
        }
        let text = |name| response.headers().get(name).and_then(|v| v.to_str().ok());
        // The panel's own clock, by which a date is meant, rather than this server's.
        let now = text(header::DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        Ok(Self {
            status,
            retry_after: text(header::RETRY_AFTER)
                .and_then(|v| retry::retry_after(v, now.unwrap_or_else(SystemTime::now))),
            rate_limit_remaining: response
                .headers()
                .get("x-ratelimit-remaining")
                .and_then(|v| v.to_str().ok()?.trim().parse().ok()),
            content_type: text(header::CONTENT_TYPE).unwrap_or("no content type").to_owned(),
            encoding: text(header::CONTENT_ENCODING)
                .map(str::trim)
                .filter(|encoding| !encoding.is_empty() && !encoding.eq_ignore_ascii_case("identity"))
                .map(str::to_owned),
            body,
        })
    }

    /// An answer that nobody sent.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn of(status: u16, content_type: &str, body: &[u8]) -> Self {
        Self {
            status,
            retry_after: None,
            rate_limit_remaining: None,
            content_type: content_type.to_owned(),
            encoding: None,
            body: body.to_vec(),
        }
    }

    /// The endpoint's answer. `what` is the request as a person would name it: `GET servers/1`.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        what: &str,
        credentials: &Credentials,
    ) -> Result<T, Error> {
        match self.status {
            200..=299 => self
                .decode(credentials)
                .map_err(|e| e.with("request", what).with_status(self.status).with_lost_answer()),
            _ => Err(refusal::of(self, what, credentials)),
        }
    }

    fn decode<T: DeserializeOwned>(&self, credentials: &Credentials) -> Result<T, Error> {
        if let Some(encoding) = &self.encoding {
            return Err(Error::new(Reason::AnswerCompressed).with("encoding", shown(encoding, credentials)));
        }
        // No documented answer is empty, yet a 2xx without a body says all that a redeploy or removal needs.
        let is_empty = self.body.iter().all(u8::is_ascii_whitespace);
        // Bytes that are no text become a text that is no JSON: the parser does not look into what nobody reads.
        let body = if is_empty { "null" } else { str::from_utf8(&self.body).unwrap_or_default() };
        let mut deserializer = serde_json::Deserializer::from_str(body);
        match serde_path_to_error::deserialize(&mut deserializer) {
            Ok(answer) if deserializer.end().is_ok() => Ok(answer),
            // The values are left out of the message: they may be secret.
            Err(e) if e.inner().is_data() && !is_empty => {
                Err(Error::new(Reason::AnswerUndocumented).with("path", path(&e, credentials)))
            }
            _ => Err(Error::new(Reason::AnswerNotJson)
                .with("problem", if is_empty { "empty" } else { "no-json" })
                .with("content_type", self.content_type(credentials))),
        }
    }

    pub(super) fn is_json(&self) -> bool {
        serde_json::from_slice::<serde::de::IgnoredAny>(&self.body).is_ok()
    }

    /// Whether the body is a web page, which no part of the API is.
    pub(super) fn is_page(&self) -> bool {
        let content_type = self.content_type.to_ascii_lowercase();
        let start: Vec<u8> =
            self.body.trim_ascii_start().iter().take(9).map(u8::to_ascii_lowercase).collect();
        let says_page =
            ["text/html", "application/xhtml+xml"].iter().any(|page| content_type.starts_with(page));
        start.starts_with(b"<!doctype") || start.starts_with(b"<html") || says_page && !self.is_json()
    }

    /// The content type, as far as it may be shown.
    fn content_type(&self, credentials: &Credentials) -> String {
        shown(&self.content_type, credentials)
    }
}

/// Where JSON differs from the documentation; empty: as a whole.
fn path(e: &serde_path_to_error::Error<serde_json::Error>, credentials: &Credentials) -> String {
    match e.path().to_string().as_str() {
        "." => String::new(),
        path => shown(path, credentials),
    }
}

/// A text of the panel that is not its own words, short and in one line.
fn shown(text: &str, credentials: &Credentials) -> String {
    let text = credentials.redact(text);
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(60).collect()
}
