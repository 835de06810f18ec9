//! The process's own HTTP clients.
//!
//! They belong to the process that made them: a child leaves inherited ones alone and makes its own. They are made on first use,
//! since PHP-FPM's master forks its workers after the modules were started.

use std::{
    process,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, body::Incoming};
use hyper_util::{
    client::legacy::{self, Builder},
    rt::{TokioExecutor, TokioTimer},
};

use super::{
    connector::Connector,
    engine::{Engine, NoResult},
    error::Error,
    proxy::Proxy,
    reason::Reason,
    roots::{self, Roots},
    settings::Connection,
    trip::{TRIP, Trip},
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
/// How long the end of the process waits for the thread.
const SHUT_DOWN: Duration = Duration::from_secs(2);

static PROCESS: Mutex<Option<Process>> = Mutex::new(None);

/// What one process has.
struct Process {
    pid: u32,
    engine: Arc<Engine>,
    roots: roots::Cache,
    /// The one that was used last at the end.
    clients: Vec<Kept>,
}

struct Kept {
    connection: Connection,
    roots: Arc<Roots>,
    made: Instant,
    client: Client,
}

/// A client, warm from earlier calls if there were any.
#[derive(Clone)]
pub(super) struct Client {
    engine: Arc<Engine>,
    http: Arc<legacy::Client<Connector, Full<Bytes>>>,
}

/// Why nobody could be asked for a response.
pub(super) enum NoResponse {
    Failed(legacy::Error),
    TooLate,
    Gone,
}

/// The client of this process for `connection`.
pub(super) fn of_this_process(connection: &Connection) -> Result<Client, Error> {
    in_this_process(|process| process.client(connection, Instant::now()))
}

/// Reads the authorities of `connection` again, since they do not know who issued a certificate. Whether there is anything new, and
/// so another client.
pub(super) fn refresh_roots(connection: &Connection) -> bool {
    in_this_process(|process| Ok(process.roots.refresh(connection.ca_file.as_deref()))).unwrap_or(false)
}

fn in_this_process<T>(work: impl FnOnce(&mut Process) -> Result<T, Error>) -> Result<T, Error> {
    let mut current = PROCESS.lock().unwrap_or_else(PoisonError::into_inner);
    match current.take() {
        // Dropping it would end what the parent waits for: they share its file descriptors.
        Some(process) if process.pid != process::id() => std::mem::forget(process),
        other => *current = other,
    }
    let process = match &mut *current {
        Some(process) => process,
        none => none.insert(Process::start()?),
    };
    work(process)
}

impl Process {
    fn start() -> Result<Self, Error> {
        // Workers that were forked from one process must not wait equally long.
        fastrand::seed(fastrand::u64(..) ^ seed());
        Ok(Self {
            pid: process::id(),
            engine: Arc::new(Engine::start()?),
            roots: roots::Cache::default(),
            clients: Vec::new(),
        })
    }

    fn client(&mut self, connection: &Connection, now: Instant) -> Result<Client, Error> {
        let roots = self.roots.get(connection.ca_file.as_deref())?;
        // What is dropped here ends by itself when its last call does.
        self.clients.retain(|kept| now.saturating_duration_since(kept.made) < LONGEST_USE);
        let known = self
            .clients
            .iter()
            .position(|kept| kept.connection == *connection && Arc::ptr_eq(&kept.roots, &roots))
            .map(|place| self.clients.remove(place));
        let kept = if let Some(kept) = known {
            kept
        } else {
            // Another client for the same trusts what is no longer there.
            self.clients.retain(|kept| kept.connection != *connection);
            let client = self.make(connection, &roots)?;
            Kept { connection: connection.clone(), roots, made: now, client }
        };
        let client = kept.client.clone();
        if self.clients.len() >= MOST_CLIENTS {
            self.clients.remove(0);
        }
        self.clients.push(kept);
        Ok(client)
    }

    fn make(&self, connection: &Connection, roots: &Roots) -> Result<Client, Error> {
        let proxy = connection.proxy.as_ref().map(Proxy::new);
        let connector = Connector::new(Arc::clone(&roots.store), proxy)
            .map_err(|e| Error::new(Reason::ClientFailed).with_cause(e.to_string()))?;
        let http = Builder::new(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .build(connector);
        Ok(Client { engine: Arc::clone(&self.engine), http: Arc::new(http) })
    }
}

impl Client {
    /// Sends `request`, and runs `read` on the response, until `end` at most.
    pub(super) fn exchange<T, F>(
        &self,
        request: Request<Full<Bytes>>,
        read: impl FnOnce(Response<Incoming>) -> F + Send + 'static,
        trip: Arc<Trip>,
        end: Instant,
    ) -> Result<T, NoResponse>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send,
    {
        let http = Arc::clone(&self.http);
        let exchange = TRIP.scope(trip, async move { Ok(read(http.request(request).await?).await) });
        match self.engine.run(exchange, end) {
            Ok(result) => result.map_err(NoResponse::Failed),
            Err(NoResult::TooLate) => Err(NoResponse::TooLate),
            Err(NoResult::Gone) => Err(NoResponse::Gone),
        }
    }
}

/// Ends this process's clients and their thread; inherited ones are left alone. For module shut-down.
pub fn shut_down() {
    let Some(mut process) = PROCESS.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    if process.pid != process::id() {
        std::mem::forget(process);
        return;
    }
    process.clients.clear();
    if let Some(engine) = Arc::get_mut(&mut process.engine) {
        engine.shut_down(SHUT_DOWN);
    }
}

/// What the client is made of, for `phpinfo()`: label and value.
#[must_use]
pub fn about() -> [(&'static str, &'static str); 5] {
    [
        ("HTTP client", concat!("hyper ", env!("RUNCLOUD_HYPER_VERSION"))),
        ("TLS backend", concat!("rustls ", env!("RUNCLOUD_RUSTLS_VERSION"), " (ring), TLS 1.2 and 1.3")),
        ("TLS roots", "the system's, and those of runcloud.ca_file"),
        (
            "DNS",
            concat!(
                "hickory-resolver ",
                env!("RUNCLOUD_HICKORY_RESOLVER_VERSION"),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(proxy: u16) -> Connection {
        let proxy = (proxy > 0).then(|| format!("http://127.0.0.1:{proxy}").parse().unwrap());
        Connection { ca_file: None, proxy }
    }

    fn is_same(one: &Client, other: &Client) -> bool {
        Arc::ptr_eq(&one.http, &other.http)
    }

    #[test]
    fn a_few_clients_are_kept_and_the_one_that_was_used_longest_ago_goes() {
        let mut process = Process::start().unwrap();
        let now = Instant::now();
        let mut client = |proxy| process.client(&connection(proxy), now).unwrap();
        let first: Vec<_> = (0..4).map(&mut client).collect();
        assert!((0..4).zip(&first).all(|(proxy, kept)| is_same(&client(proxy), kept)));
        client(9);
        assert!(is_same(&client(1), &first[1]) && !is_same(&client(0), &first[0]));
    }

    #[test]
    fn a_client_and_so_the_address_that_it_is_connected_to_is_used_for_less_than_five_minutes() {
        let mut process = Process::start().unwrap();
        let start = Instant::now();
        let mut client =
            |seconds| process.client(&connection(0), start + Duration::from_secs(seconds)).unwrap();
        let first = client(0);
        // However often it is used meanwhile.
        assert!((1..24).all(|n| is_same(&client(n * 10), &first)));
        assert!(!is_same(&client(299), &first));
    }

    #[test]
    fn clients_share_their_authorities() {
        let mut process = Process::start().unwrap();
        let now = Instant::now();
        for proxy in 0..3 {
            process.client(&connection(proxy), now).unwrap();
        }
        assert!(process.clients.iter().all(|kept| Arc::ptr_eq(&kept.roots, &process.clients[0].roots)));
    }
}
