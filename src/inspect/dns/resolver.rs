//! The system's resolver.

use std::net::SocketAddr;

const FILE: &str = "/etc/resolv.conf";
const PORT: u16 = 53;

/// The name servers that the system asks. None where it has no file that says so: then there is nobody to ask, and no
/// public resolver takes its place.
pub(super) fn of_the_system() -> Vec<SocketAddr> {
    let text = std::fs::read(FILE).unwrap_or_default();
    let servers = resolv_conf::Config::parse(&text).map(|config| config.nameservers).unwrap_or_default();
    let address = |server: &resolv_conf::ScopedIp| SocketAddr::new(server.clone().into(), PORT);
    servers.iter().map(address).collect()
}
