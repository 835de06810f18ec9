//! A question, and what an answer to it means.
//!
//! Nothing here talks to anybody: bytes in, meaning out.

use std::net::IpAddr;

use hickory_proto::{
    op::{Edns, Message, MessageType, Query, ResponseCode},
    rr::{Name, RData, Record, RecordType},
};

#[cfg(test)]
mod tests;

/// How many records of an answer are read; nobody needs more, and memory is bounded.
const MOST_RECORDS: usize = 32;
/// How many name servers of a zone are known.
const MOST_SERVERS: usize = 8;
/// How much of a text is kept.
const LONGEST_TEXT: usize = 1024;

/// What is asked of a name server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) name: Name,
    pub(crate) kind: RecordType,
}

/// How a name server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As a zone's own server, which answers for itself.
    Zone,
    /// As a resolver, which asks others and says whether DNSSEC holds.
    Resolver,
    /// As a resolver that does not check DNSSEC.
    ResolverUnchecked,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// The records, by way of these aliases. `secure`: DNSSEC holds, says the server.
    Found { records: Vec<RData>, aliases: Vec<Name>, secure: bool },
    /// There is no such name or no such record. `zone` is where the server says so.
    None { no_such_name: bool, aliases: Vec<Name>, zone: Option<Name>, secure: bool },
    /// The name is an alias, and the server does not say what of the last name.
    Alias { aliases: Vec<Name>, secure: bool },
    /// Others know: the zone, its name servers, and the addresses that came along.
    Referral { zone: Name, servers: Vec<Name>, glue: Vec<(Name, IpAddr)> },
}

/// Why nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The server refuses.
    Refused,
    /// The server fails, is not the one of its zone, or cannot be reached: a stable code.
    Failed(&'static str),
    /// Nothing came in time.
    Silence,
}

impl Trouble {
    /// Too many questions were asked for one host.
    pub(crate) const EXHAUSTED: Self = Self::Failed("too-many-questions");
    /// This process has no socket left.
    pub(crate) const NO_SOCKET: Self = Self::Failed("no-socket");

    /// Whether it is ours, and says nothing about a server.
    pub(crate) fn is_ours(self) -> bool {
        self == Self::EXHAUSTED || self == Self::NO_SOCKET
    }

    /// The one of two that says more. One of ours says that the other may not be so.
    pub(crate) fn or(self, other: Self) -> Self {
        let rank = |trouble: Self| match trouble {
            _ if trouble.is_ours() => 3,
            Self::Refused => 2,
            Self::Failed(_) => 1,
            Self::Silence => 0,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

impl Question {
    /// The bytes to send, and the id that the answer must have. Whether the server takes EDNS is not known: old ones do not.
    pub(crate) fn to_bytes(&self, manner: Manner, edns: bool) -> Option<(u16, Vec<u8>)> {
        let mut message = Message::query();
        message.add_query(Query::query(self.name.clone(), self.kind));
        message.metadata.recursion_desired = manner != Manner::Zone;
        // Asks for the same bit in the answer: whether DNSSEC holds (RFC 6840, 5.7).
        message.metadata.authentic_data = manner == Manner::Resolver;
        message.metadata.checking_disabled = manner == Manner::ResolverUnchecked;
        if edns {
            message.set_edns(Edns::new());
        }
        Some((message.metadata.id, message.to_vec().ok()?))
    }

    /// The message, if it is an answer to this question and no other.
    pub(crate) fn answered_by(&self, bytes: &[u8]) -> Option<Message> {
        let message = Message::from_vec(bytes).ok()?;
        let is_ours = message.metadata.message_type == MessageType::Response
            && match message.queries.as_slice() {
                [query] => query.name() == &self.name && query.query_type() == self.kind,
                // Some refuse without repeating the question.
                [] => message.metadata.response_code != ResponseCode::NoError,
                _ => false,
            };
        is_ours.then_some(message)
    }

    /// What the message means, said by a server of `zone`, or by a resolver where that is `None`.
    pub(crate) fn meaning(&self, message: &Message, zone: Option<&Name>) -> Result<Reply, Trouble> {
        match message.metadata.response_code {
            ResponseCode::NoError | ResponseCode::NXDomain => {}
            ResponseCode::Refused => return Err(Trouble::Refused),
            ResponseCode::ServFail => return Err(Trouble::Failed("server-failure")),
            _ => return Err(Trouble::Failed("error-code")),
        }
        let secure = message.metadata.authentic_data;
        let mut aliases = Vec::new();
        let mut last = &self.name;
        // In this order a chain of any length ends: each round uses an alias, and no name comes twice.
        while self.kind != RecordType::CNAME
            && let Some(target) = alias_of(last, &message.answers)
            && aliases.len() < MOST_RECORDS
            && target != &self.name
            && !aliases.contains(target)
        {
            aliases.push(target.clone());
            last = target;
        }
        // What a zone's server says about names of other zones is not its to say.
        if zone.is_some_and(|zone| !zone.zone_of(last)) {
            return Ok(Reply::Alias { aliases, secure });
        }
        let records: Vec<RData> = message
            .answers
            .iter()
            .filter(|record| &record.name == last && record.record_type() == self.kind)
            .map(|record| record.data.clone())
            .take(MOST_RECORDS)
            .collect();
        if !records.is_empty() {
            return Ok(Reply::Found { records, aliases, secure });
        }
        let soa = message.authorities.iter().find(|record| record.record_type() == RecordType::SOA);
        let soa = soa.map(|record| record.name.clone()).filter(|zone| zone.zone_of(last));
        if message.metadata.response_code == ResponseCode::NXDomain {
            return Ok(Reply::None { no_such_name: true, aliases, zone: soa, secure });
        }
        if let Some(referral) = self.referral(message, zone).filter(|_| aliases.is_empty() && soa.is_none()) {
            return Ok(referral);
        }
        if !aliases.is_empty() && soa.is_none() {
            return Ok(Reply::Alias { aliases, secure });
        }
        // A server that says nothing and does not stand for the zone is not its server.
        if zone.is_some() && !message.metadata.authoritative && soa.is_none() {
            return Err(Trouble::Failed("lame"));
        }
        Ok(Reply::None { no_such_name: false, aliases, zone: soa, secure })
    }

    /// Who knows, if the message says only that: the servers of a zone below this one in which the name lies.
    fn referral(&self, message: &Message, zone: Option<&Name>) -> Option<Reply> {
        let is_below = |owner: &Name| zone.is_some_and(|zone| zone.zone_of(owner) && zone != owner);
        let of = message.authorities.iter().find(|record| {
            record.record_type() == RecordType::NS
                && record.name.zone_of(&self.name)
                && is_below(&record.name)
        })?;
        let below = of.name.clone();
        let servers = names(message.authorities.iter().filter(|record| record.name == below));
        let glue = message.additionals.iter().filter(|record| servers.contains(&record.name));
        let glue = glue.filter_map(|record| Some((record.name.clone(), record.data.ip_addr()?)));
        let glue = glue.take(2 * MOST_SERVERS).collect();
        Some(Reply::Referral { zone: below, servers, glue })
    }
}

/// What `name` is an alias of.
fn alias_of<'m>(name: &Name, answers: &'m [Record]) -> Option<&'m Name> {
    answers.iter().filter(|record| &record.name == name).find_map(|record| match &record.data {
        RData::CNAME(target) => Some(&target.0),
        _ => None,
    })
}

/// The names of name servers in these records.
fn names<'m>(records: impl Iterator<Item = &'m Record>) -> Vec<Name> {
    servers_of(records.map(|record| &record.data))
}

/// The names of name servers in these data.
pub(crate) fn servers_of<'m>(data: impl Iterator<Item = &'m RData>) -> Vec<Name> {
    let name = |data: &RData| match data {
        RData::NS(server) => Some(server.0.clone()),
        _ => None,
    };
    data.filter_map(name).take(MOST_SERVERS).collect()
}

/// The record as a zone file has it, without the last full stop of a name.
pub(crate) fn text_of(data: &RData) -> Vec<u8> {
    match data {
        RData::CNAME(name) => bare(&name.0).into_bytes(),
        RData::NS(name) => bare(&name.0).into_bytes(),
        RData::TXT(text) => text.txt_data.iter().flatten().copied().take(LONGEST_TEXT).collect(),
        RData::CAA(caa) => {
            let mut text = format!("{} {} \"", caa.flags(), caa.tag.to_ascii_lowercase()).into_bytes();
            text.extend(caa.value.iter().take(LONGEST_TEXT));
            text.push(b'"');
            text
        }
        other => other.to_string().into_bytes(),
    }
}

/// A text as UTF-8: what is not is replaced, and it is no longer than any text that is kept.
pub(crate) fn readable(text: &[u8]) -> String {
    let mut readable = String::from_utf8_lossy(text).into_owned();
    let end = (0..=LONGEST_TEXT.min(readable.len())).rev().find(|&at| readable.is_char_boundary(at));
    readable.truncate(end.unwrap_or_default());
    readable
}

/// A name in lower case without its last full stop.
pub(crate) fn bare(name: &Name) -> String {
    let mut text = name.to_ascii().to_ascii_lowercase();
    if text.len() > 1 && text.ends_with('.') {
        text.pop();
    }
    text
}

/// Reads what comes from a name server as an answer to its own question, said by a resolver and by servers of the zones
/// that the name lies in: whether everything that is kept of it is bounded.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn is_bounded(bytes: &[u8]) -> bool {
    let Ok(message) = Message::from_vec(bytes) else { return true };
    let Some(query) = message.queries.first() else { return true };
    let question = Question { name: query.name().clone(), kind: query.query_type() };
    let _ = question.answered_by(bytes);
    let above = std::iter::successors(Some(question.name.clone()), |name| {
        Some(name.base_name()).filter(|_| !name.is_root())
    });
    let mut said =
        above.map(Some).chain([None]).filter_map(|zone| question.meaning(&message, zone.as_ref()).ok());
    said.all(|reply| match reply {
        Reply::Found { records, aliases, .. } => {
            records.len() <= MOST_RECORDS
                && aliases.len() <= MOST_RECORDS
                && records.iter().all(|record| is_bounded_text(record, &text_of(record)))
                && servers_of(records.iter()).len() <= MOST_SERVERS
        }
        Reply::None { aliases, .. } | Reply::Alias { aliases, .. } => {
            aliases.len() <= MOST_RECORDS && aliases.iter().map(bare).all(|name| name.len() < 1100)
        }
        Reply::Referral { servers, glue, .. } => {
            servers.len() <= MOST_SERVERS && glue.len() <= 2 * MOST_SERVERS
        }
    })
}

/// Kinds of records that are not asked for have any text.
#[cfg(any(test, feature = "fuzzing"))]
fn is_bounded_text(record: &RData, text: &[u8]) -> bool {
    use RecordType::{A, AAAA, CAA, CNAME, NS, TXT};
    if record.record_type() == TXT && readable(text).len() > LONGEST_TEXT {
        return false;
    }
    ![A, AAAA, CAA, CNAME, NS, TXT].contains(&record.record_type()) || text.len() < 2 * LONGEST_TEXT
}
