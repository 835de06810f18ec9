//! What the DNS says about a host, each kind of record for itself.

mod lookup;
mod memo;
mod resolver;
mod servers;
mod zones;

use std::{
    net::{IpAddr, SocketAddr},
    rc::Rc,
};

use hickory_proto::rr::{Name, RData, RecordType};

#[cfg(any(test, feature = "fuzzing"))]
pub(super) use crate::dns::question::is_bounded;
pub(super) use crate::dns::question::{bare, readable};
pub(super) use servers::Budget;

use self::{lookup::Finding, memo::Memo, servers::Servers, zones::Zone};
use super::{
    Answer, Outcome,
    address::{Checked, Gate},
    options::Options,
    sockets::Sockets,
};
use crate::dns::question::{Question, Trouble, text_of};

/// How many addresses of a host are connected to.
const MOST_ADDRESSES: usize = 4;

/// Asks the DNS, and remembers for this call what several hosts share.
pub(super) struct Asker {
    servers: Servers,
    gate: Rc<Gate>,
    zones: Memo<Name, Result<Rc<Zone>, Trouble>>,
    delegated: Memo<Name, Rc<Zone>>,
    addresses: Memo<Name, Result<Rc<[Checked]>, Trouble>>,
    findings: Memo<Question, Rc<Finding>>,
}

/// The addresses of a name: those that may be connected to, and the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Addresses {
    pub(super) checked: Vec<Checked>,
    pub(super) others: Vec<IpAddr>,
    /// Whether the DNS could not say.
    pub(super) unknown: bool,
}

impl Asker {
    pub(super) fn new(options: &Options, sockets: Rc<Sockets>, gate: Rc<Gate>) -> Self {
        let resolvers: Vec<SocketAddr> = match options.world.resolvers.as_slice() {
            [] => resolver::of_the_system(),
            named => named.to_vec(),
        };
        Self {
            servers: Servers::new(sockets, options.limits, options.world.ports.dns, resolvers),
            gate,
            zones: Memo::default(),
            delegated: Memo::default(),
            addresses: Memo::default(),
            findings: Memo::default(),
        }
    }

    /// The records of one kind.
    pub(super) async fn records(&self, name: &Name, kind: RecordType, budget: &Budget) -> Answer {
        answer(name, &self.look_up(name, kind, budget).await)
    }

    /// The records of one kind that are addresses, and the addresses themselves.
    pub(super) async fn host_addresses(
        &self,
        name: &Name,
        kind: RecordType,
        budget: &Budget,
    ) -> (Answer, Vec<IpAddr>) {
        // A redirect to the host itself finds what is known already.
        let finding = self.look_up_once(name, kind, budget).await;
        (answer(name, &finding), finding.records.iter().filter_map(RData::ip_addr).collect())
    }

    /// Which authorities may issue for a name: its own records, else those of the nearest parent that has some (RFC 8659).
    /// A failure on the way up is the answer, since no authority would issue then.
    pub(super) async fn authorities(&self, name: &Name, budget: &Budget) -> Answer {
        let mut at = name.clone();
        loop {
            let finding = self.look_up_once(&at, RecordType::CAA, budget).await;
            if finding.outcome != Outcome::None || at.num_labels() <= 1 {
                return answer(&at, &finding);
            }
            at = at.base_name();
        }
    }

    /// The addresses of a host that may be connected to, in the order of Let's Encrypt: IPv6 first, then IPv4.
    pub(super) async fn addresses_of(&self, name: &Name, budget: &Budget) -> Addresses {
        let (v6, v4) = tokio::join!(
            self.host_addresses(name, RecordType::AAAA, budget),
            self.host_addresses(name, RecordType::A, budget)
        );
        self.sorted([&v6, &v4])
    }

    /// Those of the addresses that may be connected to.
    pub(super) fn sorted(&self, answers: [&(Answer, Vec<IpAddr>); 2]) -> Addresses {
        let mut all = Addresses::default();
        for (answer, addresses) in answers {
            for address in addresses.iter().take(MOST_ADDRESSES) {
                match self.gate.check(*address) {
                    Some(checked) => all.checked.push(checked),
                    None => all.others.push(*address),
                }
            }
            all.unknown |= !matches!(answer.outcome, Outcome::Found | Outcome::None);
        }
        all
    }

    /// The zone that a name lies in, and its name servers, as far as they are known by now.
    pub(super) async fn zone(&self, name: &Name, budget: &Budget) -> (Option<String>, Vec<String>) {
        match self.zone_of(name, budget).await {
            Ok(zone) => (Some(bare(&zone.apex)), zone.servers.iter().map(bare).collect()),
            Err(_) => (None, Vec::new()),
        }
    }
}

fn answer(name: &Name, finding: &Finding) -> Answer {
    Answer {
        outcome: finding.outcome,
        detail: finding.detail,
        records: finding.records.iter().map(text_of).collect(),
        name: bare(name),
        aliases: finding.aliases.iter().map(bare).collect(),
        source: finding.source,
    }
}
