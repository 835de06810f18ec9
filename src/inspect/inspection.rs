//! What was seen of a host.

use std::net::IpAddr;

use crate::dns::question::Trouble;

/// How a question to the DNS ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// There are such records.
    Found,
    /// There is no such name, or the name has no such records.
    None,
    /// The name servers refuse to answer.
    Refused,
    /// The name servers answer with a failure, or with what is no answer.
    Failed,
    /// The records do not pass DNSSEC: the resolver fails, but answers with checking disabled.
    Bogus,
    /// No answer came in time.
    TooLate,
}

impl Outcome {
    /// The outcome's stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::None => "none",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Bogus => "bogus",
            Self::TooLate => "too-late",
        }
    }
}

impl From<Trouble> for (Outcome, &'static str) {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused => (Outcome::Refused, "refused"),
            Trouble::Failed(code) => (Outcome::Failed, code),
            Trouble::Silence => (Outcome::TooLate, "silence"),
        }
    }
}

/// Who gave an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A name server of the zone.
    Zone,
    /// The system's resolver.
    Resolver,
}

impl Source {
    /// The source's stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Resolver => "resolver",
        }
    }
}

/// What the DNS says to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How it ended.
    pub outcome: Outcome,
    /// More about the outcome: a stable code such as `no-such-name`, `silence` or `lame`.
    pub detail: Option<&'static str>,
    /// The records as in a zone file, names without the last full stop.
    pub records: Vec<Vec<u8>>,
    /// The name that has the records. For CAA it may be a parent of the host.
    pub name: String,
    /// The names that aliases (CNAME) led to, in order.
    pub aliases: Vec<String>,
    /// Who gave the answer; none where nobody did.
    pub source: Option<Source>,
}

/// One request of an HTTP look, or why it was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// What was, or would have been, asked for. Never with a user name or password.
    pub url: String,
    /// The address that was connected to.
    pub address: Option<IpAddr>,
    /// The status of the answer.
    pub status: Option<u16>,
    /// Why there is no answer, or why its redirect is not followed: a stable code.
    pub error: Option<&'static str>,
}

/// What plain HTTP serves at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpLook {
    /// The path that was asked for.
    pub path: String,
    /// Every request in order.
    pub hops: Vec<Hop>,
    /// The beginning of the last answer's body, at most [`BODY`] bytes.
    pub body: Vec<u8>,
}

/// How much of a body is kept.
pub const BODY: usize = 1024;

impl HttpLook {
    /// The status of the last answer, if redirects ended in one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.hops.last().filter(|hop| hop.error.is_none()).and_then(|hop| hop.status)
    }

    /// Why there is no last answer.
    #[must_use]
    pub fn error(&self) -> Option<&'static str> {
        self.hops.last().and_then(|hop| hop.error)
    }
}

/// What a browser would think of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// A browser shows the lock.
    Trusted,
    /// Its time, or that of an intermediate, is over.
    Expired,
    /// Its time has not begun.
    NotYetValid,
    /// It is signed by itself.
    SelfSigned,
    /// It is for other names.
    OtherName,
    /// No authority that the system trusts stands behind it.
    UnknownIssuer,
    /// It comes from Let's Encrypt's staging environment.
    Staging,
    /// No certificate was shown.
    None,
    /// None was shown in time.
    TooLate,
}

impl Verdict {
    /// The verdict's stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::SelfSigned => "self-signed",
            Self::OtherName => "other-name",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Staging => "staging",
            Self::None => "none",
            Self::TooLate => "too-late",
        }
    }
}

/// What is written in a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The names that it is for, lower case, at most 100.
    pub names: Vec<String>,
    /// Who issued it.
    pub issuer: String,
    /// The key that signed it, in hexadecimal digits; empty where it does not say.
    pub authority_key_id: String,
    /// Its serial number, in hexadecimal digits.
    pub serial: String,
    /// The SHA-256 of the whole certificate, in hexadecimal digits.
    pub sha256: String,
    /// The first second of its time, since 1970.
    pub valid_from: i64,
    /// The last second of its time, since 1970.
    pub valid_until: i64,
}

/// What TLS shows at one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsLook {
    /// The address that was connected to.
    pub address: IpAddr,
    /// Whether DNS leads to it.
    pub in_dns: bool,
    /// What a browser would think.
    pub verdict: Verdict,
    /// Whether the certificate is for the host's name, whatever else is wrong with it.
    pub covers_host: bool,
    /// Why there is no certificate, or no connection after it was shown: a stable code.
    pub error: Option<&'static str>,
    /// The certificate that was shown.
    pub certificate: Option<Certificate>,
}

/// The answers of the DNS about a host, each for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dns {
    /// The zone that the host lies in, if it was found.
    pub zone: Option<String>,
    /// The names of the zone's name servers.
    pub name_servers: Vec<String>,
    /// Its addresses in IPv4.
    pub a: Answer,
    /// Its addresses in IPv6.
    pub aaaa: Answer,
    /// The name that it is an alias of.
    pub cname: Answer,
    /// Name servers at the host's own name.
    pub ns: Answer,
    /// Which authorities may issue certificates: of the host, or of the nearest parent that has such records.
    pub caa: Answer,
    /// The texts below the prefix; none if there was no prefix.
    pub txt: Option<Answer>,
}

/// What was seen of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The host as it was given.
    pub host: String,
    /// Why it was not looked at: a stable code.
    pub error: Option<&'static str>,
    /// What the DNS says.
    pub dns: Dns,
    /// What plain HTTP serves, for each path in order.
    pub http: Vec<HttpLook>,
    /// What TLS shows, at the addresses of the DNS and then at those that were given.
    pub tls: Vec<TlsLook>,
}
