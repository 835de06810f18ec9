//! Redirects, followed as Let's Encrypt follows them.

use std::{net::IpAddr, rc::Rc, sync::Arc};

use rustls::ClientConfig;
use tokio::time::{Instant, timeout_at};

use super::{
    request::{self, Response},
    target::{At, Port, Target},
};
use crate::inspect::{
    Hop, HttpLook,
    address::{Checked, Gate},
    dns::{Addresses, Asker, Budget},
    options::Limits,
    sockets::Sockets,
    world::Ports,
};

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;
/// The statuses that Let's Encrypt takes for a redirect to follow.
const REDIRECTS: [u16; 4] = [301, 302, 307, 308];

/// Makes the requests of one call.
pub(in crate::inspect) struct Follower {
    pub(in crate::inspect) asker: Rc<Asker>,
    pub(in crate::inspect) sockets: Rc<Sockets>,
    pub(in crate::inspect) gate: Rc<Gate>,
    pub(in crate::inspect) tls: Arc<ClientConfig>,
    pub(in crate::inspect) user_agent: String,
    pub(in crate::inspect) limits: Limits,
    pub(in crate::inspect) ports: Ports,
}

impl Follower {
    /// What plain HTTP serves for `path` at `host`, whose addresses are known.
    pub(in crate::inspect) async fn look(
        &self,
        (host, path): (&str, &str),
        addresses: &Addresses,
        budget: &Budget,
        deadline: Instant,
    ) -> HttpLook {
        let mut look = HttpLook { path: path.to_owned(), hops: Vec::new(), body: Vec::new() };
        let Some(first) = Target::first(host, path) else {
            look.hops.push(untried(path.to_owned(), "bad-path"));
            return look;
        };
        if timeout_at(deadline, self.follow(first, addresses, budget, &mut look)).await.is_err() {
            // The hop that was under way is the last one.
            match look.hops.last_mut().filter(|hop| hop.status.is_none() && hop.error.is_none()) {
                Some(hop) => hop.error = Some("deadline"),
                None => look.hops.push(untried(format!("http://{host}{path}"), "deadline")),
            }
        }
        look
    }

    async fn follow(&self, first: Target, addresses: &Addresses, budget: &Budget, look: &mut HttpLook) {
        let (mut target, mut addresses) = (first, addresses.clone());
        let mut seen = Vec::new();
        loop {
            seen.push(target.url.clone());
            let Some(response) = self.ask(&target, &addresses, look).await else { return };
            let next = match response.location {
                Some(location) if REDIRECTS.contains(&response.status) => target.redirect(&location),
                _ => {
                    look.body = response.body;
                    return;
                }
            };
            target = match next {
                Ok(next) if seen.contains(&next.url) => {
                    look.hops.push(untried(next.url.into(), "redirect-loop"));
                    return;
                }
                Ok(next) if seen.len() > MOST_REDIRECTS => {
                    look.hops.push(untried(next.url.into(), "too-many-redirects"));
                    return;
                }
                Ok(next) => next,
                Err((url, code)) => {
                    look.hops.push(untried(url, code));
                    return;
                }
            };
            // While its addresses are looked up the hop is under way.
            look.hops.push(Hop { url: target.url.to_string(), address: None, status: None, error: None });
            addresses = match &target.at {
                At::Name(name) => self.asker.addresses_of(name, budget).await,
                At::Address(ip) => self.only(*ip),
            };
            look.hops.pop();
        }
    }

    /// Asks at the first address, and where that cannot be connected to, at the first one of the other family: as Let's
    /// Encrypt does. `None`: there is no answer, the last hop says why.
    async fn ask(&self, target: &Target, addresses: &Addresses, look: &mut HttpLook) -> Option<Response> {
        let url = target.url.to_string();
        let port = match target.port {
            Port::Http => self.ports.http,
            Port::Https => self.ports.https,
        };
        if addresses.checked.is_empty() {
            let code = match addresses {
                Addresses { others, .. } if !others.is_empty() => "not-public",
                Addresses { unknown: true, .. } => "dns",
                _ => "no-address",
            };
            look.hops.push(untried(url, code));
            return None;
        }
        for address in first_of_each_family(&addresses.checked) {
            look.hops.push(Hop { url: url.clone(), address: Some(address.ip()), status: None, error: None });
            let connected = self.sockets.connect(address, port, self.limits.connect).await;
            let result = match connected {
                Ok(connection) => {
                    let limit = self.limits.answer;
                    request::get(connection, target, &self.user_agent, &self.tls, limit).await
                }
                Err(trouble) => Err(trouble.code()),
            };
            let hop = look.hops.last_mut()?;
            match result {
                Ok(response) => {
                    hop.status = Some(response.status);
                    return Some(response);
                }
                Err(code) => hop.error = Some(code),
            }
        }
        None
    }

    fn only(&self, ip: IpAddr) -> Addresses {
        let checked = self.gate.check(ip).into_iter().collect();
        Addresses { checked, others: vec![ip], unknown: false }
    }
}

fn untried(url: String, code: &'static str) -> Hop {
    Hop { url, address: None, status: None, error: Some(code) }
}

/// The first address of IPv6 and the first of IPv4.
fn first_of_each_family(addresses: &[Checked]) -> impl Iterator<Item = Checked> {
    let first = |is_v6: bool| addresses.iter().find(move |address| address.ip().is_ipv6() == is_v6).copied();
    first(true).into_iter().chain(first(false))
}
