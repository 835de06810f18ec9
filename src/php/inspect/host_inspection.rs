//! `RunCloud\HostInspection`.

use std::rc::Rc;

use ext_php_rs::{convert::IntoZval, flags::DataType};

use super::{dns_answer::DnsAnswer, http_answer::HttpAnswer, tls_answer::TlsAnswer};
use crate::{inspect::Inspection, php::value_class::value_class};

/// What was seen of a host, as PHP sees it.
pub struct HostInspection {
    given: String,
    name: Option<String>,
    seen: Rc<Inspection>,
}

value_class!(HostInspection, "RunCloud\\HostInspection",
    "host": DataType::String, false = |i| i.given.as_str();
    "name": DataType::String, true = |i| i.name.as_deref();
    "error": DataType::String, true = |i| i.seen.error;
    "zone": DataType::String, true = |i| i.seen.dns.zone.as_deref();
    "nameServers": DataType::Array, false = |i| i.seen.dns.name_servers.clone();
    "a": DnsAnswer::TYPE, false = |i| DnsAnswer(i.seen.dns.a.clone());
    "aaaa": DnsAnswer::TYPE, false = |i| DnsAnswer(i.seen.dns.aaaa.clone());
    "cname": DnsAnswer::TYPE, false = |i| DnsAnswer(i.seen.dns.cname.clone());
    "ns": DnsAnswer::TYPE, false = |i| DnsAnswer(i.seen.dns.ns.clone());
    "caa": DnsAnswer::TYPE, false = |i| DnsAnswer(i.seen.dns.caa.clone());
    "txt": DnsAnswer::TYPE, true = |i| i.seen.dns.txt.clone().map(DnsAnswer);
    "http": DataType::Array, false = |i| i.seen.http.iter().cloned().map(HttpAnswer).collect::<Vec<_>>();
    "tls": DataType::Array, false = |i| i.seen.tls.iter().cloned().map(TlsAnswer).collect::<Vec<_>>();
);

impl HostInspection {
    pub(super) fn new(given: String, name: &str, seen: Rc<Inspection>) -> Self {
        let is_host = seen.error != Some("not-a-host");
        Self { given, name: is_host.then(|| name.to_owned()), seen }
    }
}
