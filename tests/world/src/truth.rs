//! What is true in the world, as a resolver says it and as a zone's own server does.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::PoisonError,
};

use hickory_proto::{
    op::{Edns, Message, MessageType, OpCode, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, AAAA, CAA, CNAME, NS, SOA, TXT},
    },
};

use crate::{RESOLVER, Shared};

/// What a resolver says: everything that it finds, and whether it is authentic.
pub(crate) fn as_resolver(shared: &Shared, request: &Message) -> Message {
    let mut message = with_code(request, ResponseCode::NoError);
    message.metadata.recursion_available = true;
    let Some(query) = request.queries.first() else { return message };
    let (mut at, kind) = (bare(query.name()), query.query_type());
    // An alias, and what is behind it.
    for _ in 0..10 {
        let found = records(shared, RESOLVER.into(), &at, kind);
        if !found.is_empty() || kind == RecordType::CNAME {
            message.answers.extend(found);
            break;
        }
        let alias = records(shared, RESOLVER.into(), &at, RecordType::CNAME);
        let Some(RData::CNAME(target)) = alias.first().map(|record| record.data.clone()) else { break };
        message.answers.extend(alias);
        at = bare(&target.0);
    }
    let zone = zone_of(shared, &at);
    if message.answers.iter().all(|record| record.record_type() != kind) {
        message.authorities.push(soa(zone.as_deref().unwrap_or(".")));
        if !exists(shared, &at) {
            message.metadata.response_code = ResponseCode::NXDomain;
        }
    }
    let is_signed = zone.is_some_and(|zone| shared.plan().zones.get(&zone).is_some_and(|zone| zone.signed));
    message.metadata.authentic_data = is_signed && request.metadata.authentic_data;
    message
}

/// What a zone's own server says: it knows its zones and who knows those below.
pub(crate) fn as_zone(shared: &Shared, here: IpAddr, request: &Message) -> Message {
    let mut message = with_code(request, ResponseCode::Refused);
    let Some(query) = request.queries.first() else { return message };
    let (name, kind) = (bare(query.name()), query.query_type());
    let is_here = |zone: &str| match shared.plan().zones.get(zone) {
        Some(zone) => !zone.lame && zone.servers.iter().any(|server| IpAddr::V4(*server) == here),
        None => shared.plan().everything.is_some(),
    };
    // The zones that the name lies in, the deepest first, down from the one that is here.
    let above = |zone: &String| zone.split_once('.').and_then(|(_, above)| zone_of(shared, above));
    let zones: Vec<String> = std::iter::successors(zone_of(shared, &name), above).collect();
    let Some(own) = zones.iter().position(|zone| is_here(zone)) else { return message };
    let Some(zone) = zones.get(own) else { return message };
    if let Some(below) = own.checked_sub(1).and_then(|below| zones.get(below)) {
        message.metadata.response_code = ResponseCode::NoError;
        message.authorities = records(shared, here, below, RecordType::NS);
        for record in &message.authorities {
            if let RData::NS(server) = &record.data {
                message.additionals.extend(records(shared, here, &bare(&server.0), RecordType::A));
            }
        }
        return message;
    }
    message.metadata.response_code = ResponseCode::NoError;
    message.metadata.authoritative = true;
    message.answers = records(shared, here, &name, kind);
    if message.answers.is_empty() {
        message.answers = records(shared, here, &name, RecordType::CNAME);
    }
    if message.answers.is_empty() {
        message.authorities.push(soa(zone));
        if !exists(shared, &name) {
            message.metadata.response_code = ResponseCode::NXDomain;
        }
    }
    message
}

/// The deepest zone that has the name in it.
fn zone_of(shared: &Shared, name: &str) -> Option<String> {
    if shared.plan().everything.is_some() && name.contains('.') {
        return Some(name.to_owned());
    }
    let ancestors = std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, above)| above));
    ancestors.map(str::to_owned).find(|name| shared.plan().zones.contains_key(name))
}

fn exists(shared: &Shared, name: &str) -> bool {
    let plan = shared.plan();
    plan.zones.contains_key(name)
        || plan.records.keys().any(|key| {
            key.split(' ').next().is_some_and(|owner| owner == name || owner.ends_with(&format!(".{name}")))
        })
}

fn records(shared: &Shared, here: IpAddr, name: &str, kind: RecordType) -> Vec<Record> {
    let plan = shared.plan();
    let key = format!("{name} {kind}");
    if let Some(address) = plan.everything {
        let data = match kind {
            RecordType::A if name.starts_with("ns1.") => Some(RData::A(A(Ipv4Addr::new(127, 0, 1, 1)))),
            RecordType::A => Some(RData::A(A(address))),
            RecordType::NS if name.contains('.') => read("ns1.world.example", kind),
            _ => None,
        };
        return data.map(|data| record(name, data)).into_iter().collect();
    }
    let times = {
        let mut asked = plan.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let times = asked.entry(format!("{here} {key}")).or_default();
        *times += 1;
        *times
    };
    let texts = match plan.later.get(&key).filter(|_| times > 1).or_else(|| plan.records.get(&key)) {
        Some(texts) => texts.clone(),
        None => of_zone(shared, name, kind),
    };
    texts.iter().filter_map(|text| read(text, kind)).map(|data| record(name, data)).collect()
}

/// The name servers of a zone, and their addresses.
fn of_zone(shared: &Shared, name: &str, kind: RecordType) -> Vec<String> {
    let plan = shared.plan();
    let zones = &plan.zones;
    match kind {
        RecordType::NS => zones.get(name).map_or(Vec::new(), |zone| {
            (1..=zone.servers.len()).map(|number| format!("ns{number}.{name}")).collect()
        }),
        RecordType::A => {
            let server = name.strip_prefix("ns").and_then(|rest| rest.split_once('.'));
            let server = server.and_then(|(number, zone)| {
                zones.get(zone)?.servers.get(number.parse::<usize>().ok()?.checked_sub(1)?)
            });
            server.map(ToString::to_string).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn record(name: &str, data: RData) -> Record {
    Record::from_rdata(fqdn(name), 60, data)
}

fn read(text: &str, kind: RecordType) -> Option<RData> {
    Some(match kind {
        RecordType::A => RData::A(A(text.parse().ok()?)),
        RecordType::AAAA => RData::AAAA(AAAA(text.parse().ok()?)),
        RecordType::CNAME => RData::CNAME(CNAME(fqdn(text))),
        RecordType::NS => RData::NS(NS(fqdn(text))),
        RecordType::TXT => RData::TXT(TXT::from_bytes(strings(text)?.iter().map(Vec::as_slice).collect())),
        RecordType::CAA => {
            let issuer = text.strip_prefix("0 issue ")?;
            RData::CAA(CAA::new_issue(
                false,
                Name::from_ascii(issuer).ok().filter(|_| issuer != ";"),
                Vec::new(),
            ))
        }
        _ => return None,
    })
}

/// The strings of a text: as a zone file has them in quotation marks, with `\\"` and `\\DDD` for other bytes; or else as many as it takes.
fn strings(text: &str) -> Option<Vec<Vec<u8>>> {
    if !text.starts_with('"') {
        return Some(text.as_bytes().chunks(255).map(<[u8]>::to_vec).collect());
    }
    let (mut all, mut rest) = (Vec::new(), text.as_bytes());
    while let [b'"', inside @ ..] = rest.trim_ascii_start() {
        let mut string = Vec::new();
        rest = inside;
        rest = loop {
            match rest {
                [b'"', after @ ..] => break after,
                [b'\\', a @ b'0'..=b'9', b, c, after @ ..] => {
                    let number = [*a, *b, *c].map(char::from).iter().collect::<String>();
                    string.push(number.parse().ok()?);
                    rest = after;
                }
                [b'\\', byte, after @ ..] | [byte, after @ ..] => {
                    string.push(*byte);
                    rest = after;
                }
                [] => return None,
            }
        };
        all.push(string);
    }
    Some(all)
}

fn soa(zone: &str) -> Record {
    let zone = fqdn(zone);
    let data = SOA::new(zone.clone(), zone.clone(), 1, 3600, 600, 86400, 60);
    Record::from_rdata(zone, 60, RData::SOA(data))
}

fn fqdn(name: &str) -> Name {
    Name::from_ascii(format!("{}.", name.trim_end_matches('.'))).unwrap_or_default()
}

pub(crate) fn bare(name: &Name) -> String {
    name.to_ascii().to_ascii_lowercase().trim_end_matches('.').to_owned()
}

pub(crate) fn with_code(request: &Message, code: ResponseCode) -> Message {
    let mut message = Message::new(request.metadata.id, MessageType::Response, OpCode::Query);
    message.metadata.response_code = code;
    message.metadata.recursion_desired = request.metadata.recursion_desired;
    message.queries.clone_from(&request.queries);
    if request.edns.is_some() && code != ResponseCode::FormErr {
        message.set_edns(Edns::new());
    }
    message
}
