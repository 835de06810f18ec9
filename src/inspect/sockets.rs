//! How many sockets may be open, and connections to checked addresses.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use nix::sys::resource::{Resource, getrlimit};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::address::Checked;

/// Sockets at once where the system would allow more.
const MOST_SOCKETS: usize = 480;
/// Sockets at once where it allows almost none.
const LEAST_SOCKETS: usize = 12;
/// After so many connections in vain an address is believed to be dead for the rest of the call.
const BELIEVED_DEAD: u32 = 3;

/// The sockets of one call. Name servers and web servers have their own, so that neither starves the other.
pub(super) struct Sockets {
    questions: Semaphore,
    connections: Semaphore,
    /// How often each address let a connection run into its time-out, and whether it ever answered.
    silent: Mutex<HashMap<SocketAddr, u32>>,
}

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoConnection {
    /// Nobody answered in time.
    Timeout,
    /// Somebody said no.
    Refused,
    /// There is no way there.
    Unreachable,
    /// This process has no socket left.
    NoSocket,
}

impl NoConnection {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Timeout => "connect-timeout",
            Self::Refused => "connect-refused",
            Self::Unreachable => "unreachable",
            Self::NoSocket => "no-socket",
        }
    }

    pub(super) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset => Self::Refused,
            io::ErrorKind::TimedOut => Self::Timeout,
            // EMFILE and ENFILE, which have no kind of their own.
            _ if matches!(error.raw_os_error(), Some(24 | 23)) => Self::NoSocket,
            _ => Self::Unreachable,
        }
    }
}

/// A connection, and its place among those that there may be at once.
pub(super) struct Connection<'s> {
    pub(super) stream: TcpStream,
    pub(super) place: SemaphorePermit<'s>,
}

impl Sockets {
    /// As many as this process may still open, and leave half of that to others.
    pub(super) fn of_this_process() -> Self {
        let limit = getrlimit(Resource::RLIMIT_NOFILE).map_or(1024, |(soft, _)| soft);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let open = std::fs::read_dir("/proc/self/fd").map_or(64, Iterator::count);
        let at_once = (limit.saturating_sub(open) / 2).clamp(LEAST_SOCKETS, MOST_SOCKETS);
        Self {
            questions: Semaphore::new(at_once / 3),
            connections: Semaphore::new(at_once - at_once / 3),
            silent: Mutex::default(),
        }
    }

    /// How many connections there may be at once.
    pub(super) fn connections(&self) -> usize {
        self.connections.available_permits()
    }

    /// A place for a question to a name server.
    pub(super) async fn question(&self) -> Option<SemaphorePermit<'_>> {
        self.questions.acquire().await.ok()
    }

    /// Connects to the checked address, and to nothing else.
    pub(super) async fn connect(
        &self,
        address: Checked,
        port: u16,
        limit: Duration,
    ) -> Result<Connection<'_>, NoConnection> {
        let place = self.connections.acquire().await.map_err(|_| NoConnection::NoSocket)?;
        let address = SocketAddr::new(address.ip(), port);
        if self.silences(address) >= BELIEVED_DEAD {
            return Err(NoConnection::Timeout);
        }
        match timeout(limit, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                self.with_silences(|all| all.insert(address, 0));
                Ok(Connection { stream, place })
            }
            Ok(Err(error)) => Err(NoConnection::of(&error)),
            Err(_) => {
                self.with_silences(|all| *all.entry(address).or_default() += 1);
                Err(NoConnection::Timeout)
            }
        }
    }

    fn silences(&self, address: SocketAddr) -> u32 {
        self.with_silences(|all| all.get(&address).copied().unwrap_or_default())
    }

    fn with_silences<T>(&self, change: impl FnOnce(&mut HashMap<SocketAddr, u32>) -> T) -> T {
        change(&mut self.silent.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
