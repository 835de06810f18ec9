//! `RunCloud\HostInspection`.

use std::rc::Rc;

use super::{
    dns_answer::{self, DnsAnswer},
    http_answer::{self, HttpAnswer},
    tls_answer::{self, TlsAnswer},
};
use crate::{
    inspect::Inspection,
    php::value_class::{Kind, value_class},
};

/// What was seen of a host, as PHP sees it.
pub struct HostInspection {
    given: String,
    name: Option<String>,
    seen: Rc<Inspection>,
}

value_class!(HostInspection, "RunCloud\\HostInspection",
    "host": Kind::Text, false = |i| i.given.as_str();
    "name": Kind::Text, true = |i| i.name.as_deref();
    "error": Kind::Text, true = |i| i.seen.error;
    "zone": Kind::Text, true = |i| i.seen.dns.zone.as_deref();
    "nameServers": Kind::Texts, false = |i| i.seen.dns.name_servers.clone();
    "a": Kind::Object(&dns_answer::CLASS), false = |i| DnsAnswer(i.seen.dns.a.clone());
    "aaaa": Kind::Object(&dns_answer::CLASS), false = |i| DnsAnswer(i.seen.dns.aaaa.clone());
    "cname": Kind::Object(&dns_answer::CLASS), false = |i| DnsAnswer(i.seen.dns.cname.clone());
    "ns": Kind::Object(&dns_answer::CLASS), false = |i| DnsAnswer(i.seen.dns.ns.clone());
    "caa": Kind::Object(&dns_answer::CLASS), false = |i| DnsAnswer(i.seen.dns.caa.clone());
    "txt": Kind::Object(&dns_answer::CLASS), true = |i| i.seen.dns.txt.clone().map(DnsAnswer);
    "http": Kind::Objects(&http_answer::CLASS), false = |i| i.seen.http.iter().cloned().map(HttpAnswer).collect::<Vec<_>>();
    "tls": Kind::Objects(&tls_answer::CLASS), false = |i| i.seen.tls.iter().cloned().map(TlsAnswer).collect::<Vec<_>>();
);

impl HostInspection {
    pub(super) fn new(given: String, name: &str, seen: Rc<Inspection>) -> Self {
        let is_host = seen.error != Some("not-a-host");
        Self { given, name: is_host.then(|| name.to_owned()), seen }
    }
}
