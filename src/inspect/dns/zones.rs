//! Which zone a name lies in, and who its name servers are.
//!
//! A resolver keeps "there is no such name" for up to an hour, so what it says about the name itself is not asked. It is
//! asked for the name servers of the registered domain, or of the nearest parent that has some; from there the zones' own
//! servers lead further down.

use std::{net::IpAddr, rc::Rc};

use hickory_proto::rr::{Name, RData, RecordType};

use super::{Asker, servers::Budget};
use crate::dns::question::{Manner, Question, Reply, Trouble, bare, servers_of};
use crate::inspect::{address::Checked, suffix::registrable_domain};

/// How many steps up a zone is looked for.
const MOST_STEPS: usize = 8;
/// How many addresses of one name server are kept.
const MOST_ADDRESSES: usize = 2;

/// A zone and its name servers.
#[derive(Debug)]
pub(super) struct Zone {
    pub(super) apex: Name,
    pub(super) servers: Vec<Name>,
    /// Addresses that the parent gave for these servers.
    glue: Vec<(Name, IpAddr)>,
    /// Whether the resolver should be asked as well: the zone is signed, or the resolver has trouble with it.
    pub(super) wants_resolver: bool,
}

impl Asker {
    /// The deepest zone that is known to have `name` in it. The trouble is that of the resolver.
    pub(super) async fn zone_of(&self, name: &Name, budget: &Budget) -> Result<Rc<Zone>, Trouble> {
        let text = bare(name);
        let start = registrable_domain(&text)
            .and_then(|domain| Name::from_ascii(format!("{domain}.")).ok())
            .unwrap_or_else(|| name.clone());
        let mut below = name.clone();
        while below.num_labels() > start.num_labels() {
            if let Some(zone) = self.delegated.get(&below) {
                return Ok(zone);
            }
            below = below.base_name();
        }
        let found = self.zones.of(start.clone(), async || match self.find_zone(start, budget).await {
            Err(trouble) if trouble.is_ours() => Err(trouble),
            found => Ok(found),
        });
        found.await?
    }

    async fn find_zone(&self, start: Name, budget: &Budget) -> Result<Rc<Zone>, Trouble> {
        let (mut at, mut resolver_is_lost, mut last) = (start, false, Trouble::Silence);
        for _ in 0..MOST_STEPS {
            let question = Question { name: at.clone(), kind: RecordType::NS };
            let mut reply = self.servers.ask_resolver(&question, Manner::Resolver, budget).await;
            if reply == Err(Trouble::Failed("server-failure")) {
                resolver_is_lost = true;
                reply = self.servers.ask_resolver(&question, Manner::ResolverUnchecked, budget).await;
            }
            match reply {
                Ok(Reply::Found { records, aliases, secure }) if aliases.is_empty() => {
                    let wants_resolver = secure || resolver_is_lost;
                    let servers = servers_of(records.iter());
                    return Ok(Rc::new(Zone { apex: at, servers, glue: Vec::new(), wants_resolver }));
                }
                Ok(Reply::None { zone: Some(zone), .. }) if zone.zone_of(&at) && zone != at => at = zone,
                Ok(_) => at = at.base_name(),
                Err(trouble) if trouble.is_ours() || trouble == Trouble::Failed("no-resolver") => {
                    return Err(trouble);
                }
                Err(trouble) => {
                    (last, resolver_is_lost) = (trouble, true);
                    if at.is_root() {
                        break;
                    }
                    at = at.base_name();
                }
            }
        }
        Err(last)
    }

    /// The zone that a referral leads to; others find it from then on.
    pub(super) fn delegated(
        &self,
        parent: &Zone,
        (apex, servers, glue): (Name, Vec<Name>, Vec<(Name, IpAddr)>),
    ) -> Rc<Zone> {
        if let Some(zone) = self.delegated.get(&apex) {
            return zone;
        }
        // A parent may know the addresses of servers within it, and of no others.
        let glue = glue.into_iter().filter(|(server, _)| parent.apex.zone_of(server)).collect();
        let zone = Rc::new(Zone { apex, servers, glue, wants_resolver: parent.wants_resolver });
        self.delegated.keep(zone.apex.clone(), Rc::clone(&zone));
        zone
    }

    /// The addresses of a zone's name server that may be asked.
    pub(super) async fn addresses(
        &self,
        zone: &Zone,
        server: &Name,
        budget: &Budget,
    ) -> Result<Rc<[Checked]>, Trouble> {
        let glue: Vec<IpAddr> =
            zone.glue.iter().filter(|(name, _)| name == server).map(|(_, ip)| *ip).collect();
        if !glue.is_empty() {
            return self.allowed(glue);
        }
        let looked_up = self.addresses.of(server.clone(), async || {
            let mut found = Vec::new();
            for kind in [RecordType::A, RecordType::AAAA] {
                let question = Question { name: server.clone(), kind };
                match self.servers.ask_resolver(&question, Manner::ResolverUnchecked, budget).await {
                    Ok(Reply::Found { records, .. }) => {
                        found.extend(records.iter().filter_map(RData::ip_addr));
                    }
                    Err(trouble) if trouble.is_ours() => return Err(trouble),
                    _ => {}
                }
                if !found.is_empty() {
                    break;
                }
            }
            Ok(self.allowed(found))
        });
        looked_up.await?
    }

    /// Those of the addresses that may be asked, IPv4 first.
    fn allowed(&self, mut addresses: Vec<IpAddr>) -> Result<Rc<[Checked]>, Trouble> {
        if addresses.is_empty() {
            return Err(Trouble::Failed("no-server-address"));
        }
        addresses.sort_by_key(IpAddr::is_ipv6);
        let allowed: Rc<[Checked]> =
            addresses.into_iter().filter_map(|ip| self.gate.check(ip)).take(MOST_ADDRESSES).collect();
        if allowed.is_empty() { Err(Trouble::Failed("server-not-public")) } else { Ok(allowed) }
    }
}
