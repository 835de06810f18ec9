//! The ports of the simulator.

pub(crate) mod body;
mod connection;
pub(crate) mod tls;
mod traps;

use crate::control;
use crate::panel::Panel;
use crate::serve::connection::{Connection, serve};
use crate::serve::tls::Certificates;
use crate::serve::traps::{BlackHole, stay_silent};
use crate::simulator::options::Options;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// How long to wait when no connection can be taken: usually too many files are open, and some will be closed.
pub(crate) const AFTER_FAILURE: Duration = Duration::from_millis(10);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Addresses {
    pub(crate) panel: SocketAddr,
    pub(crate) wrong_host: SocketAddr,
    pub(crate) expired: SocketAddr,
    pub(crate) http: SocketAddr,
    pub(crate) silent: SocketAddr,
    pub(crate) black_hole: SocketAddr,
    pub(crate) control: SocketAddr,
}

/// The open ports, before anything is served on them.
pub(crate) struct Listeners {
    panel: TcpListener,
    wrong_host: TcpListener,
    expired: TcpListener,
    http: TcpListener,
    silent: TcpListener,
    control: TcpListener,
    black_hole: BlackHole,
}

impl Listeners {
    pub(crate) async fn open(options: &Options) -> io::Result<Self> {
        Ok(Self {
            panel: listen(options.panel_port).await?,
            control: listen(options.control_port).await?,
            wrong_host: listen(0).await?,
            expired: listen(0).await?,
            http: listen(0).await?,
            silent: listen(0).await?,
            black_hole: BlackHole::open().await?,
        })
    }

    pub(crate) fn addresses(&self) -> io::Result<Addresses> {
        Ok(Addresses {
            panel: self.panel.local_addr()?,
            wrong_host: self.wrong_host.local_addr()?,
            expired: self.expired.local_addr()?,
            http: self.http.local_addr()?,
            silent: self.silent.local_addr()?,
            black_hole: self.black_hole.address,
            control: self.control.local_addr()?,
        })
    }

    /// Serves on every port until the runtime stops.
    pub(crate) async fn serve(self, panel: Arc<Panel>, tls: Certificates) {
        tokio::join!(
            accept(self.panel, Arc::clone(&panel), Some(tls.right)),
            accept(self.wrong_host, Arc::clone(&panel), Some(tls.wrong_host)),
            accept(self.expired, Arc::clone(&panel), Some(tls.expired)),
            accept(self.http, Arc::clone(&panel), None),
            stay_silent(self.silent),
            control::serve(self.control, panel),
        );
        // It has nothing to serve; it only has to stay open as long as the others.
        drop(self.black_hole);
    }
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(|error| {
        io::Error::new(error.kind(), format!("Port {port} of 127.0.0.1 cannot be opened: {error}."))
    })
}

/// Takes connections to the panel, with TLS or without.
async fn accept(listener: TcpListener, panel: Arc<Panel>, tls: Option<TlsAcceptor>) {
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            tokio::time::sleep(AFTER_FAILURE).await;
            continue;
        };
        let (panel, tls) = (Arc::clone(&panel), tls.clone());
        tokio::spawn(async move {
            // Without it small answers wait; a test with correct answers is still right, only slow.
            let _ = stream.set_nodelay(true);
            let scheme = if tls.is_some() { "https" } else { "http" };
            let number = panel.next_connection();
            let connection = Connection { panel, number, peer: peer.ip(), scheme };
            match tls {
                None => serve(stream, connection).await,
                Some(tls) => {
                    // A client that does not trust the certificate leaves: nothing to do.
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, connection).await;
                    }
                }
            }
        });
    }
}
