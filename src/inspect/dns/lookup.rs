//! One kind of record of one name: from the zone's own servers, and from the system's resolver.

use std::rc::Rc;

use hickory_proto::rr::{Name, RData, RecordType};

use super::{Asker, servers::Budget, zones::Zone};
use crate::dns::question::{Manner, Question, Reply, Trouble};
use crate::inspect::{Outcome, Source};

/// How many aliases are followed.
const MOST_ALIASES: usize = 8;
/// How many zones down the servers lead.
const DEEPEST: usize = 6;
/// How many servers of a zone are asked.
const MOST_SERVERS: usize = 3;

/// What was found out.
#[derive(Clone, Debug)]
pub(in crate::inspect) struct Finding {
    pub(super) outcome: Outcome,
    pub(super) detail: Option<&'static str>,
    pub(super) records: Vec<RData>,
    pub(super) aliases: Vec<Name>,
    pub(super) source: Option<Source>,
}

impl Finding {
    fn trouble(trouble: Trouble, source: Option<Source>) -> Self {
        let (outcome, detail): (Outcome, _) = trouble.into();
        Self { outcome, detail: Some(detail), records: Vec::new(), aliases: Vec::new(), source }
    }
}

impl Asker {
    /// As [`Asker::look_up`], shared with whoever asks the same in this call.
    pub(super) async fn look_up_once(&self, name: &Name, kind: RecordType, budget: &Budget) -> Rc<Finding> {
        let question = Question { name: name.clone(), kind };
        let found = self.findings.of(question, async || {
            let finding = Rc::new(self.look_up(name, kind, budget).await);
            let is_ours =
                [Trouble::EXHAUSTED, Trouble::NO_SOCKET].map(|trouble| Some(<(Outcome, _)>::from(trouble).1));
            if is_ours.contains(&finding.detail) { Err(finding) } else { Ok(finding) }
        });
        found.await.unwrap_or_else(|finding| finding)
    }

    /// The records of `name`, by way of its aliases.
    pub(super) async fn look_up(&self, name: &Name, kind: RecordType, budget: &Budget) -> Finding {
        let mut passed: Vec<Name> = Vec::new();
        let mut is_bogus = false;
        loop {
            let at = passed.last().unwrap_or(name);
            let (reply, source) = self.ask_both(at, kind, budget, &mut is_bogus).await;
            let (mut finding, led_on) = match reply {
                Ok(Reply::Found { records, aliases, .. }) => {
                    let found = (Outcome::Found, None);
                    (Finding { outcome: found.0, detail: found.1, records, aliases, source }, false)
                }
                Ok(Reply::None { no_such_name, aliases, .. }) => {
                    let detail = Some(if no_such_name { "no-such-name" } else { "no-such-record" });
                    (Finding { outcome: Outcome::None, detail, records: Vec::new(), aliases, source }, false)
                }
                Ok(Reply::Alias { aliases, .. }) => {
                    let outcome = Outcome::Failed;
                    (
                        Finding { outcome, detail: Some("alias-loop"), records: Vec::new(), aliases, source },
                        true,
                    )
                }
                Ok(Reply::Referral { .. }) => (Finding::trouble(Trouble::Failed("lame"), source), false),
                Err(trouble) => (Finding::trouble(trouble, source), false),
            };
            let before = passed.len();
            passed.append(&mut finding.aliases);
            let is_new = passed.get(before..).is_some_and(|new| {
                !new.is_empty()
                    && !new.contains(name)
                    && new.iter().all(|n| !passed.iter().take(before).any(|p| p == n))
            });
            if led_on && is_new && passed.len() <= MOST_ALIASES {
                continue;
            }
            passed.truncate(MOST_ALIASES);
            finding.aliases = passed;
            if is_bogus {
                (finding.outcome, finding.detail) = (Outcome::Bogus, Some("dnssec"));
            }
            return finding;
        }
    }

    /// What the zone's servers say, and where these say nothing or DNSSEC may say otherwise, what the resolver says.
    async fn ask_both(
        &self,
        name: &Name,
        kind: RecordType,
        budget: &Budget,
        is_bogus: &mut bool,
    ) -> (Result<Reply, Trouble>, Option<Source>) {
        let question = Question { name: name.clone(), kind };
        let zone = self.zone_of(name, budget).await;
        let wants_resolver = zone.as_ref().map_or(true, |zone| zone.wants_resolver);
        let by_zone = async {
            match &zone {
                Ok(zone) if self.servers.zones_are_in_reach() => {
                    self.ask_zone(Rc::clone(zone), &question, budget).await
                }
                Ok(_) => Err(Trouble::Silence),
                Err(trouble) => Err(*trouble),
            }
        };
        let by_resolver =
            async { if wants_resolver { Some(self.ask_resolver(&question, budget).await) } else { None } };
        let (by_zone, mut by_resolver) = tokio::join!(by_zone, by_resolver);
        if by_zone.is_err() && by_resolver.is_none() {
            by_resolver = Some(self.ask_resolver(&question, budget).await);
        }
        let by_resolver = by_resolver.map(|(reply, bogus)| {
            *is_bogus |= bogus;
            reply
        });
        match (by_zone, by_resolver) {
            (Ok(reply), _) => (Ok(reply), Some(Source::Zone)),
            (Err(_), Some(Ok(reply))) => (Ok(reply), Some(Source::Resolver)),
            (Err(trouble), Some(Err(other))) => (Err(trouble.or(other)), None),
            (Err(trouble), None) => (Err(trouble), None),
        }
    }

    /// What the system's resolver says, and whether that is only so without DNSSEC.
    async fn ask_resolver(&self, question: &Question, budget: &Budget) -> (Result<Reply, Trouble>, bool) {
        let checked = self.servers.ask_resolver(question, Manner::Resolver, budget).await;
        if checked != Err(Trouble::Failed("server-failure")) {
            return (checked, false);
        }
        match self.servers.ask_resolver(question, Manner::ResolverUnchecked, budget).await {
            Ok(reply) => (Ok(reply), true),
            Err(_) => (checked, false),
        }
    }

    /// What the zone's own servers say, or those of a zone below to which they point.
    async fn ask_zone(
        &self,
        mut zone: Rc<Zone>,
        question: &Question,
        budget: &Budget,
    ) -> Result<Reply, Trouble> {
        for _ in 0..DEEPEST {
            match self.ask_servers_of(&zone, question, budget).await? {
                Reply::Referral { zone: apex, servers, glue } => {
                    zone = self.delegated(&zone, (apex, servers, glue));
                }
                reply => return Ok(reply),
            }
        }
        Err(Trouble::Failed("too-many-referrals"))
    }

    /// Asks the servers one after the other until one says something.
    async fn ask_servers_of(
        &self,
        zone: &Zone,
        question: &Question,
        budget: &Budget,
    ) -> Result<Reply, Trouble> {
        let mut trouble = None;
        let mut note =
            |next: Trouble| trouble = Some(trouble.map_or(next, |trouble: Trouble| trouble.or(next)));
        // Different hosts begin with different servers, the same host always with the same one.
        let first = question.name.len() % zone.servers.len().max(1);
        let mut asked = 0;
        for server in zone.servers.iter().cycle().skip(first).take(zone.servers.len()) {
            let addresses = match self.addresses(zone, server, budget).await {
                Ok(addresses) => addresses,
                Err(next) => {
                    note(next);
                    continue;
                }
            };
            for address in addresses.iter() {
                match self.servers.ask_zone(*address, &zone.apex, question, budget).await {
                    Ok(reply) => return Ok(reply),
                    Err(next) => note(next),
                }
                asked += 1;
                if asked >= MOST_SERVERS {
                    return Err(trouble.unwrap_or(Trouble::Silence));
                }
            }
        }
        Err(trouble.unwrap_or(Trouble::Failed("no-server-address")))
    }
}
