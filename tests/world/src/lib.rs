//! A small world on loopback to look at: name servers, web servers and certificates of every kind, and neighbours that
//! must not be talked to.
//!
//! | address | who is there |
//! |---|---|
//! | [`RESOLVER`] | the system's resolver |
//! | 127.0.1.0/24 | the zones' own name servers, [`NAME_SERVERS`] of them |
//! | [`HERE`], [`ELSEWHERE`] | two web servers |
//! | [`NEIGHBOUR`] | a neighbour with everything open, who notes whoever comes |
//! | [`FULL`] | a machine that answers no connection |
//!
//! Nobody is at any other address. Ports are those that the plan names or the system gives, the same at every address.

mod certificates;
mod dns;
mod plan;
mod truth;
mod web;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, JoinHandle},
};

use serde::{Deserialize, Serialize};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream, UdpSocket},
    sync::oneshot,
};

pub use certificates::{Issued, Kind, Shown};
pub use plan::{Fault, Page, Plan, Zone};

/// The system's resolver.
pub const RESOLVER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 53);
/// How many addresses the zones' name servers have.
pub const NAME_SERVERS: u8 = 16;
/// A web server.
pub const HERE: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Another web server.
pub const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// A neighbour, who must not be talked to.
pub const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 9);
/// A machine that lets every connection wait.
pub const FULL: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 77);

/// A world while it lasts.
pub struct World {
    ports: Ports,
    authority: String,
    shared: Arc<Shared>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// The ports in place of 53, 80 and 443.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct Ports {
    /// Name servers.
    pub dns: u16,
    /// Plain HTTP.
    pub http: u16,
    /// TLS.
    pub https: u16,
}

/// What the servers share.
struct Shared {
    plan: Mutex<Arc<Plan>>,
    certificates: certificates::Store,
    seen: Mutex<Vec<String>>,
}

impl Shared {
    fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, what: String) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }
}

impl World {
    /// Begins a world as planned.
    ///
    /// # Errors
    /// When it cannot listen.
    pub fn begin(plan: Plan) -> io::Result<Self> {
        let certificates = certificates::Store::new();
        let authority = certificates.authority();
        let shared =
            Arc::new(Shared { plan: Mutex::new(Arc::new(plan)), certificates, seen: Mutex::default() });
        let (end, ended) = oneshot::channel();
        let (told, ports) = mpsc::channel();
        let for_thread = Arc::clone(&shared);
        let thread = thread::Builder::new().name("world".into()).spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let _ = runtime.map(|runtime| runtime.block_on(run(&for_thread, &told, ended)));
        })?;
        let ports = ports.recv().map_err(io::Error::other)??;
        Ok(Self { ports, authority, shared, end: Some(end), thread: Some(thread) })
    }

    /// From now on the world is like this. Ports and authorities stay.
    pub fn change(&self, plan: Plan) {
        *self.shared.plan.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(plan);
    }

    /// The ports.
    #[must_use]
    pub fn ports(&self) -> Ports {
        self.ports
    }

    /// The certificate of the authority that is trusted here, as PEM.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Everything that any server has seen: `dns ADDRESS NAME KIND`, `http ADDRESS HOST PATH`, `connection ADDRESS`.
    #[must_use]
    pub fn seen(&self) -> Vec<String> {
        self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.end.take().map(|end| end.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// The sockets of every address, on one set of ports.
struct Sockets {
    ports: Ports,
    dns: Vec<(UdpSocket, TcpListener)>,
    http: Vec<TcpListener>,
    https: Vec<TcpListener>,
    full: Vec<TcpListener>,
}

async fn run(shared: &Arc<Shared>, told: &mpsc::Sender<io::Result<Ports>>, ended: oneshot::Receiver<()>) {
    let plan = shared.plan();
    let sockets = match listen(&plan).await {
        Ok(sockets) => sockets,
        Err(error) => {
            let _ = told.send(Err(error));
            return;
        }
    };
    let is_full = plan.records.values().flatten().any(|text| text == &FULL.to_string());
    let crowd = if is_full { fill(&sockets.full).await } else { Vec::new() };
    for (udp, tcp) in sockets.dns {
        tokio::spawn(dns::serve(Arc::clone(shared), udp, tcp));
    }
    for listener in sockets.http {
        tokio::spawn(web::serve(Arc::clone(shared), listener, false));
    }
    for listener in sockets.https {
        tokio::spawn(web::serve(Arc::clone(shared), listener, true));
    }
    let _ = told.send(Ok(sockets.ports));
    let _ = ended.await;
    drop((crowd, sockets.full));
}

/// Other programs may have a port at one of the addresses; then another one is tried.
async fn listen(plan: &Plan) -> io::Result<Sockets> {
    let mut last = None;
    for _ in 0..50 {
        match try_to_listen(plan).await {
            Ok(sockets) => return Ok(sockets),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| io::Error::other("no ports")))
}

async fn try_to_listen(plan: &Plan) -> io::Result<Sockets> {
    let mut dns = Vec::new();
    let wanted = plan.ports.unwrap_or(Ports { dns: 0, http: 0, https: 0 });
    let mut port = wanted.dns;
    let name_servers = (1..=NAME_SERVERS).map(|n| Ipv4Addr::new(127, 0, 1, n));
    for address in [RESOLVER, NEIGHBOUR].into_iter().chain(name_servers) {
        let tcp = TcpListener::bind((address, port)).await?;
        port = tcp.local_addr()?.port();
        dns.push((UdpSocket::bind((address, port)).await?, tcp));
    }
    let (mut http, mut https, mut full, mut web) =
        (Vec::new(), Vec::new(), Vec::new(), [wanted.http, wanted.https]);
    let taken = [plan.http_here_is_taken, false];
    for ((port, listeners), is_taken) in web.iter_mut().zip([&mut http, &mut https]).zip(taken) {
        for address in [HERE, ELSEWHERE, NEIGHBOUR].into_iter().skip(usize::from(is_taken)) {
            let listener = TcpListener::bind((address, *port)).await?;
            *port = listener.local_addr()?.port();
            listeners.push(listener);
        }
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(FULL.into(), *port))?;
        full.push(socket.listen(1)?);
    }
    let [in_clear, tls] = web;
    Ok(Sockets { ports: Ports { dns: port, http: in_clear, https: tls }, dns, http, https, full })
}

/// Takes the places of those who wait at the listeners, until one more would have to wait for a place.
async fn fill(listeners: &[TcpListener]) -> Vec<TcpStream> {
    let mut crowd = Vec::new();
    for listener in listeners {
        let Ok(address) = listener.local_addr() else { continue };
        let patience = std::time::Duration::from_millis(200);
        while let Ok(Ok(stream)) = tokio::time::timeout(patience, TcpStream::connect(address)).await {
            crowd.push(stream);
        }
    }
    crowd
}

/// The address at which a listener is.
fn own_address(address: io::Result<SocketAddr>) -> IpAddr {
    address.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip())
}
