//! What can go wrong on the way to the panel and back.

use crate::content::clock;
use hyper::header::HeaderValue;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

/// One kind of fault with its own settings. The table in `control/tables.rs` describes each for a reader.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum FaultKind {
    Status {
        #[serde(default = "internal_error")]
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
    },
    ProcessedStatus {
        #[serde(default = "internal_error")]
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<Value>,
    },
    Latency {
        #[serde(default = "one_second")]
        ms: u64,
    },
    Slow {
        #[serde(default = "one_second")]
        ms: u64,
    },
    DropBefore {},
    DropAfter {},
    Trickle {
        #[serde(default = "ten_milliseconds")]
        ms: u64,
        #[serde(default = "one_byte")]
        chunk: usize,
    },
    Truncated {},
    Html {
        #[serde(default = "bad_gateway")]
        status: u16,
    },
    Huge {
        #[serde(default = "sixteen_mebibytes")]
        bytes: usize,
    },
    DeepJson {
        #[serde(default = "very_deep")]
        depth: usize,
    },
    InvalidUtf8 {},
    WrongType {},
    WrongTypes {},
    Empty {},
    Redirect {
        #[serde(default = "found")]
        status: u16,
        #[serde(default = "login_page")]
        location: String,
    },
}

impl FaultKind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::ProcessedStatus { .. } => "processed_status",
            Self::Latency { .. } => "latency",
            Self::Slow { .. } => "slow",
            Self::DropBefore {} => "drop_before",
            Self::DropAfter {} => "drop_after",
            Self::Trickle { .. } => "trickle",
            Self::Truncated {} => "truncated",
            Self::Html { .. } => "html",
            Self::Huge { .. } => "huge",
            Self::DeepJson { .. } => "deep_json",
            Self::InvalidUtf8 {} => "invalid_utf8",
            Self::WrongType {} => "wrong_type",
            Self::WrongTypes {} => "wrong_types",
            Self::Empty {} => "empty",
            Self::Redirect { .. } => "redirect",
        }
    }

    /// Whether the panel carries the request out all the same, unless the fault says otherwise.
    pub(crate) fn processes(&self) -> bool {
        !matches!(self, Self::Status { .. } | Self::DropBefore {} | Self::Html { .. } | Self::Redirect { .. })
    }

    /// How long the request takes to reach the panel.
    pub(crate) fn latency(&self) -> Duration {
        if let Self::Latency { ms } = self { Duration::from_millis(*ms) } else { Duration::ZERO }
    }

    /// How long the answer waits after the request was carried out.
    pub(crate) fn pause(&self) -> Duration {
        if let Self::Slow { ms } = self { Duration::from_millis(*ms) } else { Duration::ZERO }
    }

    /// Says in a sentence what cannot be sent.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Self::Status { status, retry_after, .. } | Self::ProcessedStatus { status, retry_after, .. } =
            self
        {
            check_status(*status)?;
            if let Some(value) = retry_after {
                retry_after_text(value)
                    .and_then(|text| HeaderValue::from_str(&text).ok())
                    .ok_or("A retry_after is a number, a text, or \"date:+N\" with N in seconds.")?;
            }
        }
        if let Self::Html { status } | Self::Redirect { status, .. } = self {
            check_status(*status)?;
        }
        if let Self::Redirect { location, .. } = self {
            HeaderValue::from_str(location).map_err(|_| "A location must fit into an HTTP header.")?;
        }
        match self {
            Self::Trickle { chunk: 0, .. } => Err("The chunk of a trickle has at least 1 byte.".to_owned()),
            _ => Ok(()),
        }
    }
}

/// The `Retry-After` header that a fault asks for: a number and any text as they stand, `date:+N` as the date in N
/// seconds.
pub(crate) fn retry_after_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => match text.strip_prefix("date:+") {
            Some(seconds) => {
                seconds.parse::<u32>().ok().map(|n| clock::http_date(Duration::from_secs(u64::from(n))))
            }
            None => Some(text.clone()),
        },
        _ => None,
    }
}

fn check_status(status: u16) -> Result<(), String> {
    if (200..=599).contains(&status) {
        Ok(())
    } else {
        Err(format!("The status {status} cannot end an exchange: use 200 to 599."))
    }
}

fn internal_error() -> u16 {
    500
}

fn bad_gateway() -> u16 {
    502
}

fn found() -> u16 {
    302
}

fn login_page() -> String {
    "/auth/login".to_owned()
}

fn one_second() -> u64 {
    1_000
}

fn ten_milliseconds() -> u64 {
    10
}

fn one_byte() -> usize {
    1
}

fn sixteen_mebibytes() -> usize {
    16 << 20
}

fn very_deep() -> usize {
    100_000
}
