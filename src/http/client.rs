//! The process's own HTTP client.
//!
//! `reqwest`'s blocking client has a thread. A thread does not survive `fork()`, so a client belongs to the process that
//! built it: a child leaves the inherited one alone (dropping it would wait for a thread that is not there) and builds
//! its own. It is built on first use, since PHP-FPM's master forks its workers after the modules were started.

use std::{
    path::Path,
    process,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use nix::sys::signal::{SigSet, SigmaskHow};
use once_cell::sync::OnceCell;
use reqwest::{Certificate, Proxy, blocking::Client, redirect, tls};

use super::{
    error::Error,
    settings::{CA_FILE, Connection},
};

/// How long an idle connection is kept: shorter than any common server's own limit (nginx 75 s, most proxies 60 s).
const IDLE: Duration = Duration::from_secs(20);
/// Connections kept for the next call: as many as a list reads at once.
const IDLE_CONNECTIONS: usize = 4;
/// How long the end of the process waits for the client's thread, which may be in a name look-up.
const SHUT_DOWN: Duration = Duration::from_secs(2);

struct Owned {
    pid: u32,
    connection: Connection,
    client: OnceCell<Client>,
}

static CURRENT: Mutex<Option<Arc<Owned>>> = Mutex::new(None);

/// The client of this process for `connection`, warm from earlier calls if there were any.
pub(crate) fn of_this_process(connection: &Connection) -> Result<Client, Error> {
    let owned = {
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        match current.take() {
            Some(owned) if owned.pid != process::id() => std::mem::forget(owned),
            other => *current = other,
        }
        match &*current {
            Some(owned) if owned.connection == *connection => Arc::clone(owned),
            _ => {
                let owned =
                    Owned { pid: process::id(), connection: connection.clone(), client: OnceCell::new() };
                Arc::clone(current.insert(Arc::new(owned)))
            }
        }
    };
    owned.client.get_or_try_init(|| build(connection)).cloned()
}

/// Ends this process's client and its thread; an inherited one is left alone. For module shut-down.
pub fn shut_down() {
    let Some(owned) = CURRENT.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    if owned.pid != process::id() {
        std::mem::forget(owned);
        return;
    }
    // A name look-up cannot be interrupted, so the wait for the thread is bounded. What is left keeps running in a
    // library that stays mapped (it is linked with -z nodelete).
    let (done, finished) = mpsc::channel();
    let drop_it = move || {
        drop(owned);
        let _ = done.send(());
    };
    if with_signals_blocked(|| thread::Builder::new().spawn(drop_it)).is_ok() {
        let _ = finished.recv_timeout(SHUT_DOWN);
    }
}

/// What the client is made of, for `phpinfo()`: label and value.
#[must_use]
pub fn about() -> [(&'static str, &'static str); 4] {
    [
        ("HTTP client", concat!("reqwest ", env!("RUNCLOUD_REQWEST_VERSION"), " (blocking)")),
        ("TLS backend", concat!("rustls ", env!("RUNCLOUD_RUSTLS_VERSION"), " (ring), TLS 1.2 and 1.3")),
        ("TLS roots", "the system's, and those of runcloud.ca_file"),
        ("PHP binding", concat!("ext-php-rs ", env!("RUNCLOUD_EXT_PHP_RS_VERSION"))),
    ]
}

fn build(connection: &Connection) -> Result<Client, Error> {
    // An error here means that another part of the process has chosen a provider already, which serves us as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(concat!("runcloud-php/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        .https_only(connection.https_only)
        .tls_version_min(tls::Version::TLS_1_2)
        .connect_timeout(connection.connect_timeout)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .no_proxy();
    if let Some(url) = &connection.proxy {
        builder = builder.proxy(Proxy::all(url.as_str()).map_err(|_| unusable("runcloud.proxy"))?);
    }
    if let Some(file) = &connection.ca_file {
        builder = builder.tls_certs_merge(roots(file)?);
    }
    with_signals_blocked(|| builder.build()).map_err(|e| {
        Error::configuration(
            "The TLS roots could not be loaded: install the system's CA certificates (package ca-certificates) or set \
             runcloud.ca_file.",
        )
        .with_cause(cause(&e))
    })
}

fn unusable(setting: &str) -> Error {
    Error::configuration(format!("{setting} cannot be used: write it as http://host:port."))
}

fn roots(file: &Path) -> Result<Vec<Certificate>, Error> {
    let refuse = |why: String| Error::configuration(format!("{} \"{}\" {why}", CA_FILE.name, file.display()));
    let pem = std::fs::read(file).map_err(|e| {
        refuse(format!("cannot be read ({}): correct the path or the file's permissions.", e.kind()))
    })?;
    let certificates = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if certificates.is_empty() {
        return Err(refuse(
            "holds no PEM certificate: it must have at least one BEGIN CERTIFICATE block.".into(),
        ));
    }
    Ok(certificates)
}

/// An error and what is behind it, in one line.
pub(crate) fn cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        source = inner.source();
    }
    text
}

/// Runs `start` so that threads it starts never run one of PHP's signal handlers.
fn with_signals_blocked<T>(start: impl FnOnce() -> T) -> T {
    let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK);
    let result = start();
    if let Ok(mask) = before {
        let _ = mask.thread_set_mask();
    }
    result
}
