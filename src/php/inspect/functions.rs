//! The functions in the namespace `RunCloud`.

use std::{collections::HashMap, rc::Rc, time::Duration};

use ext_php_rs::{builders::FunctionBuilder, prelude::*};

use super::{
    answers::Answers,
    arguments::{Addresses, AtOnce, Hosts, Names, Paths, Prefix, Seconds},
    dns_answer::DnsAnswer,
    host_inspection::HostInspection,
    setting,
};
use crate::{
    api::Host,
    http::{Error, Reason},
    inspect::{self, Answer, Inspection, Options, before_host, inspect, suffix},
    php::arguments::Text,
};

/// The functions, for the module's registration.
pub fn all() -> [FunctionBuilder<'static>; 4] {
    [
        wrap_function!(inspect_hosts),
        wrap_function!(lookup_txt),
        wrap_function!(normalize_host),
        wrap_function!(registrable_domain),
    ]
}

#[php_function]
#[php(name = "RunCloud\\normalize_host")]
pub fn normalize_host(host: Text) -> PhpResult<String> {
    Ok(Host::parse(&host.0).map_err(Error::from)?.to_string())
}

#[php_function]
#[php(name = "RunCloud\\registrable_domain")]
pub fn registrable_domain(host: Text) -> Option<String> {
    let host = Host::parse(&host.0).ok()?;
    let name = host.as_str().strip_prefix("*.").unwrap_or(host.as_str());
    suffix::registrable_domain(name).map(str::to_owned)
}

#[php_function]
#[php(name = "RunCloud\\inspect_hosts")]
#[php(defaults(probePaths = [], serverAddresses = [], deadline = 15.0, concurrency = 64usize))]
pub fn inspect_hosts(
    hosts: Hosts,
    probePaths: Paths,
    serverAddresses: Addresses,
    txtPrefix: Option<Prefix>,
    deadline: Seconds,
    concurrency: AtOnce,
) -> PhpResult<Vec<HostInspection>> {
    let options = Options {
        probe_paths: probePaths.0,
        server_addresses: serverAddresses.0,
        txt_prefix: txtPrefix.map(|prefix| prefix.0),
        deadline: Duration::from_secs_f64(deadline.0),
        concurrency: concurrency.0,
        ..setting::options()?
    };
    let names: Vec<String> = hosts.0.iter().map(|given| name_of(given)).collect();
    let seen: Vec<Rc<Inspection>> = inspect(&names, &options).map_err(|error| no_descriptor(&error))?;
    // Those that were given in several forms share what was seen.
    let by_name: HashMap<&str, &Rc<Inspection>> = names.iter().map(String::as_str).zip(&seen).collect();
    let inspections = hosts.0.into_iter().zip(&names).filter_map(|(given, name)| {
        by_name.get(name.as_str()).map(|seen| HostInspection::new(given, name, Rc::clone(seen)))
    });
    Ok(inspections.collect())
}

#[php_function]
#[php(name = "RunCloud\\lookup_txt")]
#[php(defaults(deadline = 5.0))]
pub fn lookup_txt(names: Names, deadline: Seconds) -> PhpResult<Answers> {
    let options = Options {
        deadline: Duration::from_secs_f64(deadline.0),
        world: setting::world()?,
        ..Options::default()
    };
    let normal: Vec<String> = names.0.iter().map(|given| text_name_of(given)).collect();
    let said: Vec<Rc<Answer>> =
        inspect::lookup_txt(&normal, &options).map_err(|error| no_descriptor(&error))?;
    let answers = names.0.into_iter().zip(said);
    Ok(Answers(answers.map(|(given, answer)| (given, DnsAnswer(Answer::clone(&answer)))).collect()))
}

fn no_descriptor(error: &std::io::Error) -> Error {
    Error::new(Reason::OutOfFileDescriptors).with_cause(error.to_string())
}

/// The name in the one form that it has; nothing where there is no host in it.
fn text_name_of(given: &[u8]) -> String {
    let (before, host) = std::str::from_utf8(given).map_or(("", ""), before_host);
    match name_of(host) {
        host if host.is_empty() => host,
        host => before.to_ascii_lowercase() + &host,
    }
}

/// The host in the one form that it has; nothing where it cannot be a host.
fn name_of(given: &str) -> String {
    Host::parse(given).map_or_else(|_| String::new(), |host| host.to_string())
}
