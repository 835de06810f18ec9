//! One request over a connection of its own.

use std::{sync::Arc, time::Duration};

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Uri,
    body::{Bytes, Incoming},
    client::conn::http1,
    header::{self, HeaderValue},
};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::target::Target;
use crate::inspect::{BODY, sockets::Connection, tls::server_name};

/// How much of an answer's head is read.
const LONGEST_HEAD: usize = 16 * 1024;
/// How many header lines an answer may have.
const MOST_HEADERS: usize = 100;

/// What came back.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) location: Option<Vec<u8>>,
    /// Where a redirect leads its body is not read.
    pub(super) body: Vec<u8>,
}

/// Sends one GET and reads its answer, over TLS where the URL says so; the certificate is not judged.
pub(super) async fn get(
    connection: Connection<'_>,
    target: &Target,
    user_agent: &str,
    tls: &Arc<ClientConfig>,
    limit: Duration,
) -> Result<Response, &'static str> {
    let Connection { stream, place: _place } = connection;
    let exchange = async {
        if target.is_tls {
            let name = server_name(target.host()).ok_or("bad-host")?;
            let stream = TlsConnector::from(Arc::clone(tls)).connect(name, stream).await;
            exchange(stream.map_err(|_| "tls")?, target, user_agent).await
        } else {
            exchange(stream, target, user_agent).await
        }
    };
    timeout(limit, exchange).await.unwrap_or(Err("answer-timeout"))
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    target: &Target,
    user_agent: &str,
) -> Result<Response, &'static str> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(LONGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|e| why(&e))?;
    let mut connection = std::pin::pin!(connection);
    let talk = async {
        let response = sender.send_request(request(target, user_agent)?).await.map_err(|e| why(&e))?;
        let status = response.status().as_u16();
        let location = response.headers().get(header::LOCATION).map(|value| value.as_bytes().to_vec());
        let is_redirect = response.status().is_redirection() && location.is_some();
        let body = if is_redirect { Vec::new() } else { beginning(response.into_body()).await };
        Ok(Response { status, location, body })
    };
    let mut talk = std::pin::pin!(talk);
    let mut is_open = true;
    loop {
        tokio::select! {
            response = &mut talk => return response,
            // What ends the connection ends the talk too, which says how.
            _ = &mut connection, if is_open => is_open = false,
        }
    }
}

fn request(target: &Target, user_agent: &str) -> Result<Request<Empty<Bytes>>, &'static str> {
    let path = match target.url.query() {
        Some(query) => format!("{}?{query}", target.url.path()),
        None => target.url.path().to_owned(),
    };
    let host = match target.url.port() {
        Some(port) => format!("{}:{port}", target.host()),
        None => target.host().to_owned(),
    };
    Request::get(path.parse::<Uri>().map_err(|_| "bad-location")?)
        .header(header::HOST, HeaderValue::from_str(&host).map_err(|_| "bad-host")?)
        .header(header::USER_AGENT, user_agent)
        .header(header::ACCEPT, "*/*")
        .header(header::CONNECTION, "close")
        .body(Empty::new())
        .map_err(|_| "bad-location")
}

/// The first bytes of a body. Where it breaks off or comes slowly, what came is kept.
async fn beginning(mut body: Incoming) -> Vec<u8> {
    let mut kept = Vec::new();
    while kept.len() < BODY
        && let Ok(Some(Ok(frame))) = timeout(SLOW_BODY, body.frame()).await
    {
        if let Some(data) = frame.data_ref() {
            let room = BODY.saturating_sub(kept.len()).min(data.len());
            kept.extend_from_slice(data.get(..room).unwrap_or_default());
        }
    }
    kept
}

/// How long the next part of a body may take.
const SLOW_BODY: Duration = Duration::from_secs(2);

fn why(error: &hyper::Error) -> &'static str {
    // A head that is too large counts as one that cannot be read.
    if error.is_parse() { "not-http" } else { "connection-closed" }
}
