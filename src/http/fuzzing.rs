//! What the property tests and the fuzzer need beside what is public. Not part of the extension.

use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;

use super::{Credentials, Error, Settings, answer::Answer, retry};

/// Reads an answer that nobody sent as the endpoint's answer.
pub fn read<T: DeserializeOwned>(
    status: u16,
    content_type: &str,
    body: &[u8],
    credentials: &Credentials,
) -> Result<T, Error> {
    Answer::of(status, content_type, body).read("GET servers/1", credentials)
}

/// The wait that a `Retry-After` asks for.
#[must_use]
pub fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    retry::retry_after(text, now)
}

/// What the panel says without our secrets.
#[must_use]
pub fn redacted(credentials: &Credentials, text: &str) -> String {
    credentials.redact(text)
}

/// The settings, open.
pub struct Bounds {
    /// Connect time-out, time-out and deadline.
    pub times: [Duration; 3],
    /// `runcloud.max_retries`
    pub max_retries: u32,
    /// `runcloud.base_url`
    pub base_url: url::Url,
}

impl From<&Settings> for Bounds {
    fn from(settings: &Settings) -> Self {
        Self {
            times: [settings.connection.connect_timeout, settings.timeout, settings.deadline],
            max_retries: settings.max_retries,
            base_url: settings.base_url.clone(),
        }
    }
}
