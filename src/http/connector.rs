//! How a new connection comes about: the name is looked up, the port is connected to, a proxy is asked for a tunnel, TLS is
//! spoken. What is in the way is an [`Obstacle`] that knows which of these it was.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::Uri;
use hyper_util::{
    client::legacy::connect::{HttpConnector, dns::Name},
    rt::TokioIo,
};
use rustls::{
    ClientConfig, RootCertStore, SignatureScheme, client::ResolvesClientCert, crypto::ring,
    pki_types::ServerName, sign::CertifiedKey,
};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::{
    dns,
    obstacle::{Obstacle, Peer},
    pipe::Pipe,
    proxy::Proxy,
    trip::{Stage, Trip},
};

/// Without a request, which there always is.
const USUAL_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens connections to the panel.
#[derive(Clone)]
pub(super) struct Connector {
    tls: Arc<ClientConfig>,
    proxy: Option<Arc<Proxy>>,
}

impl Connector {
    /// Trusts `roots`. `proxy` is used for https; plain http is for a panel on this machine, to which no proxy leads.
    pub(super) fn new(roots: Arc<RootCertStore>, proxy: Option<Proxy>) -> Result<Self, rustls::Error> {
        let mut tls = ClientConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_client_cert_resolver(Arc::new(NoCertificate));
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: Arc::new(tls), proxy: proxy.map(Arc::new) })
    }

    async fn open(self, uri: Uri, trip: Arc<Trip>) -> Result<TokioIo<Pipe>, Obstacle> {
        let timeout = trip.connect_timeout();
        let opened = tokio::time::timeout(timeout, self.open_in_time(&uri, &trip)).await;
        let pipe = opened.unwrap_or_else(|_| Err(Obstacle::TooLate(trip.stage())))?;
        trip.is_connected();
        Ok(TokioIo::new(pipe))
    }

    async fn open_in_time(&self, uri: &Uri, trip: &Trip) -> Result<Pipe, Obstacle> {
        let host = uri.host().unwrap_or_default();
        let is_https = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        if !is_https {
            return connect(host, port, trip, Peer::Panel).await;
        }
        let pipe = match &self.proxy {
            Some(proxy) => self.tunnel(proxy, &format!("{host}:{port}"), trip).await?,
            None => connect(host, port, trip, Peer::Panel).await?,
        };
        self.secure(pipe, host, trip, Peer::Panel).await
    }

    async fn tunnel(&self, proxy: &Proxy, target: &str, trip: &Trip) -> Result<Pipe, Obstacle> {
        let mut pipe = connect(&proxy.host, proxy.port, trip, Peer::Proxy).await?;
        if proxy.uses_tls {
            pipe = self.secure(pipe, &proxy.host, trip, Peer::Proxy).await?;
        }
        trip.enter(Stage::Tunnelling);
        proxy.tunnel(pipe, target).await.map_err(Obstacle::Proxy)
    }

    async fn secure(&self, pipe: Pipe, host: &str, trip: &Trip, peer: Peer) -> Result<Pipe, Obstacle> {
        trip.enter(Stage::Handshaking);
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|e| Obstacle::Connect(peer, io::Error::new(io::ErrorKind::InvalidInput, e)))?;
        let connected = TlsConnector::from(Arc::clone(&self.tls)).connect(name, pipe).await;
        connected.map(Pipe::new).map_err(|error| Obstacle::Tls {
            peer,
            error,
            wants_certificate: trip.certificate_was_wanted(),
        })
    }
}

async fn connect(host: &str, port: u16, trip: &Trip, peer: Peer) -> Result<Pipe, Obstacle> {
    trip.enter(Stage::LookingUp);
    let addresses = dns::addresses(host, trip).await.map_err(|failure| Obstacle::Dns(peer, failure))?;
    trip.enter(Stage::Connecting);
    // Tries both families at once and one address after the other, each for its share of the time.
    let mut tcp = HttpConnector::new_with_resolver(Known(addresses));
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(trip.connect_timeout()));
    let uri = Uri::builder().scheme("http").authority(format!("known:{port}")).path_and_query("/").build();
    let connected = tcp.call(uri.unwrap_or_default()).await;
    connected.map(|tcp| Pipe::new(tcp.into_inner())).map_err(|e| Obstacle::Connect(peer, io_error(&e)))
}

/// The I/O error behind an error.
fn io_error(e: &(dyn std::error::Error + 'static)) -> io::Error {
    let io = std::iter::successors(Some(e), |e| e.source()).find_map(|e| e.downcast_ref::<io::Error>());
    match io {
        Some(io) => io.raw_os_error().map_or_else(|| io.kind().into(), io::Error::from_raw_os_error),
        None => io::Error::other(e.to_string()),
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Pipe>;
    type Error = Obstacle;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Obstacle>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Obstacle>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let trip = Trip::current().unwrap_or_else(|| Arc::new(Trip::new(USUAL_TIMEOUT)));
        Box::pin(self.clone().open(uri, trip))
    }
}

/// Addresses that were looked up.
#[derive(Clone)]
struct Known(Vec<IpAddr>);

impl Service<Name> for Known {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        let addresses: Vec<_> = self.0.iter().map(|address| SocketAddr::new(*address, 0)).collect();
        std::future::ready(Ok(addresses.into_iter()))
    }
}

/// There is no certificate of ours. Notes that the peer wants one.
#[derive(Debug)]
struct NoCertificate;

impl ResolvesClientCert for NoCertificate {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        if let Some(trip) = Trip::current() {
            trip.certificate_is_wanted();
        }
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}
