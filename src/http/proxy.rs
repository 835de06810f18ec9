//! An HTTP proxy: what it is called, and with which status it refuses a tunnel to the panel.

use std::{
    fmt,
    io::{Read, Write},
    net::{IpAddr, SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use base64::prelude::{BASE64_STANDARD, Engine};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::client::AGENT;

/// The status to a proxy that wants a user and a password.
pub(super) const AUTHENTICATION_REQUIRED: u16 = 407;
/// How much of an answer is read: its first line.
const FIRST_LINE: usize = 256;

/// Whom to ask.
pub(super) struct Proxy {
    host: String,
    port: u16,
    /// The value of `Proxy-Authorization`.
    authorization: Option<SecretString>,
}

/// What the HTTP client says of a tunnel that it did not get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoTunnel {
    /// 407.
    AuthenticationRequired,
    /// Another status, or what is none.
    Refused,
    /// No whole answer.
    Broken,
}

impl NoTunnel {
    /// Reads the HTTP client's words: it has no other sign. None: the error has to do with something else.
    pub(super) fn of(error: &(dyn std::error::Error + 'static)) -> Option<Self> {
        Some(match error.to_string().strip_prefix("tunnel error: ")? {
            "proxy authorization required" => Self::AuthenticationRequired,
            "unsuccessful" => Self::Refused,
            "failed to create underlying connection" => return None,
            _ => Self::Broken,
        })
    }
}

impl Proxy {
    /// What a checked setting names.
    pub(super) fn new(url: &Url) -> Self {
        let decoded = |text: &str| percent_decode_str(text).collect::<Vec<u8>>();
        let user = decoded(url.username());
        let password = decoded(url.password().unwrap_or_default());
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        Self {
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port_or_known_default().unwrap_or(80),
            authorization: has_credentials.then(|| {
                format!("Basic {}", BASE64_STANDARD.encode([&user[..], b":", &password[..]].concat())).into()
            }),
        }
    }

    pub(super) fn has_credentials(&self) -> bool {
        self.authorization.is_some()
    }

    /// The status with which the proxy refuses a tunnel to `target`, which is `host:port`. The HTTP client does not tell it, so the
    /// proxy is asked once more, at its address and for at most `patience`. None: it does not refuse any more, or answers with what
    /// is no HTTP.
    pub(super) fn refusal_of(&self, target: &str, at: Option<IpAddr>, patience: Duration) -> Option<u16> {
        let end = Instant::now() + patience;
        let left = || Some(end.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero());
        let address = self.host.trim_matches(['[', ']']).parse().ok().or(at)?;
        let mut stream = TcpStream::connect_timeout(&SocketAddr::new(address, self.port), left()?).ok()?;
        stream.set_write_timeout(left()).ok()?;
        stream.write_all(self.request(target).expose_secret().as_bytes()).ok()?;
        let mut line = Vec::new();
        while line.len() < FIRST_LINE && !line.contains(&b'\n') {
            let mut part = [0; FIRST_LINE];
            stream.set_read_timeout(Some(left()?)).ok()?;
            let length = stream.read(&mut part).ok().filter(|length| *length > 0)?;
            line.extend_from_slice(part.get(..length)?);
        }
        status(&line).filter(|status| !(200..300).contains(status))
    }

    fn request(&self, target: &str) -> SecretString {
        let authorization = self
            .authorization
            .as_ref()
            .map(|value| format!("Proxy-Authorization: {}\r\n", value.expose_secret()))
            .unwrap_or_default();
        format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {AGENT}\r\n{authorization}\r\n")
            .into()
    }
}

/// The status in the first line of an answer.
fn status(line: &[u8]) -> Option<u16> {
    let mut words = str::from_utf8(line.get(..line.len().min(FIRST_LINE))?).ok()?.split([' ', '\r', '\n']);
    words.next().filter(|version| version.starts_with("HTTP/1."))?;
    words.next()?.parse().ok().filter(|status| (100..600).contains(status))
}

/// As a message shows it: without user and password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}
