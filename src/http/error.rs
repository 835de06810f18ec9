//! What can go wrong, told to a person.

use std::{collections::BTreeMap, fmt, time::Duration};

use crate::api::InvalidHost;

/// The kinds of failure, one for each PHP exception class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting, constant or argument cannot be used. Nothing was sent. Correct it and try again.
    Configuration,
    /// The domain cannot be used for this operation. Nothing was changed. Pass another one.
    InvalidDomain,
    /// 401: wrong token, IP address not on the allow-list, or API switched off. The admin has to act.
    Authentication,
    /// 403: the token may not do this, or the plan does not include it. The admin has to act.
    Permission,
    /// 404: server, web application, domain or certificate is not there. Correct the id.
    NotFound,
    /// 422: the panel refused the data. See the field errors.
    Validation,
    /// 429: too many requests. Wait for as long as `retry_after` says.
    RateLimit,
    /// 5xx: the panel failed. Try later.
    Server,
    /// No connection, or it broke. Try later.
    Connection,
    /// No answer in time. The request may have been carried out. Try later.
    Timeout,
    /// An answer that is not what the API documents. See the message.
    UnexpectedResponse,
    /// Any other status, such as 400 or 405.
    Api,
}

/// A failure with all that PHP's exception shows.
#[derive(Clone, Debug)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    retryable: bool,
    lost: bool,
    outcome_unknown: bool,
    retry_after: Option<Duration>,
    attempts: u32,
    fields: BTreeMap<String, Vec<String>>,
    cause: Option<String>,
}

impl Error {
    /// An error of `kind` that reads `message`: whole sentences, safe to show.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let retryable = matches!(
            kind,
            ErrorKind::RateLimit | ErrorKind::Server | ErrorKind::Connection | ErrorKind::Timeout
        );
        Self(Box::new(Details {
            kind,
            message: message.into(),
            status: None,
            retryable,
            lost: false,
            outcome_unknown: false,
            retry_after: None,
            attempts: 0,
            fields: BTreeMap::new(),
            cause: None,
        }))
    }

    /// A setting, constant or argument that cannot be used.
    #[must_use]
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    #[must_use]
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    #[must_use]
    pub(crate) fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// The request was sent, and nothing says whether the panel carried it out.
    #[must_use]
    pub(crate) fn with_lost_answer(mut self) -> Self {
        self.0.lost = true;
        self
    }

    /// See [`Self::is_outcome_unknown`].
    #[must_use]
    pub(crate) fn with_outcome_unknown(mut self, unknown: bool) -> Self {
        self.0.outcome_unknown |= unknown;
        self
    }

    #[must_use]
    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    #[must_use]
    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    #[must_use]
    pub(crate) fn with_fields(mut self, fields: BTreeMap<String, Vec<String>>) -> Self {
        self.0.fields = fields;
        self
    }

    #[must_use]
    pub(crate) fn with_cause(mut self, cause: impl Into<String>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    #[must_use]
    pub(crate) fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = message.into();
        self
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The sentence for a person.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The HTTP status, if the panel answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Whether the same call may succeed later without anyone changing anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Whether the panel may have carried the request out although this is an error.
    #[must_use]
    pub fn is_answer_lost(&self) -> bool {
        self.0.lost
    }

    /// Whether the panel may still be at work on the request: nobody waited for its answer long enough. Then what it holds
    /// proves nothing yet.
    #[must_use]
    pub fn may_be_under_way(&self) -> bool {
        self.0.lost && (self.0.kind == ErrorKind::Timeout || self.0.status == Some(504))
    }

    /// Whether something that changes `RunCloud` may have been carried out, by this request or an earlier one of the same
    /// call, although no answer said so. Look before you do it again, or before you take it for not done.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }

    /// How long the panel asked to wait (`Retry-After`), at most a day.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How often the failing request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What the panel says of each field (422).
    #[must_use]
    pub fn fields(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0.fields
    }

    /// The technical cause, for the exception's `previous`.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

impl From<InvalidHost> for Error {
    fn from(e: InvalidHost) -> Self {
        Self::new(ErrorKind::InvalidDomain, e.to_string())
    }
}
