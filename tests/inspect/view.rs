//! Looking at the small world.

use std::{net::IpAddr, rc::Rc, sync::Arc, time::Duration};

use runcloud::inspect::{Answer, Inspection, Limits, Options, Ports, World as Settings, inspect, lookup_txt};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use serde_json::Value;
use small_world::{ELSEWHERE, FULL, HERE, NAME_SERVERS, RESOLVER, World};

/// A world as planned.
pub(crate) fn world(plan: Value) -> World {
    World::begin(serde_json::from_value(plan).unwrap()).unwrap()
}

/// As an administrator would look at it: everybody in it may be talked to, but for the neighbours.
pub(crate) fn options(world: &World) -> Options {
    let ports = world.ports();
    let name_servers = (1..=NAME_SERVERS).map(|n| IpAddr::from([127, 0, 1, n]));
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(world.authority().as_bytes()).unwrap()).unwrap();
    Options {
        deadline: Duration::from_secs(30),
        roots: Arc::new(roots),
        limits: Limits {
            zone_question: Duration::from_secs(1),
            resolver_question: Duration::from_secs(1),
            connect: Duration::from_secs(1),
            answer: Duration::from_secs(1),
            slow: Duration::from_millis(200),
        },
        world: Settings {
            resolvers: vec![(RESOLVER, ports.dns).into()],
            allowed: [HERE, ELSEWHERE, FULL].map(IpAddr::from).into_iter().chain(name_servers).collect(),
            ports: Ports { dns: ports.dns, http: ports.http, https: ports.https },
            roots: None,
        },
        ..Options::default()
    }
}

/// Looks at one host.
pub(crate) fn look(host: &str, options: &Options) -> Rc<Inspection> {
    look_at(&[host], options).remove(0)
}

/// Looks at several.
pub(crate) fn look_at(hosts: &[&str], options: &Options) -> Vec<Rc<Inspection>> {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    inspect(&hosts, options).unwrap()
}

/// The answers about the texts of several names, in short.
pub(crate) fn texts(names: &[&str], options: &Options) -> Vec<String> {
    text_answers(names, options).iter().map(|answer| short(answer)).collect()
}

/// The answers about the texts of several names.
pub(crate) fn text_answers(names: &[&str], options: &Options) -> Vec<Rc<Answer>> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    lookup_txt(&names, options).unwrap()
}

/// An answer in short: its outcome, then its records or what more is said of it.
pub(crate) fn short(answer: &Answer) -> String {
    let records: Vec<_> = answer.records.iter().map(|record| String::from_utf8_lossy(record)).collect();
    let more =
        if records.is_empty() { answer.detail.unwrap_or_default().to_owned() } else { records.join(", ") };
    format!("{} {more}", answer.outcome.code())
}

/// The six answers in short, by the kinds.
pub(crate) fn answers(inspection: &Inspection) -> [(&'static str, String); 6] {
    let dns = &inspection.dns;
    [
        ("A", short(&dns.a)),
        ("AAAA", short(&dns.aaaa)),
        ("CNAME", short(&dns.cname)),
        ("NS", short(&dns.ns)),
        ("CAA", short(&dns.caa)),
        ("TXT", dns.txt.as_ref().map(short).unwrap_or_default()),
    ]
}
