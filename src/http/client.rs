//! The process's own HTTP clients.
//!
//! `reqwest`'s blocking client has a thread. A thread does not survive `fork()`, so clients belong to the process that made them:
//! a child leaves inherited ones alone (dropping one would wait for a thread that is not there) and makes its own. They are made
//! on first use, since PHP-FPM's master forks its workers after the modules were started.

use std::{
    path::Path,
    process,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use nix::{
    errno::Errno,
    sys::signal::{SigSet, SigmaskHow},
};
use once_cell::sync::OnceCell;
use reqwest::{Proxy, blocking, redirect};
use rustls::RootCertStore;

use super::{
    dns,
    error::Error,
    obstacle,
    reason::Reason,
    roots::{self, Roots},
    settings::Connection,
    tls,
    watch::{Watch, WatchLayer},
};

/// Who we are to the panel and the proxy.
pub(super) const AGENT: &str = concat!("runcloud-php/", env!("CARGO_PKG_VERSION"));
/// How long an idle connection is kept: shorter than any common server's own limit (nginx 75 s, most proxies 60 s).
const IDLE: Duration = Duration::from_secs(20);
/// Connections that are kept for the next call.
const IDLE_CONNECTIONS: usize = 4;
/// How long a client is used. Its connections end with it, so that a new address of the panel is used within five minutes however
/// busy the old connection is.
const LONGEST_USE: Duration = Duration::from_secs(240);
/// Clients that are kept: a pool and a client of its own with another proxy, some day with another CA file.
const MOST_CLIENTS: usize = 4;
/// How long the end of the process waits for the clients' threads.
const SHUT_DOWN: Duration = Duration::from_secs(2);

static PROCESS: Mutex<Option<Process>> = Mutex::new(None);

/// What one process has.
struct Process {
    pid: u32,
    roots: roots::Cache,
    /// The one that was used last at the end.
    clients: Vec<Arc<Client>>,
}

/// A client, warm from earlier calls if there were any. It is used by one thread, so that what its [`Watch`] sees belongs to one
/// request; PHP has one thread.
pub(super) struct Client {
    thread: ThreadId,
    connection: Connection,
    roots: Arc<Roots>,
    made: Instant,
    watch: Arc<Watch>,
    http: OnceCell<blocking::Client>,
}

/// The client of this process for `connection`.
pub(super) fn of_this_process(connection: &Connection) -> Result<Arc<Client>, Error> {
    in_this_process(|process| process.client(connection, Instant::now()))
}

/// The authorities that this system trusts, as it had them when PHP started, and those of `file`.
///
/// # Errors
/// A configuration error when `file` cannot be used.
pub fn trusted_authorities(file: Option<&Path>) -> Result<Arc<RootCertStore>, Error> {
    in_this_process(|process| Ok(Arc::clone(&process.roots.get(file)?.store)))
}

/// Reads the authorities of `connection` again, since they do not know who issued a certificate. Whether there is anything new, and
/// so another client.
pub(super) fn refresh_roots(connection: &Connection) -> bool {
    in_this_process(|process| Ok(process.roots.refresh(connection.ca_file.as_deref()))).unwrap_or(false)
}

fn in_this_process<T>(work: impl FnOnce(&mut Process) -> Result<T, Error>) -> Result<T, Error> {
    let mut current = PROCESS.lock().unwrap_or_else(PoisonError::into_inner);
    match current.take() {
        Some(process) if process.pid != process::id() => std::mem::forget(process),
        other => *current = other,
    }
    work(current.get_or_insert_with(Process::start))
}

impl Process {
    fn start() -> Self {
        // Workers that were forked from one process must not wait equally long.
        fastrand::seed(fastrand::u64(..) ^ seed());
        Self { pid: process::id(), roots: roots::Cache::default(), clients: Vec::new() }
    }

    fn client(&mut self, connection: &Connection, now: Instant) -> Result<Arc<Client>, Error> {
        let thread = thread::current().id();
        let roots = self.roots.get(connection.ca_file.as_deref())?;
        // Another client for the same trusts what is no longer there, or has been used for long enough.
        self.clients.retain(|client| {
            let is_young = now.saturating_duration_since(client.made) < LONGEST_USE;
            is_young && (client.connection != *connection || Arc::ptr_eq(&client.roots, &roots))
        });
        let known = self
            .clients
            .iter()
            .position(|client| client.thread == thread && client.connection == *connection);
        let client = match known {
            Some(place) => self.clients.remove(place),
            None => Arc::new(Client {
                thread,
                connection: connection.clone(),
                roots,
                made: now,
                watch: Arc::default(),
                http: OnceCell::new(),
            }),
        };
        let own = |client: &Arc<Client>| client.thread == thread;
        if self.clients.iter().filter(|client| own(client)).count() >= MOST_CLIENTS
            && let Some(oldest) = self.clients.iter().position(own)
        {
            self.clients.remove(oldest);
        }
        self.clients.push(Arc::clone(&client));
        Ok(client)
    }
}

impl Client {
    /// The HTTP client, which is made when it is first asked for.
    pub(super) fn http(&self) -> Result<&blocking::Client, Error> {
        self.http.get_or_try_init(|| build(&self.connection, &self.roots, &self.watch))
    }

    /// Where the stages of its connections are noted.
    pub(super) fn watch(&self) -> &Watch {
        &self.watch
    }
}

impl Drop for Client {
    /// Dropping the HTTP client waits for its thread, so that is left to another one; where there is none, the client stays.
    fn drop(&mut self) {
        if let Some(http) = self.http.take() {
            let (handed, take) = mpsc::channel::<blocking::Client>();
            let drop_it = move || drop(take.recv());
            match with_signals_blocked(|| thread::Builder::new().spawn(drop_it)) {
                Ok(_) => drop(handed.send(http)),
                Err(_) => std::mem::forget(http),
            }
        }
    }
}

fn build(connection: &Connection, roots: &Roots, watch: &Arc<Watch>) -> Result<blocking::Client, Error> {
    let tls = tls::config(Arc::clone(&roots.store), watch)
        .map_err(|e| Error::new(Reason::ClientFailed).with_cause(e.to_string()))?;
    let mut builder = blocking::Client::builder()
        .user_agent(AGENT)
        .redirect(redirect::Policy::none())
        .referer(false)
        .https_only(connection.https_only)
        .tls_backend_preconfigured(tls)
        .dns_resolver(Arc::new(dns::Resolver(Arc::clone(watch))))
        .connector_layer(WatchLayer(Arc::clone(watch)))
        .connect_timeout(connection.connect_timeout)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .timeout(None)
        .no_proxy();
    if let Some(url) = &connection.proxy {
        // Plain http is for a panel on this machine, to which no proxy leads.
        builder = builder.proxy(Proxy::https(url.as_str()).map_err(|e| failed(&e))?);
    }
    with_signals_blocked(|| builder.build()).map_err(|e| failed(&e))
}

/// Why a client, its thread, or what it waits with could not be made.
fn failed(e: &reqwest::Error) -> Error {
    let io = obstacle::io_error(e);
    let reason = match io.and_then(std::io::Error::raw_os_error).map(Errno::from_raw) {
        Some(Errno::EMFILE | Errno::ENFILE) => Reason::OutOfFileDescriptors,
        Some(Errno::EAGAIN | Errno::ENOMEM) => Reason::OutOfThreads,
        _ => Reason::ClientFailed,
    };
    Error::new(reason).with_cause(super::failure::cause(e))
}

/// Ends this process's clients and their threads; inherited ones are left alone. For module shut-down.
pub fn shut_down() {
    let Some(process) = PROCESS.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    if process.pid != process::id() {
        std::mem::forget(process);
        return;
    }
    // What is left after that keeps running in a library that stays mapped (it is linked with -z nodelete).
    let (done, finished) = mpsc::channel();
    let drop_them = move || {
        for mut client in process.clients {
            drop(Arc::get_mut(&mut client).and_then(|client| client.http.take()));
        }
        let _ = done.send(());
    };
    if with_signals_blocked(|| thread::Builder::new().spawn(drop_them)).is_ok() {
        let _ = finished.recv_timeout(SHUT_DOWN);
    }
}

/// What the client is made of, for `phpinfo()`: label and value.
#[must_use]
pub fn about() -> [(&'static str, &'static str); 5] {
    [
        ("HTTP client", concat!("reqwest ", env!("RUNCLOUD_REQWEST_VERSION"), " (blocking)")),
        ("TLS backend", concat!("rustls ", env!("RUNCLOUD_RUSTLS_VERSION"), " (ring), TLS 1.2 and 1.3")),
        ("TLS roots", "the system's, and those of runcloud.ca_file"),
        (
            "DNS",
            concat!(
                "hickory-proto ",
                env!("RUNCLOUD_HICKORY_PROTO_VERSION"),
                ", /etc/hosts and /etc/resolv.conf"
            ),
        ),
        ("PHP binding", concat!("ext-php-rs ", env!("RUNCLOUD_EXT_PHP_RS_VERSION"))),
    ]
}

/// Another number in each process.
fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    u64::from(process::id()) << 32 ^ u64::from(now.subsec_nanos())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(proxy: u16) -> Connection {
        let proxy = (proxy > 0).then(|| format!("http://127.0.0.1:{proxy}").parse().unwrap());
        Connection { ca_file: None, proxy, connect_timeout: Duration::from_secs(5), https_only: true }
    }

    #[test]
    fn a_few_clients_are_kept_and_the_one_that_was_used_longest_ago_goes() {
        let mut process = Process::start();
        let now = Instant::now();
        let mut client = |proxy| process.client(&connection(proxy), now).unwrap();
        let first: Vec<_> = (0..4).map(&mut client).collect();
        assert!((0..4).zip(&first).all(|(proxy, kept)| Arc::ptr_eq(&client(proxy), kept)));
        client(9);
        assert!(Arc::ptr_eq(&client(1), &first[1]) && !Arc::ptr_eq(&client(0), &first[0]));
    }

    #[test]
    fn a_client_and_so_the_address_that_it_is_connected_to_is_used_for_less_than_five_minutes() {
        let mut process = Process::start();
        let start = Instant::now();
        let mut client =
            |seconds| process.client(&connection(0), start + Duration::from_secs(seconds)).unwrap();
        let first = client(0);
        // However often it is used meanwhile.
        assert!((1..24).all(|n| Arc::ptr_eq(&client(n * 10), &first)));
        assert!(!Arc::ptr_eq(&client(299), &first));
    }

    #[test]
    fn clients_share_their_authorities() {
        let mut process = Process::start();
        let now = Instant::now();
        for proxy in 0..3 {
            process.client(&connection(proxy), now).unwrap();
        }
        assert!(process.clients.iter().all(|kept| Arc::ptr_eq(&kept.roots, &process.clients[0].roots)));
    }
}
