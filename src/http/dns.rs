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

use hickory_resolver::{
    Hosts, TokioResolver,
    config::{LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts},
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::Query,
        rr::{Name, RecordType},
    },
    system_conf,
};
use reqwest::dns::{Addrs, Resolve, Resolving};
use tokio::{
    task::JoinSet,
    time::{Instant, timeout_at},
};

use super::{
    files::{self, Unread},
    trip::{Stage, Trip},
    watch::Watch,
};

const HOSTS: &str = "/etc/hosts";
pub(super) const RESOLV_CONF: &str = "/etc/resolv.conf";
/// Name servers that are asked, as in glibc.
const MOST_SERVERS: usize = 3;
/// After this time without an answer the next name server is asked as well.
const PATIENCE: Duration = Duration::from_secs(1);
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
    let name = Name::from_utf8(host).map_err(|_| Failure::Unknown)?;
    let listed = listed(&name)?;
    if !listed.is_empty() {
        return Ok(in_order(listed));
    }
    if name.is_localhost() {
        return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
    }
    let (config, options) = configuration(Path::new(RESOLV_CONF))?;
    let servers: Vec<_> = config.name_servers().iter().take(MOST_SERVERS).cloned().collect();
    trip.asks(&servers.iter().map(|server| server.ip).collect::<Vec<_>>());
    Questions { name, config, options, servers: servers.into_iter(), asked: JoinSet::new() }
        .ask()
        .await
        .map(in_order)
}

/// What `/etc/hosts` says. A file that cannot be read says nothing.
fn listed(name: &Name) -> Result<Vec<IpAddr>, Failure> {
    let text = match files::read(Path::new(HOSTS)) {
        Ok((text, _)) => text,
        Err(Unread::Io(e)) if super::obstacle::is_out_of_descriptors(&e) => return Err(Failure::Io(e)),
        Err(_) => return Ok(Vec::new()),
    };
    let mut hosts = Hosts::default();
    // A line that is no text ends the reading; what stood before counts.
    let _ = hosts.read_hosts_conf(text.as_slice());
    let found = [RecordType::A, RecordType::AAAA]
        .into_iter()
        .filter_map(|kind| hosts.lookup_static_host(&Query::query(name.clone(), kind)));
    Ok(found
        .flat_map(|lookup| lookup.answers().iter().filter_map(|r| r.data.ip_addr()).collect::<Vec<_>>())
        .collect())
}

/// Without a name server the file means the one of this machine, as in glibc. Nobody else is ever asked.
fn configuration(path: &Path) -> Result<(ResolverConfig, ResolverOpts), Failure> {
    let text = match files::read(path) {
        Ok((text, _)) => text,
        Err(Unread::Io(e)) if super::obstacle::is_out_of_descriptors(&e) => return Err(Failure::Io(e)),
        Err(Unread::Io(e)) => return Err(Failure::Configuration(e.kind().to_string())),
        Err(Unread::NotAFile(what)) => return Err(Failure::Configuration(format!("it is {what}"))),
        Err(Unread::TooLarge) => return Err(Failure::Configuration("it is too large".into())),
    };
    system_conf::parse_resolv_conf(&text)
        .or_else(|_| system_conf::parse_resolv_conf([&text, &b"\nnameserver 127.0.0.1\n"[..]].concat()))
        .map_err(|e| Failure::Configuration(e.to_string()))
}

/// The questions for one name: the addresses of both families, from one name server after the other.
struct Questions {
    name: Name,
    config: ResolverConfig,
    options: ResolverOpts,
    servers: std::vec::IntoIter<NameServerConfig>,
    /// Tasks end when this is dropped.
    asked: JoinSet<(LookupIpStrategy, Result<Vec<IpAddr>, NetError>)>,
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
                    found.extend(addresses);
                    answered.push(family);
                    next = next.min(Instant::now() + GRACE);
                }
                Err(e) if e.is_no_records_found() || e.is_nx_domain() => answered.push(family),
                Err(e) => last = Some(e),
            }
        }
        match last {
            _ if !found.is_empty() => Ok(found),
            // One family may have none while the question for the other failed.
            Some(e) if answered.len() < 2 => Err(failure(&e)),
            _ => Err(Failure::Unknown),
        }
    }

    /// Asks one more server, if there is one. Returns when to look again.
    fn ask_next_server(&mut self) -> Instant {
        let Some(server) = self.servers.next() else { return Instant::now() + Duration::from_secs(3600) };
        for family in [LookupIpStrategy::Ipv4Only, LookupIpStrategy::Ipv6Only] {
            let config = ResolverConfig::from_parts(
                self.config.domain().cloned(),
                self.config.search().to_vec(),
                vec![server.clone()],
            );
            let mut options = self.options.clone();
            options.ip_strategy = family;
            options.use_hosts_file = ResolveHosts::Never;
            options.cache_size = 0;
            let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
                .with_options(options);
            let name = self.name.clone();
            self.asked.spawn(async move {
                let answer = match builder.build() {
                    Ok(resolver) => resolver.lookup_ip(name).await.map(|lookup| lookup.iter().collect()),
                    Err(e) => Err(e),
                };
                (family, answer)
            });
        }
        Instant::now() + PATIENCE
    }
}

fn failure(e: &NetError) -> Failure {
    match e {
        NetError::Io(e) if super::obstacle::is_out_of_descriptors(e) => {
            Failure::Io(e.raw_os_error().map_or_else(|| e.kind().into(), io::Error::from_raw_os_error))
        }
        NetError::Dns(DnsError::ResponseCode(code)) => Failure::Failed(code.to_string()),
        e => Failure::Failed(e.to_string()),
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
