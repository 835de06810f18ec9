//! Addresses of a host, as the system's own resolver finds them: `/etc/hosts`, then the name servers of `/etc/resolv.conf`. Both
//! files are read for each look-up, which only a new connection makes, so that a change counts at once.
//!
//! The system's resolver itself would block a thread that nobody can end. This one is dropped when its time is over.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use hickory_proto::rr::{Name, RData, RecordType};
use reqwest::dns::{Addrs, Resolve, Resolving};
use resolv_conf::{Config, ScopedIp};
use tokio::{
    task::JoinSet,
    time::{Instant, timeout_at},
};

use super::{
    files::{self, Unread},
    trip::{Stage, Trip},
    watch::Watch,
};
use crate::dns::{
    exchange,
    question::{Manner, Question, Reply, Trouble},
};

const HOSTS: &str = "/etc/hosts";
pub(super) const RESOLV_CONF: &str = "/etc/resolv.conf";
/// Name servers that are asked, as in glibc.
const MOST_SERVERS: usize = 3;
/// After this time without an answer the next name server is asked as well.
const PATIENCE: Duration = Duration::from_secs(1);
/// After this time without an answer the same name server is asked again.
const TRY: Duration = Duration::from_secs(2);
const PORT: u16 = 53;
/// How long the addresses of one family wait for those of the other.
const GRACE: Duration = Duration::from_millis(300);

/// Why there is no address.
#[derive(Debug)]
pub(super) enum Failure {
    /// `/etc/resolv.conf` cannot be read.
    Configuration(String),
    /// There is no such name, or it has no address.
    Unknown,
    /// What the last name server said, or what went wrong with it.
    Failed(String),
    /// Something of this process's own, such as no file descriptor left.
    Io(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(why) => write!(f, "resolv.conf: {why}"),
            Self::Unknown => f.write_str("no such name"),
            Self::Failed(why) => write!(f, "name server: {why}"),
            Self::Io(e) => write!(f, "name look-up: {e}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Looks names up for the HTTP client.
pub(super) struct Resolver(pub(super) Arc<Watch>);

impl Resolve for Resolver {
    fn resolve(&self, name: reqwest::dns::Name) -> Resolving {
        let trip = self.0.trip();
        Box::pin(async move {
            trip.enter(Stage::LookingUp);
            let found = addresses(name.as_str(), &trip).await?;
            trip.enter(Stage::Connecting);
            trip.finds(&found);
            // The HTTP client puts its port in the place of 0.
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// The addresses of `host`, in the order in which to try them; never none.
async fn addresses(host: &str, trip: &Trip) -> Result<Vec<IpAddr>, Failure> {
    if let Ok(address) = host.trim_matches(['[', ']']).parse() {
        return Ok(vec![address]);
    }
    let listed = listed(host)?;
    if !listed.is_empty() {
        return Ok(in_order(listed));
    }
    if is_localhost(host) {
        return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let config = configuration(Path::new(RESOLV_CONF))?;
    trip.asks(&config.nameservers.iter().map(|server| server.clone().into()).collect::<Vec<_>>());
    for name in candidates(host, &config) {
        let servers = config.nameservers.clone().into_iter();
        match (Questions { name, servers, asked: JoinSet::new() }).ask().await {
            Err(Failure::Unknown) => {}
            result => return result.map(in_order),
        }
    }
    Err(Failure::Unknown)
}

/// Such names are never asked for (RFC 6761, 6.3).
fn is_localhost(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

/// What `/etc/hosts` says. A file that cannot be read says nothing.
fn listed(host: &str) -> Result<Vec<IpAddr>, Failure> {
    let text = match files::read(Path::new(HOSTS)) {
        Ok((text, _)) => String::from_utf8_lossy(&text).into_owned(),
        Err(Unread::Io(e)) if super::obstacle::is_out_of_descriptors(&e) => return Err(Failure::Io(e)),
        Err(_) => return Ok(Vec::new()),
    };
    let host = host.trim_end_matches('.');
    let addresses = text.lines().filter_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let address = words.next()?.parse().ok()?;
        words.any(|name| name.trim_end_matches('.').eq_ignore_ascii_case(host)).then_some(address)
    });
    Ok(addresses.collect())
}

/// Without a name server the file means the one of this machine, as in glibc. Nobody else is ever asked.
fn configuration(path: &Path) -> Result<Config, Failure> {
    let text = match files::read(path) {
        Ok((text, _)) => text,
        Err(Unread::Io(e)) if super::obstacle::is_out_of_descriptors(&e) => return Err(Failure::Io(e)),
        Err(Unread::Io(e)) => return Err(Failure::Configuration(e.kind().to_string())),
        Err(Unread::NotAFile(what)) => return Err(Failure::Configuration(format!("it is {what}"))),
        Err(Unread::TooLarge) => return Err(Failure::Configuration("it is too large".into())),
    };
    let mut config = Config::parse(&text).map_err(|e| Failure::Configuration(e.to_string()))?;
    if config.nameservers.is_empty() {
        config.nameservers.push(ScopedIp::V4(Ipv4Addr::LOCALHOST));
    }
    config.nameservers.truncate(MOST_SERVERS);
    Ok(config)
}

/// The names to ask for, one after the other: the host as it is, and below the domains of `search` in `resolv.conf`.
fn candidates(host: &str, config: &Config) -> Vec<Name> {
    let is_whole = host.ends_with('.');
    let host = host.trim_end_matches('.');
    let name = |text: &str| Name::from_ascii(format!("{text}.")).ok();
    let dots = host.matches('.').count();
    let searched = config.get_last_search_or_domain().filter(|_| !is_whole);
    let mut names: Vec<_> =
        searched.filter_map(|domain| name(&format!("{host}.{}", domain.trim_matches('.')))).collect();
    let own = name(host);
    if dots >= config.ndots as usize {
        names.splice(0..0, own);
    } else {
        names.extend(own);
    }
    names
}

/// The questions for one name: the addresses of both families, from one name server after the other.
struct Questions {
    name: Name,
    servers: std::vec::IntoIter<ScopedIp>,
    /// Tasks end when this is dropped.
    asked: JoinSet<(RecordType, Result<Vec<IpAddr>, Trouble>)>,
}

impl Questions {
    async fn ask(mut self) -> Result<Vec<IpAddr>, Failure> {
        let (mut found, mut answered, mut last) = (Vec::new(), Vec::new(), None);
        let mut next = self.ask_next_server();
        while answered.len() < 2 {
            let (family, answer) = match timeout_at(next, self.asked.join_next()).await {
                Ok(Some(Ok(answer))) => answer,
                Ok(Some(Err(_))) => continue,
                // Nobody is left to answer, or nobody does: what is known is enough, or the next one is asked.
                Ok(None) | Err(_) if !found.is_empty() => break,
                Ok(None) if self.servers.len() == 0 => break,
                Ok(None) | Err(_) => {
                    next = self.ask_next_server();
                    continue;
                }
            };
            match answer {
                _ if answered.contains(&family) => {}
                Ok(addresses) => {
                    if !addresses.is_empty() {
                        next = next.min(Instant::now() + GRACE);
                    }
                    found.extend(addresses);
                    answered.push(family);
                }
                Err(trouble) => last = Some(trouble),
            }
        }
        match last {
            _ if !found.is_empty() => Ok(found),
            // One family may have none while the question for the other failed.
            Some(trouble) if answered.len() < 2 => Err(failure(trouble)),
            _ => Err(Failure::Unknown),
        }
    }

    /// Asks one more server, if there is one. Returns when to look again.
    fn ask_next_server(&mut self) -> Instant {
        let Some(server) = self.servers.next() else { return Instant::now() + Duration::from_secs(3600) };
        let server = SocketAddr::new(server.into(), PORT);
        for family in [RecordType::A, RecordType::AAAA] {
            let question = Question { name: self.name.clone(), kind: family };
            self.asked.spawn(async move { (family, addresses_from(server, &question).await) });
        }
        Instant::now() + PATIENCE
    }
}

/// The addresses that one name server tells; none: there are none. A datagram may be lost, so it is asked until the time to
/// connect is over.
async fn addresses_from(server: SocketAddr, question: &Question) -> Result<Vec<IpAddr>, Trouble> {
    loop {
        match exchange::ask(server, question, Manner::Resolver, TRY).await {
            Err(Trouble::Silence) => {}
            answer => {
                return question.meaning(&answer?, None).map(|reply| match reply {
                    Reply::Found { records, .. } => records.iter().filter_map(RData::ip_addr).collect(),
                    _ => Vec::new(),
                });
            }
        }
    }
}

fn failure(trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Failed(_) if trouble == Trouble::NO_SOCKET => {
            Failure::Io(io::Error::from_raw_os_error(nix::errno::Errno::EMFILE as i32))
        }
        Trouble::Failed(code) => Failure::Failed(code.replace('-', " ")),
        Trouble::Refused => Failure::Failed("refused".into()),
        Trouble::Silence => Failure::Failed("no answer".into()),
    }
}

/// IPv6 first where this server can use it.
fn in_order(mut addresses: Vec<IpAddr>) -> Vec<IpAddr> {
    let is_usable = addresses.iter().find(|a| a.is_ipv6()).is_some_and(|a| has_way_to(*a));
    addresses.sort_by_key(|address| address.is_ipv6() != is_usable);
    addresses
}

/// Whether the system has a way to the address, and an address of the same reach for it. Nothing is sent.
fn has_way_to(address: IpAddr) -> bool {
    let is_global = |address: IpAddr| matches!(address, IpAddr::V6(a) if a.segments()[0] & 0xe000 == 0x2000);
    let own = std::net::UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0))
        .and_then(|socket| socket.connect((address, 443)).and_then(|()| socket.local_addr()));
    own.is_ok_and(|own| is_global(own.ip()) || !is_global(address))
}
