//! The functions in the namespace `RunCloud`.

use std::{collections::HashMap, rc::Rc, time::Duration};

use ext_php_rs::{builders::FunctionBuilder, prelude::*};

use super::{
    arguments::{Addresses, AtOnce, Hosts, Paths, Prefix, Seconds},
    host_inspection::HostInspection,
    setting,
};
use crate::{
    api::Host,
    http::{Error, Reason},
    inspect::{Inspection, Options, inspect, suffix},
    php::arguments::Text,
};

/// The functions, for the module's registration.
pub fn all() -> [FunctionBuilder<'static>; 3] {
    [wrap_function!(inspect_hosts), wrap_function!(normalize_host), wrap_function!(registrable_domain)]
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
    let seen: Vec<Rc<Inspection>> = inspect(&names, &options)
        .map_err(|error| Error::new(Reason::OutOfFileDescriptors).with_cause(error.to_string()))?;
    // Those that were given in several forms share what was seen.
    let by_name: HashMap<&str, &Rc<Inspection>> = names.iter().map(String::as_str).zip(&seen).collect();
    let inspections = hosts.0.into_iter().zip(&names).filter_map(|(given, name)| {
        by_name.get(name.as_str()).map(|seen| HostInspection::new(given, name, Rc::clone(seen)))
    });
    Ok(inspections.collect())
}

/// The host in the one form that it has; nothing where it cannot be a host.
fn name_of(given: &str) -> String {
    Host::parse(given).map_or_else(|_| String::new(), |host| host.to_string())
}
