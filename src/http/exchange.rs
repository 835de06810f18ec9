//! The way of one request: from an endpoint to its answer, with retries. Read [`Session::send`] first.

use std::{
    sync::atomic::{AtomicI64, AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use reqwest::{
    blocking::{Client, RequestBuilder, Response},
    header,
};
use secrecy::ExposeSecret;

use super::{
    answer::{Answer, Broken},
    causes, client,
    credentials::Credentials,
    error::{Error, ErrorKind},
    retry,
    settings::{DEADLINE, Settings},
};
use crate::api::{Endpoint, Method, Repeat};

/// Time that must be left after a wait for a further try to make sense.
const SHORTEST_TRY: Duration = Duration::from_millis(50);

/// One call of a user: its credentials, its deadline, and what it has spent.
pub struct Session<'a> {
    credentials: &'a Credentials,
    settings: Settings,
    client: Client,
    end: Instant,
    requests: AtomicU32,
    /// The last `X-RateLimit-Remaining`; negative: none seen.
    rate_limit_remaining: AtomicI64,
}

impl<'a> Session<'a> {
    /// Starts the clock of a call.
    ///
    /// # Errors
    /// A configuration error when the process's HTTP client cannot be built: the CA file, the proxy or the system's
    /// roots.
    pub fn begin(credentials: &'a Credentials, settings: Settings) -> Result<Self, Error> {
        let client = client::of_this_process(&settings.connection)?;
        let end = Instant::now() + settings.deadline;
        Ok(Self {
            credentials,
            settings,
            client,
            end,
            requests: AtomicU32::new(0),
            rate_limit_remaining: AtomicI64::new(-1),
        })
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
    /// Every kind but `Configuration` and `InvalidDomain`. [`Error::is_answer_lost`] tells whether the panel may have
    /// carried the request out.
    pub fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, Error> {
        let what = format!("{} {}", E::METHOD, endpoint.path());
        let (mut attempt, mut in_doubt) = (1, false);
        loop {
            let answer =
                self.exchange(endpoint, &what).and_then(|answer| answer.read(&what, self.credentials));
            let error = match answer {
                Ok(answer) => return Ok(answer),
                Err(error) => error.with_attempts(attempt),
            };
            in_doubt |= E::METHOD.changes() && error.is_answer_lost();
            match self.wait_before_retry(E::REPEAT, &error, attempt) {
                Some(wait) => thread::sleep(wait),
                None => return Err(error.with_outcome_unknown(in_doubt)),
            }
            attempt += 1;
        }
    }

    /// Waits before an operation sends a POST again whose answer was lost with `error` and whose effect was not found. False:
    /// no further try, the retries or the deadline are used up.
    pub(crate) fn wait_for_resend(&self, error: &Error, attempt: u32) -> bool {
        let stale = is_stale(error, attempt);
        let wait = if stale { Duration::ZERO } else { retry::backoff(attempt) };
        let allowed = attempt <= self.settings.max_retries.max(u32::from(stale))
            && Instant::now() + wait + SHORTEST_TRY < self.end;
        if allowed {
            thread::sleep(wait);
        }
        allowed
    }

    /// One request and its whole answer, whatever its status.
    fn exchange<E: Endpoint>(&self, endpoint: &E, what: &str) -> Result<Answer, Error> {
        let left = self.end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(self.deadline_passed(what));
        }
        let timeout = if E::SLOW { left } else { left.min(self.settings.timeout) };
        self.requests.fetch_add(1, Ordering::Relaxed);
        let response =
            self.request(endpoint)?.timeout(timeout).send().map_err(|e| self.no_answer(&e, what))?;
        self.note_rate_limit(&response);
        Answer::receive(response).map_err(|e| self.broken_answer(&e, what))
    }

    /// The request with all that the panel requires; <https://runcloud.io/docs/api/v3/>.
    fn request<E: Endpoint>(&self, endpoint: &E) -> Result<RequestBuilder, Error> {
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
                Error::configuration("runcloud.base_url cannot have a path: set it to the URL of the API.")
            })?
            .pop_if_empty()
            .push(self.credentials.api_version())
            .extend(path.split('/'));
        let query = endpoint.query();
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let request = self
            .client
            .request(method, url)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json");
        let request = match self.credentials {
            Credentials::Token(token) => request.bearer_auth(token.expose_secret()),
            Credentials::KeyPair { key, secret } => {
                request.basic_auth(key.expose_secret(), Some(secret.expose_secret()))
            }
        };
        Ok(match endpoint.body() {
            Some(body) => request.body(body.to_string()),
            None => request,
        })
    }

    /// How long to wait before the same request is sent again; none: it is not.
    fn wait_before_retry(&self, repeat: Repeat, error: &Error, attempt: u32) -> Option<Duration> {
        let stale = is_stale(error, attempt);
        let allowed = match repeat {
            _ if !error.is_retryable() => 0,
            Repeat::Never if error.is_answer_lost() => 0,
            Repeat::Once if error.may_be_under_way() => 0,
            Repeat::Once if error.is_answer_lost() => self.settings.max_retries.min(1).max(u32::from(stale)),
            _ => self.settings.max_retries.max(u32::from(stale)),
        };
        if attempt > allowed {
            return None;
        }
        let wait = match (error.retry_after(), error.kind()) {
            (Some(wait), _) => wait,
            // Without a hint the limit is per minute: the caller's queue waits better than a blocked worker.
            (None, ErrorKind::RateLimit) => return None,
            (None, _) if stale => Duration::ZERO,
            (None, _) => retry::backoff(attempt),
        };
        (Instant::now() + wait + SHORTEST_TRY < self.end).then_some(wait)
    }

    fn note_rate_limit(&self, response: &Response) {
        let remaining = response
            .headers()
            .get("x-ratelimit-remaining")
            .and_then(|v| v.to_str().ok()?.trim().parse().ok());
        if let Some(remaining) = remaining {
            self.rate_limit_remaining.store(remaining, Ordering::Relaxed);
        }
    }

    /// Nothing came back.
    fn no_answer(&self, e: &reqwest::Error, what: &str) -> Error {
        let host = self.settings.base_url.host_str().unwrap_or_default();
        let error = if e.is_dns() {
            Error::new(
                ErrorKind::Connection,
                format!(
                    "The host name {host} cannot be resolved: check this server's DNS and runcloud.base_url."
                ),
            )
        } else if causes::is_certificate_error(e) {
            Error::new(
                ErrorKind::Connection,
                format!(
                    "The TLS certificate of {host} is not trusted: check this server's clock and CA certificates, runcloud.ca_file and runcloud.base_url."
                ),
            )
        } else if causes::is_version_error(e) {
            Error::new(
                ErrorKind::Connection,
                format!(
                    "{host} speaks neither TLS 1.2 nor a newer version, and older ones are not safe: check what is between this server and RunCloud, such as a proxy, and runcloud.base_url."
                ),
            )
        } else if e.is_timeout() && e.is_connect() {
            Error::new(
                ErrorKind::Timeout,
                format!(
                    "No connection to {host} within {:?} (runcloud.connect_timeout): check the firewall and the network.",
                    self.settings.connection.connect_timeout
                ),
            )
        } else if e.is_connect() {
            Error::new(
                ErrorKind::Connection,
                format!(
                    "RunCloud cannot be reached at {host}: check the network, the firewall, the proxy and runcloud.base_url."
                ),
            )
        } else if e.is_timeout() {
            self.too_late(what)
        } else {
            Error::new(
                ErrorKind::Connection,
                format!("The connection to {host} broke during {what}: try again later."),
            )
            .with_lost_answer()
        };
        error.with_cause(self.redacted_cause(e))
    }

    /// Headers came back, but not the whole body.
    fn broken_answer(&self, broken: &Broken, what: &str) -> Error {
        match broken {
            Broken::TooLarge(status) => Error::new(
                ErrorKind::UnexpectedResponse,
                format!(
                    "RunCloud's answer to {what} is larger than 4 MiB, which no documented answer is: check what is between this server and RunCloud, such as a proxy, that may have answered in its place."
                ),
            )
            .with_status(*status)
            .with_retryable(true)
            .with_lost_answer(),
            Broken::Io(e) if causes::is_timeout(e) => self.too_late(what).with_cause(self.redacted_cause(e)),
            Broken::Io(e) => Error::new(
                ErrorKind::Connection,
                format!("RunCloud's answer to {what} broke off: try again later."),
            )
            .with_lost_answer()
            .with_cause(self.redacted_cause(e)),
        }
    }

    fn too_late(&self, what: &str) -> Error {
        if Instant::now() + SHORTEST_TRY >= self.end {
            return self.deadline_passed(what).with_lost_answer();
        }
        Error::new(
            ErrorKind::Timeout,
            format!(
                "RunCloud did not answer {what} within {:?} (runcloud.timeout): try again later.",
                self.settings.timeout
            ),
        )
        .with_lost_answer()
    }

    fn deadline_passed(&self, what: &str) -> Error {
        Error::new(
            ErrorKind::Timeout,
            format!(
                "The call was not done within {:?} ({}), {what} came last: try again later.",
                self.settings.deadline, DEADLINE.name
            ),
        )
    }

    fn redacted_cause(&self, e: &dyn std::error::Error) -> String {
        let text = self.credentials.redact(&client::cause(e));
        match self.settings.connection.proxy.as_ref().and_then(|proxy| proxy.password()) {
            Some(password) => text.replace(password, "[hidden]"),
            None => text,
        }
    }
}

/// A kept connection may have been closed by the panel just when it was used: that costs no one a retry.
fn is_stale(error: &Error, attempt: u32) -> bool {
    error.kind() == ErrorKind::Connection && error.is_answer_lost() && attempt == 1
}
