//! An HTTP proxy: what it is called, and how it is asked for a tunnel to the panel.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use bytes::Bytes;
use http_body_util::Empty;
use hyper::{
    Request,
    client::conn::http1,
    header::{HOST, HeaderValue, PROXY_AUTHORIZATION, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{client::AGENT, pipe::Pipe};

/// Whom to ask.
#[derive(Clone, Debug)]
pub(super) struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    /// Whether the connection to the proxy itself uses TLS.
    pub(super) uses_tls: bool,
    /// The value of `Proxy-Authorization`.
    authorization: Option<SecretString>,
}

/// Why there is no tunnel.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The status that the proxy answered with.
    Status(u16),
    /// What went wrong before it answered.
    NoAnswer(hyper::Error),
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
            uses_tls: url.scheme() == "https",
            authorization: has_credentials.then(|| {
                format!("Basic {}", BASE64_STANDARD.encode([&user[..], b":", &password[..]].concat())).into()
            }),
        }
    }

    pub(super) fn has_credentials(&self) -> bool {
        self.authorization.is_some()
    }

    /// Asks for a tunnel to `target`, which is `host:port`.
    pub(super) async fn tunnel(&self, pipe: Pipe, target: &str) -> Result<Pipe, Refusal> {
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(pipe)).await.map_err(Refusal::NoAnswer)?;
        tokio::spawn(connection.with_upgrades());
        let response = sender.send_request(self.request(target)).await.map_err(Refusal::NoAnswer)?;
        if !response.status().is_success() {
            return Err(Refusal::Status(response.status().as_u16()));
        }
        let upgraded = hyper::upgrade::on(response).await.map_err(Refusal::NoAnswer)?;
        Ok(Pipe::new(TokioIo::new(upgraded)))
    }

    fn request(&self, target: &str) -> Request<Empty<Bytes>> {
        let mut request = Request::new(Empty::new());
        *request.method_mut() = hyper::Method::CONNECT;
        // A checked URL gave the host and the port; the empty one would be refused as any other.
        *request.uri_mut() = target.parse().unwrap_or_default();
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        if let Ok(value) = HeaderValue::from_str(target) {
            headers.insert(HOST, value);
        }
        let authorization =
            self.authorization.as_ref().and_then(|value| HeaderValue::from_str(value.expose_secret()).ok());
        if let Some(mut value) = authorization {
            value.set_sensitive(true);
            headers.insert(PROXY_AUTHORIZATION, value);
        }
        request
    }
}

/// As a message shows it: without user and password.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}
