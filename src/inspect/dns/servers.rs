//! Asking name servers: which of them, how often, and how many questions a host may cost.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use hickory_proto::{op::Message, rr::Name};

use crate::dns::{
    exchange,
    question::{Manner, Question, Reply, Trouble},
};
use crate::inspect::{address::Checked, options::Limits, sockets::Sockets};

/// How many questions one host may cost, whatever its name servers make up.
const MOST_QUESTIONS: u32 = 160;
/// After so many silences, and no word ever, a server is not asked again in this call.
const BELIEVED_DEAD: u32 = 3;
/// After so many silent name servers of zones, and no word of any, they all are believed to be out of reach: many providers let
/// a machine ask nobody but their own resolver.
const BELIEVED_SHUT: u32 = 12;
/// How often a resolver is asked.
const RESOLVER_TRIES: usize = 2;

/// The questions that a host may still cost.
pub(in crate::inspect) struct Budget(Cell<u32>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(MOST_QUESTIONS))
    }
}

impl Budget {
    fn spend(&self) -> Result<(), Trouble> {
        self.0.set(self.0.get().checked_sub(1).ok_or(Trouble::EXHAUSTED)?);
        Ok(())
    }
}

/// The name servers of the world, as far as this call has met them.
pub(super) struct Servers {
    sockets: Rc<Sockets>,
    limits: Limits,
    port: u16,
    resolvers: Vec<SocketAddr>,
    /// How often each was silent; `None`: it has spoken.
    silences: RefCell<HashMap<SocketAddr, Option<u32>>>,
    zones_spoke: Cell<bool>,
    zone_silences: Cell<u32>,
}

impl Servers {
    pub(super) fn new(sockets: Rc<Sockets>, limits: Limits, port: u16, resolvers: Vec<SocketAddr>) -> Self {
        Self {
            sockets,
            limits,
            port,
            resolvers,
            silences: RefCell::default(),
            zones_spoke: Cell::new(false),
            zone_silences: Cell::new(0),
        }
    }

    /// Whether it is worth while to ask the name servers of zones at all.
    pub(super) fn zones_are_in_reach(&self) -> bool {
        self.zones_spoke.get() || self.zone_silences.get() < BELIEVED_SHUT
    }

    /// Asks a name server of `zone`.
    pub(super) async fn ask_zone(
        &self,
        server: Checked,
        zone: &Name,
        question: &Question,
        budget: &Budget,
    ) -> Result<Reply, Trouble> {
        let server = SocketAddr::new(server.ip(), self.port);
        let answer = self.ask(server, question, Manner::Zone, budget).await;
        if answer.is_ok() {
            self.zones_spoke.set(true);
        }
        question.meaning(&answer?, Some(zone))
    }

    /// Asks the system's resolver, or the next one where it has nothing to say.
    pub(super) async fn ask_resolver(
        &self,
        question: &Question,
        manner: Manner,
        budget: &Budget,
    ) -> Result<Reply, Trouble> {
        let mut trouble = None;
        for attempt in 0..RESOLVER_TRIES.max(self.resolvers.len().min(3)) {
            let Some(&resolver) = self.resolvers.get(attempt % self.resolvers.len().max(1)) else {
                return Err(Trouble::Failed("no-resolver"));
            };
            if attempt >= self.resolvers.len() && trouble != Some(Trouble::Silence) {
                break;
            }
            let answer = self.ask(resolver, question, manner, budget).await;
            match answer.and_then(|message| question.meaning(&message, None)) {
                Ok(reply) => return Ok(reply),
                Err(next) => trouble = Some(trouble.map_or(next, |trouble: Trouble| trouble.or(next))),
            }
        }
        Err(trouble.unwrap_or(Trouble::Silence))
    }

    /// The time runs from when there is a place.
    async fn exchange(
        &self,
        server: SocketAddr,
        question: &Question,
        manner: Manner,
        limit: Duration,
    ) -> Result<Message, Trouble> {
        let _place = self.sockets.question().await.ok_or(Trouble::NO_SOCKET)?;
        exchange::ask(server, question, manner, limit).await
    }

    async fn ask(
        &self,
        server: SocketAddr,
        question: &Question,
        manner: Manner,
        budget: &Budget,
    ) -> Result<Message, Trouble> {
        if self.silences.borrow().get(&server).is_some_and(|n| n.is_some_and(|n| n >= BELIEVED_DEAD)) {
            return Err(Trouble::Silence);
        }
        budget.spend()?;
        let limit = match manner {
            Manner::Zone => self.limits.zone_question,
            Manner::Resolver | Manner::ResolverUnchecked => self.limits.resolver_question,
        };
        let answer = self.exchange(server, question, manner, limit).await;
        let mut silences = self.silences.borrow_mut();
        let known = silences.entry(server).or_insert(Some(0));
        match &answer {
            Err(Trouble::Silence) => {
                // Each silent server of a zone counts once.
                if manner == Manner::Zone && *known == Some(0) {
                    self.zone_silences.set(self.zone_silences.get().saturating_add(1));
                }
                *known = known.map(|n| n.saturating_add(1));
            }
            Err(trouble) if trouble.is_ours() => {}
            _ => *known = None,
        }
        answer
    }
}
