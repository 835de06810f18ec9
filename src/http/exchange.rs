//! The way of one request: from an endpoint to its answer, with retries. Read [`Session::send`] first.

use std::{
    sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use base64::prelude::{BASE64_STANDARD, Engine};
use reqwest::{
    blocking::{Client, RequestBuilder},
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use secrecy::ExposeSecret;

use super::{
    answer::Answer,
    client,
    credentials::Credentials,
    error::{Error, ErrorKind},
    failure::{SHORTEST_TRY, Try},
    reason::Reason,
    retry,
    settings::{BASE_URL, Settings},
};
use crate::api::{Endpoint, Method, Repeat};

/// One call of a user: its credentials, its deadline, and what it has spent.
pub struct Session<'a> {
    credentials: &'a Credentials,
    settings: Settings,
    end: Instant,
    requests: AtomicU32,
    /// The last `X-RateLimit-Remaining`; negative: none seen.
    rate_limit_remaining: AtomicI64,
    /// Whether the authorities were read again because they did not know an issuer.
    has_refreshed_roots: AtomicBool,
}

/// What the tries of one request have come to so far.
#[derive(Clone, Copy, Default)]
struct Tries {
    made: u32,
    /// Those that the panel may have carried out although no answer said so.
    lost: u32,
}

impl<'a> Session<'a> {
    /// Starts the clock of a call.
    #[must_use]
    pub fn begin(credentials: &'a Credentials, settings: Settings) -> Self {
        Self {
            end: Instant::now() + settings.deadline,
            credentials,
            settings,
            requests: AtomicU32::new(0),
            rate_limit_remaining: AtomicI64::new(-1),
            has_refreshed_roots: AtomicBool::new(false),
        }
    }

    /// The address of the panel's API, `runcloud.base_url`.
    pub(crate) fn panel(&self) -> &str {
        self.settings.base_url.as_str()
    }

    /// Requests sent so far: each counts against the plan's monthly API calls.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.requests.load(Ordering::Relaxed)
    }

    /// What the panel last said is left of the rate limit.
    #[must_use]
    pub fn rate_limit_remaining(&self) -> Option<u64> {
        u64::try_from(self.rate_limit_remaining.load(Ordering::Relaxed)).ok()
    }

    /// Sends one request and reads its answer, as often as it is safe and the deadline allows.
    ///
    /// # Errors
    /// Every kind but `InvalidDomain`; `Configuration` for a CA file that cannot be used. [`Error::is_answer_lost`] tells whether the
    /// panel may have carried the request out, in the last try or an earlier one.
    pub fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, Error> {
        let what = format!("{} {}", E::METHOD, endpoint.path());
        let mut tries = Tries::default();
        loop {
            let answer =
                self.exchange(endpoint, &what).and_then(|answer| answer.read(&what, self.credentials));
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            tries.made += u32::from(error.kind() != ErrorKind::Configuration);
            tries.lost += u32::from(error.is_answer_lost());
            match self.repeat_after(E::REPEAT, &error, tries) {
                Some(wait) => thread::sleep(wait),
                None => return Err(final_error::<E>(error, tries)),
            }
        }
    }

    /// Sleeps before an operation sends a POST again whose answer was lost with `error` and whose effect was not found. False: there
    /// is no further try, since the retries or the deadline are used up.
    pub(crate) fn sleep_before_resend(&self, error: &Error, attempt: u32) -> bool {
        let is_free = costs_no_retry(error, attempt);
        let wait = if is_free { Duration::ZERO } else { retry::backoff(attempt) };
        let is_allowed =
            attempt <= self.settings.max_retries.max(u32::from(is_free)) && self.has_time_after(wait);
        if is_allowed {
            thread::sleep(wait);
        }
        is_allowed
    }

    /// One request and its whole answer, whatever its status.
    fn exchange<E: Endpoint>(&self, endpoint: &E, what: &str) -> Result<Answer, Error> {
        loop {
            match self.try_once(endpoint, what) {
                // The certificate may be of an authority that was added just now. Nothing was sent.
                Err(e)
                    if e.reason() == Reason::CertificateUnknownIssuer
                        && !self.has_refreshed_roots.swap(true, Ordering::Relaxed)
                        && client::refresh_roots(&self.settings.connection) =>
                {
                    self.requests.fetch_sub(1, Ordering::Relaxed);
                }
                result => return result,
            }
        }
    }

    fn try_once<E: Endpoint>(&self, endpoint: &E, what: &str) -> Result<Answer, Error> {
        let client = client::of_this_process(&self.settings.connection)?;
        let request = self.request(client.http()?, endpoint)?;
        let trip = client.watch().begin();
        let this =
            Try { settings: &self.settings, credentials: self.credentials, trip: &trip, what, end: self.end };
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(this.past_the_deadline());
        }
        let timeout = if E::SLOW { left } else { left.min(self.settings.timeout) };
        self.requests.fetch_add(1, Ordering::Relaxed);
        let response = request.timeout(timeout).send().map_err(|e| this.without_answer(&e))?;
        let answer = Answer::receive(response).map_err(|broken| this.with_broken_answer(&broken))?;
        if let Some(remaining) = answer.rate_limit_remaining {
            self.rate_limit_remaining.store(remaining, Ordering::Relaxed);
        }
        Ok(answer)
    }

    /// The request with all that the panel requires; <https://runcloud.io/docs/api/v3/>.
    fn request<E: Endpoint>(&self, client: &Client, endpoint: &E) -> Result<RequestBuilder, Error> {
        let method = match E::METHOD {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut url = self.settings.base_url.clone();
        let path = endpoint.path();
        url.path_segments_mut()
            .map_err(|()| {
                Error::new(Reason::SettingInvalid).with("setting", BASE_URL.name).with("problem", "no-api")
            })?
            .pop_if_empty()
            .push(self.credentials.api_version())
            .extend(path.split('/'));
        let query = endpoint.query();
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let request = client
            .request(method, url)
            .header(AUTHORIZATION, authorization(self.credentials)?)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json");
        Ok(match endpoint.body() {
            Some(body) => request.body(body.to_string()),
            None => request,
        })
    }

    /// How long to wait before the same request is sent again; none: it is not.
    fn repeat_after(&self, repeat: Repeat, error: &Error, tries: Tries) -> Option<Duration> {
        let is_free = costs_no_retry(error, tries.made);
        let may_be_repeated = match repeat {
            _ if !error.is_answer_lost() => true,
            Repeat::Freely => true,
            Repeat::Once if error.may_be_under_way() => false,
            // Two tries that may have been carried out are enough.
            Repeat::Once => tries.lost == 1,
            Repeat::Never => false,
        };
        if !error.is_retryable()
            || !may_be_repeated
            || tries.made > self.settings.max_retries.max(u32::from(is_free))
        {
            return None;
        }
        match error.retry_after() {
            Some(asked) if self.has_time_after(asked) => {
                let left = self.end.saturating_duration_since(Instant::now() + SHORTEST_TRY);
                Some(retry::at_least(asked, tries.made).min(left.max(asked)))
            }
            Some(_) => None,
            // Without a hint the limit is per minute: the caller's queue waits better than a blocked worker.
            None if error.status() == Some(429) => None,
            None if is_free => Some(Duration::ZERO),
            None => Some(retry::backoff(tries.made)).filter(|wait| self.has_time_after(*wait)),
        }
    }

    /// Whether a further try makes sense after this wait.
    fn has_time_after(&self, wait: Duration) -> bool {
        Instant::now() + wait + SHORTEST_TRY < self.end
    }
}

/// The panel may have closed a kept connection just when it was used: that is nobody's failure.
fn costs_no_retry(error: &Error, attempt: u32) -> bool {
    error.is_stale() && attempt == 1
}

/// The error of the last try, with what is to be known of the earlier ones.
fn final_error<E: Endpoint>(error: Error, tries: Tries) -> Error {
    let has_earlier_loss = tries.lost > u32::from(error.is_answer_lost());
    let error = error.with_attempts(tries.made);
    let error = if has_earlier_loss { error.with_earlier_loss() } else { error };
    let in_doubt = E::METHOD.changes() && error.is_answer_lost();
    error.with_outcome_unknown(in_doubt)
}

fn authorization(credentials: &Credentials) -> Result<HeaderValue, Error> {
    let text = match credentials {
        Credentials::Token(token) => format!("Bearer {}", token.expose_secret()),
        Credentials::KeyPair { key, secret } => {
            format!(
                "Basic {}",
                BASE64_STANDARD.encode(format!("{}:{}", key.expose_secret(), secret.expose_secret()))
            )
        }
    };
    let mut value = HeaderValue::try_from(text)
        .map_err(|e| Error::new(Reason::ClientFailed).with_cause(e.to_string()))?;
    value.set_sensitive(true);
    Ok(value)
}
