//! What it means that no whole answer came.

use std::{
    error,
    time::{Duration, Instant},
};

use super::{
    answer::{Broken, Why},
    credentials::Credentials,
    dns,
    error::Error,
    obstacle::{self, Peer},
    proxy::{AUTHENTICATION_REQUIRED, NoTunnel, Proxy},
    reason::Reason,
    settings::{CONNECT_TIMEOUT, DEADLINE, Settings, TIMEOUT},
    trip::{Stage, Trip},
};

/// Time that must be left for another try to make sense.
pub(super) const SHORTEST_TRY: Duration = Duration::from_millis(50);

/// One try that failed.
pub(super) struct Try<'a> {
    pub(super) settings: &'a Settings,
    pub(super) credentials: &'a Credentials,
    pub(super) trip: &'a Trip,
    /// The request as a person would name it: `GET ping`.
    pub(super) what: &'a str,
    /// When the deadline of the call passes.
    pub(super) end: Instant,
}

impl Try<'_> {
    /// Nothing came back.
    pub(super) fn without_answer(&self, e: &reqwest::Error) -> Error {
        let error = if e.is_timeout() && !e.is_connect() { self.too_late() } else { self.failed(e) };
        error.with_cause(self.without_secrets(&cause(e)))
    }

    /// Headers came back, but not the whole body.
    pub(super) fn with_broken_answer(&self, broken: &Broken) -> Error {
        match &broken.why {
            Why::TooLarge => self.error(Reason::AnswerTooLarge).with_status(broken.status).with_lost_answer(),
            Why::TooLate => self.too_late(),
            Why::BrokeOff(cause) => {
                self.error(Reason::AnswerBroken).with_lost_answer().with_cause(self.without_secrets(cause))
            }
        }
    }

    /// The call's time was over before this request was sent.
    pub(super) fn past_the_deadline(&self) -> Error {
        self.error(Reason::DeadlinePassed)
            .with("setting", DEADLINE.name)
            .with("seconds", self.settings.deadline)
    }

    /// The time of this request, or of the whole call, ran out.
    fn too_late(&self) -> Error {
        let stage = self.trip.stage();
        let is_deadline = Instant::now() + SHORTEST_TRY >= self.end;
        let error = match stage {
            _ if is_deadline => self.at(stage, self.past_the_deadline()),
            Some(stage) => {
                self.no_connection(stage).with("setting", TIMEOUT.name).with("seconds", self.settings.timeout)
            }
            None => self
                .error(Reason::AnswerTimeout)
                .with("setting", TIMEOUT.name)
                .with("seconds", self.settings.timeout),
        };
        // Without a connection nothing was sent.
        if stage.is_none() { error.with_lost_answer() } else { error }
    }

    fn failed(&self, e: &reqwest::Error) -> Error {
        let tls = obstacle::tls_error(e);
        if e.is_connect() {
            return self.blocked(e, tls);
        }
        // In TLS 1.3 a server says only after the handshake that it wants a certificate.
        if let Some(reason) = tls.and_then(|e| obstacle::of_tls(e, self.trip.certificate_was_wanted()))
            && reason == Reason::ClientCertificateRequired
        {
            return self.error(reason);
        }
        let hyper = obstacle::chain(e).find_map(|e| e.downcast_ref::<hyper::Error>());
        match hyper {
            Some(e) if e.is_parse_too_large() => self.error(Reason::TooManyHeaders).with_lost_answer(),
            Some(e) if e.is_parse() => self.error(Reason::AnswerNotHttp).with_lost_answer(),
            None if e.is_builder() || e.is_request() && obstacle::chain(e).count() == 1 => {
                self.error(Reason::ClientFailed)
            }
            _ => {
                let error = self.error(Reason::ConnectionBroken).with_lost_answer();
                if self.trip.took_kept_connection() { error.with_stale_connection() } else { error }
            }
        }
    }

    /// There is no connection.
    fn blocked(&self, e: &reqwest::Error, tls: Option<&rustls::Error>) -> Error {
        let peer = if self.settings.uses_proxy() { Peer::Proxy } else { Peer::Panel };
        if e.is_timeout() {
            return self
                .no_connection(self.trip.stage().unwrap_or(Stage::Connecting))
                .with("setting", CONNECT_TIMEOUT.name)
                .with("seconds", self.settings.connection.connect_timeout);
        }
        if let Some(failure) = obstacle::chain(e).find_map(|e| e.downcast_ref::<dns::Failure>()) {
            return self.not_found(peer, failure);
        }
        if let Some(no_tunnel) = obstacle::chain(e).find_map(NoTunnel::of) {
            return self.without_tunnel(no_tunnel);
        }
        if tls.is_some() || self.trip.stage() == Some(Stage::Handshaking) {
            return self.insecure(tls);
        }
        let Some(io) = obstacle::io_error(e) else {
            return self.of(peer, Reason::ConnectFailed).with("problem", "no connection");
        };
        let error = self.of(peer, obstacle::of_connect(io));
        match error.reason() {
            Reason::ConnectTimeout => error
                .with("setting", CONNECT_TIMEOUT.name)
                .with("seconds", self.settings.connection.connect_timeout),
            Reason::ConnectFailed => error.with("problem", io.kind().to_string()),
            _ => error,
        }
    }

    /// The proxy has opened no tunnel to the panel.
    fn without_tunnel(&self, why: NoTunnel) -> Error {
        let url = &self.settings.base_url;
        let Some(proxy) = self.settings.connection.proxy.as_ref().map(Proxy::new) else {
            return self.error(Reason::ConnectFailed);
        };
        let status = match why {
            NoTunnel::AuthenticationRequired => Some(AUTHENTICATION_REQUIRED),
            NoTunnel::Broken => None,
            NoTunnel::Refused => {
                let host = url.host_str().unwrap_or_default();
                let target = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
                let left = self.end.saturating_duration_since(Instant::now());
                let patience = left.min(self.settings.connection.connect_timeout);
                proxy.refusal_of(&target, self.trip.address(), patience)
            }
        };
        let Some(status) = status else { return self.of(Peer::Proxy, Reason::ProxyAnswerInvalid) };
        let error = self.of(Peer::Proxy, obstacle::of_proxy_status(status)).with("proxy_status", status);
        if proxy.has_credentials() { error.with("credentials", "given") } else { error }
    }

    fn not_found(&self, peer: Peer, failure: &dns::Failure) -> Error {
        let of = |reason| self.with_lookup(self.of(peer, reason));
        match failure {
            dns::Failure::Configuration(why) => of(Reason::DnsConfigurationUnreadable)
                .with("file", dns::RESOLV_CONF)
                .with("problem", why.as_str()),
            dns::Failure::Unknown => of(Reason::DnsNameUnknown),
            dns::Failure::Failed(why) => of(Reason::DnsFailed).with("problem", why.as_str()),
            dns::Failure::Io(_) => of(Reason::OutOfFileDescriptors),
        }
    }

    /// TLS with the panel was not possible. To a proxy there is none.
    fn insecure(&self, tls: Option<&rustls::Error>) -> Error {
        let wants_certificate = self.trip.certificate_was_wanted();
        let Some(reason) = tls.and_then(|e| obstacle::of_tls(e, wants_certificate)) else {
            return self.error(Reason::TlsBroken);
        };
        let mut error = self.error(reason);
        if let Some((name, value)) = tls.and_then(obstacle::certificate_says) {
            error = error.with(name, value);
        }
        match tls {
            Some(rustls::Error::AlertReceived(alert)) => error.with("problem", format!("alert {alert:?}")),
            _ => error,
        }
    }

    /// The connection did not get past this stage in time.
    fn no_connection(&self, stage: Stage) -> Error {
        let waits_for_proxy = self.settings.uses_proxy() && stage == Stage::LookingUp;
        let reason = if stage == Stage::LookingUp { Reason::DnsTimeout } else { Reason::ConnectTimeout };
        let peer = if waits_for_proxy { Peer::Proxy } else { Peer::Panel };
        self.at(Some(stage), self.of(peer, reason))
    }

    /// With what the connection was waiting for.
    fn at(&self, stage: Option<Stage>, error: Error) -> Error {
        match stage {
            None => error,
            Some(Stage::LookingUp) => self.with_lookup(error).with("stage", "dns"),
            Some(Stage::Connecting) if self.settings.uses_proxy() => {
                self.with_proxy(error).with("stage", "proxy")
            }
            Some(Stage::Connecting) => error.with("stage", "connecting"),
            Some(Stage::Handshaking) => error.with("stage", "tls"),
        }
    }

    fn with_lookup(&self, error: Error) -> Error {
        let proxy = self.settings.connection.proxy.as_ref().filter(|_| self.settings.uses_proxy());
        let host = proxy.unwrap_or(&self.settings.base_url).host_str().unwrap_or_default();
        let error = error.with("lookup", host);
        match self.trip.name_servers() {
            servers if servers.is_empty() => error,
            servers => error.with("servers", servers),
        }
    }

    fn with_proxy(&self, error: Error) -> Error {
        match &self.settings.connection.proxy {
            Some(proxy) => error.with("proxy", Proxy::new(proxy).to_string()),
            None => error,
        }
    }

    /// An error that has to do with this peer.
    fn of(&self, peer: Peer, reason: Reason) -> Error {
        let error = self.error(reason);
        match peer {
            Peer::Panel => error,
            Peer::Proxy => self.with_proxy(error).with("peer", "proxy"),
        }
    }

    fn error(&self, reason: Reason) -> Error {
        let url = &self.settings.base_url;
        Error::new(reason)
            .with("request", self.what)
            .with("host", url.host_str().unwrap_or_default())
            .with("port", url.port_or_known_default().unwrap_or_default())
    }
}

impl Try<'_> {
    /// A text of a library without our secrets.
    fn without_secrets(&self, text: &str) -> String {
        let text = self.credentials.redact(text);
        match self.settings.connection.proxy.as_ref().and_then(|proxy| proxy.password()) {
            Some(password) => text.replace(password, "[hidden]"),
            None => text,
        }
    }
}

/// An error and what is behind it, in one line.
pub(super) fn cause(error: &(dyn error::Error + 'static)) -> String {
    let mut text = error.to_string();
    for inner in obstacle::chain(error).skip(1) {
        let inner = inner.to_string();
        if !text.contains(&inner) {
            text = format!("{text}: {inner}");
        }
    }
    text
}
