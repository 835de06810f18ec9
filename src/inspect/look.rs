//! One host: DNS first, then HTTP and TLS at the addresses that it gives.

use std::{io, net::IpAddr, rc::Rc, sync::Arc};

use hickory_proto::rr::{Name, RecordType};
use tokio::time::{Instant, timeout_at};

use super::{
    Answer, Dns, HttpLook, Inspection, TlsLook, Verdict,
    address::{Checked, Gate},
    crowd::{self, Look},
    dns::{Addresses, Asker, Budget, bare},
    http::Follower,
    options::Options,
    sockets::Sockets,
    tls::{Looker, any_certificate},
    unseen,
};

/// Longest name in ASCII form, without the last full stop.
pub(super) const LONGEST_HOST: usize = 253;
/// How many addresses of IPv6, and of IPv4, TLS is looked at.
const TLS_OF_A_FAMILY: usize = 2;
/// What stands in for the `*` of a wildcard: a label that nobody has, so that the wildcard answers.
const ANY_LABEL: &str = "any-name-below-the-wildcard";

/// Looks at all hosts, and answers for each in the order given: in time, whatever they do.
///
/// # Errors
/// When this process has no file descriptor left for the first one that is needed.
pub fn inspect(hosts: &[String], options: &Options) -> io::Result<Vec<Rc<Inspection>>> {
    crowd::look_at::<Looks>(hosts, options)
}

/// What all looks of one call share.
struct Looks {
    asker: Rc<Asker>,
    follower: Follower,
    looker: Looker,
    paths: Vec<String>,
    txt_prefix: Option<String>,
    server_addresses: Vec<Checked>,
    deadline: Instant,
}

/// A host that can be looked at.
struct Host {
    /// The name that is asked for.
    name: String,
    dns: Name,
    /// The name whose authorities count.
    base: Name,
}

impl Look for Looks {
    type Seen = Inspection;

    fn begin(options: &Options, sockets: &Rc<Sockets>, deadline: Instant) -> Option<Self> {
        let named = options.server_addresses.iter().chain(&options.world.allowed).copied();
        let gate = Rc::new(Gate::new(named));
        let asker = Rc::new(Asker::new(options, Rc::clone(sockets), Rc::clone(&gate)));
        Some(Self {
            follower: Follower {
                asker: Rc::clone(&asker),
                sockets: Rc::clone(sockets),
                gate: Rc::clone(&gate),
                tls: any_certificate()?,
                user_agent: options.user_agent.clone(),
                limits: options.limits,
                ports: options.world.ports,
            },
            looker: Looker {
                sockets: Rc::clone(sockets),
                roots: Arc::clone(&options.roots),
                limits: options.limits,
                port: options.world.ports.https,
            },
            asker,
            paths: options.probe_paths.clone(),
            txt_prefix: options.txt_prefix.clone(),
            server_addresses: options.server_addresses.iter().filter_map(|ip| gate.check(*ip)).collect(),
            deadline,
        })
    }

    /// Everything about one host.
    async fn look(&self, given: &str) -> Inspection {
        let Some(host) = read_host(given) else { return unseen::not_a_host(given) };
        let budget = Budget::default();
        let served = async {
            let (a, aaaa) = tokio::join!(
                self.addresses(&host, RecordType::A, &budget),
                self.addresses(&host, RecordType::AAAA, &budget),
            );
            let addresses = self.asker.sorted([&aaaa, &a]);
            let (http, tls) =
                tokio::join!(self.http(&host, &addresses, &budget), self.tls(&host, &addresses));
            (a.0, aaaa.0, http, tls)
        };
        let told = async {
            tokio::join!(
                self.records(&host.dns, RecordType::CNAME, &budget),
                self.records(&host.dns, RecordType::NS, &budget),
                self.authorities(&host.base, &budget),
                self.texts(&host, &budget),
            )
        };
        let (served, told, own) = tokio::join!(served, told, self.own_tls(&host));
        let (a, aaaa, http, tls) = served;
        let (cname, ns, caa, txt) = told;
        // Only now are zones below the registered domain known.
        let (zone, name_servers) = self.zone(&host, &budget).await;
        let dns = Dns { zone, name_servers, a, aaaa, cname, ns, caa, txt };
        Inspection { host: given.to_owned(), error: None, dns, http, tls: together(tls, own) }
    }

    fn too_late(&self, given: &str) -> Inspection {
        let own = self.server_addresses.iter().map(|address| address.ip());
        unseen::too_late(given, &self.paths, self.txt_prefix.as_deref(), own)
    }

    fn internal(given: &str) -> Inspection {
        unseen::internal(given)
    }
}

impl Looks {
    async fn records(&self, name: &Name, kind: RecordType, budget: &Budget) -> Answer {
        let records = timeout_at(self.deadline, self.asker.records(name, kind, budget)).await;
        records.unwrap_or_else(|_| unseen::answer(&bare(name)))
    }

    async fn addresses(&self, host: &Host, kind: RecordType, budget: &Budget) -> (Answer, Vec<IpAddr>) {
        let addresses = timeout_at(self.deadline, self.asker.host_addresses(&host.dns, kind, budget)).await;
        addresses.unwrap_or_else(|_| (unseen::answer(&bare(&host.dns)), Vec::new()))
    }

    async fn authorities(&self, name: &Name, budget: &Budget) -> Answer {
        let authorities = timeout_at(self.deadline, self.asker.authorities(name, budget)).await;
        authorities.unwrap_or_else(|_| unseen::answer(&bare(name)))
    }

    async fn texts(&self, host: &Host, budget: &Budget) -> Option<Answer> {
        let name = Name::from_ascii(format!("{}.{}", self.txt_prefix.as_ref()?, host.base)).ok()?;
        Some(self.records(&name, RecordType::TXT, budget).await)
    }

    async fn zone(&self, host: &Host, budget: &Budget) -> (Option<String>, Vec<String>) {
        timeout_at(self.deadline, self.asker.zone(&host.dns, budget)).await.unwrap_or_default()
    }

    /// One path after the other, so that a host has few connections at once.
    async fn http(&self, host: &Host, addresses: &Addresses, budget: &Budget) -> Vec<HttpLook> {
        let mut looks = Vec::with_capacity(self.paths.len());
        for path in &self.paths {
            looks.push(self.follower.look((&host.name, path), addresses, budget, self.deadline).await);
        }
        looks
    }

    /// At the addresses of the DNS, but for those of the server itself, which [`Self::own_tls`] looks at.
    async fn tls(&self, host: &Host, addresses: &Addresses) -> Vec<TlsLook> {
        let mut looks = Vec::new();
        for address in some_of_each_family(&addresses.checked) {
            looks.push(if self.server_addresses.contains(&address) {
                unseen::tls(address.ip(), true, Verdict::None, "not-looked-at")
            } else {
                self.looker.look(&host.name, (address, true), self.deadline).await
            });
        }
        let others = addresses.others.iter().take(TLS_OF_A_FAMILY);
        looks.extend(others.map(|ip| unseen::tls(*ip, true, Verdict::None, "not-public")));
        looks
    }

    async fn own_tls(&self, host: &Host) -> Vec<TlsLook> {
        let mut looks = Vec::with_capacity(self.server_addresses.len());
        for address in &self.server_addresses {
            looks.push(self.looker.look(&host.name, (*address, false), self.deadline).await);
        }
        looks
    }
}

/// The host in the forms that are needed; `None` for what is no host name in ASCII form and lower case.
fn read_host(given: &str) -> Option<Host> {
    let base = given.strip_prefix("*.").unwrap_or(given);
    let name = if base == given { given.to_owned() } else { format!("{ANY_LABEL}.{base}") };
    if name.len() > LONGEST_HOST || !is_host(base) {
        return None;
    }
    let fqdn = |name: &str| Name::from_ascii(format!("{name}.")).ok();
    Some(Host { dns: fqdn(&name)?, base: fqdn(base)?, name })
}

/// Whether it is a host's name in ASCII form and lower case, no wildcard.
pub(super) fn is_host(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    name.len() <= LONGEST_HOST
        && name.contains('.')
        && name.split('.').all(is_label)
        && name.rsplit('.').next().is_some_and(|last| !last.bytes().all(|b| b.is_ascii_digit()))
}

/// Those of the DNS first. An address of the server itself to which the DNS leads was looked at once.
fn together(in_dns: Vec<TlsLook>, mut own: Vec<TlsLook>) -> Vec<TlsLook> {
    let mut looks: Vec<TlsLook> = in_dns
        .into_iter()
        .map(|look| match own.iter().position(|own| own.address == look.address) {
            Some(index) => TlsLook { in_dns: true, ..own.remove(index) },
            None => look,
        })
        .collect();
    looks.append(&mut own);
    looks
}

fn some_of_each_family(addresses: &[Checked]) -> impl Iterator<Item = Checked> {
    let of = |is_v6: bool| {
        addresses.iter().filter(move |a| a.ip().is_ipv6() == is_v6).take(TLS_OF_A_FAMILY).copied()
    };
    of(true).chain(of(false))
}
