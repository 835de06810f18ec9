//! What can go wrong, for a program and for a person.

use std::{collections::BTreeMap, fmt, sync::OnceLock, time::Duration};

use super::{
    details::{Details, Value},
    reason::Reason,
    sentences, taken,
};
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
    /// Too many requests, in the minute or in the month. Wait for as long as `retry_after` says.
    RateLimit,
    /// 5xx: the panel failed. Try later.
    Server,
    /// No connection, or it broke. Try later.
    Connection,
    /// No answer in time. Try later.
    Timeout,
    /// An answer that is not what the API documents. See the message.
    UnexpectedResponse,
    /// Any other status, such as 400 or 405.
    Api,
}

/// A failure with all that PHP's exception shows.
#[derive(Clone, Debug)]
pub struct Error(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    reason: Reason,
    details: Details,
    /// Made of the two above when it is first read.
    message: OnceLock<String>,
    status: Option<u16>,
    retryable: bool,
    lost: Lost,
    outcome_unknown: bool,
    stale: bool,
    retry_after: Option<Duration>,
    attempts: u32,
    fields: BTreeMap<String, Vec<String>>,
    cause: Option<String>,
}

/// Which answer was lost, though the panel may have carried the request out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    No,
    /// The last try had one that says that nothing was done; an earlier one had none.
    EarlierAnswer,
    LastAnswer,
}

impl Error {
    /// An error for this reason. Its arguments follow with [`Self::with`]; `sentences` makes the message of both.
    #[must_use]
    pub fn new(reason: Reason) -> Self {
        Self(Box::new(Parts {
            reason,
            details: Details::default(),
            message: OnceLock::new(),
            status: None,
            retryable: reason.is_retryable(),
            lost: Lost::No,
            outcome_unknown: false,
            stale: false,
            retry_after: None,
            attempts: 0,
            fields: BTreeMap::new(),
            cause: None,
        }))
    }

    /// With an argument that is fit to be shown.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.details.set(name, value.into());
        self.0.message = OnceLock::new();
        self
    }

    /// The same failure, of which the reason is now known better.
    #[must_use]
    pub(crate) fn because(mut self, reason: Reason) -> Self {
        self.0.reason = reason;
        self.0.retryable = reason.is_retryable();
        self.0.message = OnceLock::new();
        self
    }

    #[must_use]
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self.with("status", status)
    }

    /// The request was sent, and nothing says whether the panel carried it out.
    #[must_use]
    pub(crate) fn with_lost_answer(mut self) -> Self {
        self.0.lost = Lost::LastAnswer;
        self
    }

    /// An earlier try of the same request was sent, and nothing says whether the panel carried it out.
    #[must_use]
    pub(crate) fn with_earlier_loss(mut self) -> Self {
        self.0.lost = Lost::EarlierAnswer;
        self
    }

    /// Something that changes the panel was sent, and nothing says whether it was carried out.
    #[must_use]
    pub(crate) fn with_outcome_unknown(mut self, unknown: bool) -> Self {
        self.0.outcome_unknown |= unknown;
        self.0.message = OnceLock::new();
        self
    }

    /// A connection that was kept from an earlier request broke before any answer came.
    #[must_use]
    pub(super) fn with_stale_connection(mut self) -> Self {
        self.0.stale = true;
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

    /// Why it failed.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.0.reason
    }

    /// What belongs to the reason.
    #[must_use]
    pub fn details(&self) -> &Details {
        &self.0.details
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.reason.kind()
    }

    /// The sentence for a person.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.message.get_or_init(|| {
            let mut sentence = sentences::of(self.0.reason, &self.0.details);
            if self.0.outcome_unknown && self.0.lost != Lost::LastAnswer {
                sentence.push_str(sentences::EARLIER_TRY);
            }
            sentence
        })
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

    /// Whether the panel may have carried the request out, in this try or an earlier one, although this is an error.
    #[must_use]
    pub fn is_answer_lost(&self) -> bool {
        self.0.lost != Lost::No
    }

    /// Whether the panel may still be at work on the request: nobody waited for its answer long enough. Then what it holds
    /// proves nothing yet.
    #[must_use]
    pub fn may_be_under_way(&self) -> bool {
        self.is_answer_lost() && (self.kind() == ErrorKind::Timeout || self.0.status == Some(504))
    }

    /// Whether something that changes `RunCloud` may have been carried out, by this request or an earlier one of the same
    /// call, although no answer said so. Look before you do it again, or before you take it for not done.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }

    /// Whether a connection that was kept from an earlier request broke before any answer came.
    pub(super) fn is_stale(&self) -> bool {
        self.0.stale
    }

    /// How long the panel asked to wait (`Retry-After`), at most a day; at least an hour when the month's calls are spent.
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

    /// Whether the panel refused the data (422) in words that can hardly mean anything else than that `name` is in use. Not
    /// documented: a guess, for `DomainTaken`.
    #[must_use]
    pub(crate) fn says_in_use(&self, name: &str) -> bool {
        taken::says_in_use(self, name)
    }

    /// The technical cause, for the exception's `previous`.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Error {}

impl From<InvalidHost> for Error {
    fn from(e: InvalidHost) -> Self {
        Self::new(Reason::DomainInvalid).with("problem", e.to_string())
    }
}
