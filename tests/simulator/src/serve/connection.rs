//! One connection to the panel: requests one after the other until one side has enough.

use crate::api::request::Request;
use crate::faults::spoil::Delivery;
use crate::panel::Panel;
use crate::panel::exchange::exchange;
use crate::serve::body::{Body, body as body_of};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::Instant;

/// No request of the API comes near it.
const LARGEST_REQUEST: usize = 1 << 20;

/// What all requests of a connection have in common.
pub(crate) struct Connection {
    pub(crate) panel: Arc<Panel>,
    pub(crate) number: u64,
    pub(crate) peer: IpAddr,
    pub(crate) scheme: &'static str,
}

/// Serves requests until the client leaves, a fault drops the connection, or it was idle for too long.
pub(crate) async fn serve<S>(stream: S, connection: Connection)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut keepalive = connection.panel.keepalive.subscribe();
    let (idle_since, mut idle) = watch::channel(Some(Instant::now()));
    let connection = Arc::new(connection);
    let requests = Arc::new(AtomicU64::new(0));
    let service = service_fn(move |incoming| {
        let (connection, idle_since) = (Arc::clone(&connection), idle_since.clone());
        let reused = requests.fetch_add(1, Ordering::Relaxed) > 0;
        async move {
            idle_since.send_replace(None);
            let response = respond(&connection, incoming, reused).await;
            idle_since.send_replace(Some(Instant::now()));
            response
        }
    });
    let http = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let mut http = std::pin::pin!(http);
    let mut closing = false;
    loop {
        let limit = Duration::from_millis(*keepalive.borrow_and_update());
        let deadline =
            idle.borrow_and_update().filter(|_| !limit.is_zero() && !closing).map(|since| since + limit);
        tokio::select! {
            _ = http.as_mut() => return,
            () = until(deadline) => {
                closing = true;
                http.as_mut().graceful_shutdown();
            }
            Ok(()) = keepalive.changed() => {}
            Ok(()) = idle.changed() => {}
        }
    }
}

/// Reads the request to its end, takes it through its exchange, and builds the response; an error drops the
/// connection.
async fn respond(
    connection: &Connection,
    incoming: hyper::Request<Incoming>,
    reused: bool,
) -> io::Result<hyper::Response<Body>> {
    let (head, body) = incoming.into_parts();
    let body = Limited::new(body, LARGEST_REQUEST).collect().await.map_err(io::Error::other)?;
    let request = Request {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body: body.to_bytes().to_vec(),
        peer: connection.peer,
        connection: connection.number,
        reused,
        scheme: connection.scheme,
    };
    let panel = Arc::clone(&connection.panel);
    match tokio::spawn(async move { exchange(&panel, request).await }).await? {
        Delivery::Dropped => Err(io::Error::other("the connection is dropped on purpose")),
        Delivery::Sent(parcel) => {
            let (body, length) = body_of(parcel.content);
            let mut response = hyper::Response::new(body);
            *response.status_mut() = hyper::StatusCode::from_u16(parcel.status).map_err(io::Error::other)?;
            let length = length.map(|length| (CONTENT_LENGTH.as_str(), length.to_string()));
            for (name, value) in parcel.headers.into_iter().chain(length) {
                let value = HeaderValue::from_str(&value).map_err(io::Error::other)?;
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
            Ok(response)
        }
    }
}

async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
