//! What is looked at, and how long.

use std::{net::IpAddr, sync::Arc, time::Duration};

use rustls::RootCertStore;

use super::world::World;

/// What is looked at, and how long.
#[derive(Clone, Debug)]
pub struct Options {
    /// The paths that plain HTTP is asked for, each with its first slash.
    pub probe_paths: Vec<String>,
    /// Addresses of the server itself, at which TLS is looked at too. They may be other than public.
    pub server_addresses: Vec<IpAddr>,
    /// The labels before the host that texts are read from, such as `_acme-challenge`.
    pub txt_prefix: Option<String>,
    /// When everything must be over, from the start of the call.
    pub deadline: Duration,
    /// How many hosts are looked at at once.
    pub concurrency: usize,
    /// What HTTP calls us.
    pub user_agent: String,
    /// The authorities that are trusted.
    pub roots: Arc<RootCertStore>,
    /// How long each part may take.
    pub limits: Limits,
    /// What only tests change.
    pub world: World,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            probe_paths: Vec::new(),
            server_addresses: Vec::new(),
            txt_prefix: None,
            deadline: Duration::from_secs(15),
            concurrency: 64,
            user_agent: "Mozilla/5.0 (compatible; inspect)".into(),
            roots: Arc::new(RootCertStore::empty()),
            limits: Limits::default(),
            world: World::default(),
        }
    }
}

/// How long each part of a look may take, so that no host spends the time of the others.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One question to one name server of a zone.
    pub zone_question: Duration,
    /// One question to the system's resolver, which may have to ask others.
    pub resolver_question: Duration,
    /// Until a connection is there.
    pub connect: Duration,
    /// From there until TLS has shown a certificate, or HTTP has answered.
    pub answer: Duration,
    /// After this time a host leaves its place to the next one, and goes on beside it.
    pub slow: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            zone_question: Duration::from_millis(1200),
            resolver_question: Duration::from_millis(2500),
            connect: Duration::from_secs(4),
            answer: Duration::from_secs(5),
            slow: Duration::from_millis(1500),
        }
    }
}
