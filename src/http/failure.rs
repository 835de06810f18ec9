//! What it means that no whole answer came.

use std::{
    error,
    time::{Duration, Instant},
};

use hyper_util::client::legacy;

use super::{
    answer::{Broken, Why},
    client::NoResponse,
    credentials::Credentials,
    dns,
    error::Error,
    obstacle::{self, Obstacle, Peer},
    proxy::{Proxy, Refusal},
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
    pub(super) fn without_answer(&self, why: &NoResponse) -> Error {
        match why {
            NoResponse::TooLate => self.too_late(),
            NoResponse::Gone => self.error(Reason::ClientFailed).with_lost_answer(),
            NoResponse::Failed(e) => self.failed(e).with_cause(self.credentials.redact(&cause(e))),
        }
    }

    /// Headers came back, but not the whole body.
    pub(super) fn with_broken_answer(&self, broken: &Broken) -> Error {
        match &broken.why {
            Why::TooLarge => self.error(Reason::AnswerTooLarge).with_status(broken.status).with_lost_answer(),
            Why::BrokeOff(cause) => {
                self.error(Reason::AnswerBroken).with_lost_answer().with_cause(self.credentials.redact(cause))
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

    fn failed(&self, e: &legacy::Error) -> Error {
        if let Some(obstacle) = obstacle::chain(e).find_map(|e| e.downcast_ref::<Obstacle>()) {
            return self.blocked(obstacle);
        }
        // In TLS 1.3 a server says only after the handshake that it wants a certificate.
        let tls = obstacle::tls_error(e);
        if let Some(reason) = tls.and_then(|e| obstacle::of_tls(e, self.trip.certificate_was_wanted()))
            && reason == Reason::ClientCertificateRequired
        {
            return self.error(reason);
        }
        let hyper = obstacle::chain(e).find_map(|e| e.downcast_ref::<hyper::Error>());
        match hyper {
            Some(e) if e.is_parse_too_large() => self.error(Reason::TooManyHeaders).with_lost_answer(),
            Some(e) if e.is_parse() => self.error(Reason::AnswerNotHttp).with_lost_answer(),
            _ => {
                let error = self.error(Reason::ConnectionBroken).with_lost_answer();
                if self.trip.took_kept_connection() { error.with_stale_connection() } else { error }
            }
        }
    }

    fn blocked(&self, obstacle: &Obstacle) -> Error {
        match obstacle {
            Obstacle::TooLate(stage) => self
                .no_connection(stage.unwrap_or(Stage::Connecting))
                .with("setting", CONNECT_TIMEOUT.name)
                .with("seconds", self.settings.connect_timeout),
            Obstacle::Dns(peer, failure) => self.not_found(*peer, failure),
            Obstacle::Connect(peer, e) => {
                let error = self.of(*peer, obstacle::of_connect(e));
                match error.reason() {
                    Reason::ConnectTimeout => error
                        .with("setting", CONNECT_TIMEOUT.name)
                        .with("seconds", self.settings.connect_timeout),
                    Reason::ConnectFailed => error.with("problem", e.kind().to_string()),
                    _ => error,
                }
            }
            Obstacle::Proxy(Refusal::Status(status)) => {
                let error =
                    self.of(Peer::Proxy, obstacle::of_proxy_status(*status)).with("proxy_status", *status);
                match self.settings.connection.proxy.as_ref().map(Proxy::new) {
                    Some(proxy) if proxy.has_credentials() => error.with("credentials", "given"),
                    _ => error,
                }
            }
            Obstacle::Proxy(Refusal::NoAnswer(_)) => self.of(Peer::Proxy, Reason::ProxyAnswerInvalid),
            Obstacle::Tls { peer, error, wants_certificate } => {
                self.insecure(*peer, error, *wants_certificate)
            }
        }
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

    fn insecure(&self, peer: Peer, e: &std::io::Error, wants_certificate: bool) -> Error {
        let tls = obstacle::tls_error(e);
        let Some(reason) = tls.and_then(|e| obstacle::of_tls(e, wants_certificate)) else {
            return self.of(peer, Reason::TlsBroken);
        };
        let mut error = self.of(peer, reason);
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
        let peer =
            if stage != Stage::Tunnelling && self.waits_for_proxy(stage) { Peer::Proxy } else { Peer::Panel };
        let reason = if stage == Stage::LookingUp { Reason::DnsTimeout } else { Reason::ConnectTimeout };
        self.at(Some(stage), self.of(peer, reason))
    }

    /// With what the connection was waiting for.
    fn at(&self, stage: Option<Stage>, error: Error) -> Error {
        let Some(stage) = stage else { return error };
        let error = if stage == Stage::Tunnelling { self.with_proxy(error) } else { error };
        let error = if stage == Stage::LookingUp { self.with_lookup(error) } else { error };
        error.with(
            "stage",
            match stage {
                Stage::LookingUp => "dns",
                Stage::Connecting => "connecting",
                Stage::Tunnelling => "proxy",
                Stage::Handshaking => "tls",
            },
        )
    }

    /// Whether a proxy, rather than the panel, is what the connection waits for at this stage.
    fn waits_for_proxy(&self, stage: Stage) -> bool {
        self.settings.uses_proxy() && stage != Stage::Handshaking
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
