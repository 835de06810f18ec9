//! A running simulator.

mod direct;
pub(crate) mod options;

use crate::panel::Panel;
use crate::serve::tls::Certificates;
use crate::serve::{Addresses, Listeners};
use crate::simulator::options::Options;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The version of the simulator.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A RunCloud panel on loopback ports, in a thread of its own. It stops when it is dropped.
#[derive(Debug)]
pub struct Simulator {
    pub(crate) panel: Arc<Panel>,
    addresses: Addresses,
    ca_pem: String,
    ca_path: PathBuf,
    ca_is_temporary: bool,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread reports when it serves.
struct Ready {
    addresses: Addresses,
    ca_pem: String,
    stop: oneshot::Sender<()>,
}

impl Simulator {
    /// Starts a simulator and returns when it answers.
    ///
    /// # Errors
    /// A port that is taken, a CA file that cannot be written.
    pub fn try_start(options: Options) -> io::Result<Self> {
        let seed = options.seed.unwrap_or_else(|| fastrand::u64(..));
        let panel = Arc::new(Panel::new(seed, options.calm));
        let (report, ready) = mpsc::channel();
        let ca_file = options.ca_file.clone();
        let served = Arc::clone(&panel);
        let thread = std::thread::Builder::new()
            .name("runcloud-simulator".to_owned())
            .spawn(move || run(&options, served, &report))?;
        let stopped = |_| Err(io::Error::other("The simulator stopped before it answered."));
        let ready: Ready = ready.recv().unwrap_or_else(stopped)?;

        let ca_is_temporary = ca_file.is_none();
        let ca_path = std::path::absolute(ca_file.unwrap_or_else(temporary_ca_path))?;
        std::fs::write(&ca_path, &ready.ca_pem).map_err(|error| {
            let text = format!("The CA file {} cannot be written: {error}.", ca_path.display());
            io::Error::new(error.kind(), text)
        })?;
        Ok(Self {
            panel,
            addresses: ready.addresses,
            ca_pem: ready.ca_pem,
            ca_path,
            ca_is_temporary,
            stop: Some(ready.stop),
            thread: Some(thread),
        })
    }

    /// The base URL of the panel, without the API's generation: `https://127.0.0.1:PORT/api`.
    #[must_use]
    pub fn panel_url(&self) -> String {
        api("https", self.addresses.panel)
    }

    /// The same panel with a certificate for another host.
    #[must_use]
    pub fn wrong_host_url(&self) -> String {
        api("https", self.addresses.wrong_host)
    }

    /// The same panel with an expired certificate.
    #[must_use]
    pub fn expired_url(&self) -> String {
        api("https", self.addresses.expired)
    }

    /// The same panel without TLS.
    #[must_use]
    pub fn http_url(&self) -> String {
        api("http", self.addresses.http)
    }

    /// A port that takes connections and never answers, not even the TLS handshake.
    #[must_use]
    pub fn silent_url(&self) -> String {
        api("https", self.addresses.silent)
    }

    /// A port on which a connection is never made.
    #[must_use]
    pub fn black_hole_url(&self) -> String {
        api("https", self.addresses.black_hole)
    }

    /// The base URL of the control plane: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("http://{}", self.addresses.control)
    }

    /// The certificate of the authority that signed the panel's certificates, as PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The file with [`Self::ca_pem`], as an absolute path.
    #[must_use]
    pub fn ca_path(&self) -> &Path {
        &self.ca_path
    }

    /// The seed that reproduces this simulator's chaos.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.panel.lock().seed
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // The thread may be gone already; then there is nothing to stop.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
        if self.ca_is_temporary {
            let _ = std::fs::remove_file(&self.ca_path);
        }
    }
}

/// Opens the ports, reports, and serves until told to stop.
fn run(options: &Options, panel: Arc<Panel>, report: &mpsc::Sender<io::Result<Ready>>) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return drop(report.send(Err(error))),
    };
    runtime.block_on(async {
        let (stop, stopped) = oneshot::channel();
        match open(options, stop).await {
            Err(error) => drop(report.send(Err(error))),
            Ok((listeners, tls, ready)) => {
                if report.send(Ok(ready)).is_ok() {
                    tokio::select! {
                        () = listeners.serve(panel, tls) => {}
                        _ = stopped => {}
                    }
                }
            }
        }
    });
}

async fn open(options: &Options, stop: oneshot::Sender<()>) -> io::Result<(Listeners, Certificates, Ready)> {
    let tls = Certificates::new().map_err(io::Error::other)?;
    let listeners = Listeners::open(options).await?;
    let ready = Ready { addresses: listeners.addresses()?, ca_pem: tls.ca_pem.clone(), stop };
    Ok((listeners, tls, ready))
}

fn api(scheme: &str, address: SocketAddr) -> String {
    format!("{scheme}://{address}/api")
}

fn temporary_ca_path() -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("runcloud-simulator-{}-{count}.pem", std::process::id()))
}
