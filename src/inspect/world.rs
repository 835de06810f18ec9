//! The world that is looked at. Only tests have another one than everybody.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// The ports and name servers of the world. Tests build a small one on loopback.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// The resolvers to ask in place of the system's.
    pub resolvers: Vec<SocketAddr>,
    /// Addresses that may be talked to although they are not public.
    pub allowed: Vec<IpAddr>,
    /// The ports in place of 53, 80 and 443.
    pub ports: Ports,
    /// A PEM file with authorities that are trusted too.
    pub roots: Option<PathBuf>,
}

/// The ports in place of 53, 80 and 443.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// Name servers.
    pub dns: u16,
    /// Plain HTTP.
    pub http: u16,
    /// TLS.
    pub https: u16,
}

impl Default for Ports {
    fn default() -> Self {
        Self { dns: 53, http: 80, https: 443 }
    }
}

impl World {
    /// Reads a world as a setting has it: `resolvers=127.0.0.53:5353 allowed=127.0.0.1,127.0.0.2 dns=5353 http=8080
    /// https=8443 roots=/path/ca.pem`, of which each part may be left out.
    ///
    /// # Errors
    /// The part that cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut world = Self::default();
        for part in text.split_ascii_whitespace() {
            let wrong = || part.chars().take(80).collect::<String>();
            let (key, value) = part.split_once('=').ok_or_else(wrong)?;
            let port = || value.parse().map_err(|_| wrong());
            match key {
                "resolvers" => world.resolvers = list(value).ok_or_else(wrong)?,
                "allowed" => world.allowed = list(value).ok_or_else(wrong)?,
                "dns" => world.ports.dns = port()?,
                "http" => world.ports.http = port()?,
                "https" => world.ports.https = port()?,
                "roots" if value.starts_with('/') => world.roots = Some(value.into()),
                _ => return Err(wrong()),
            }
        }
        Ok(world)
    }
}

fn list<T: std::str::FromStr>(text: &str) -> Option<Vec<T>> {
    text.split(',').map(|item| item.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Ports, World};

    #[test]
    fn a_world_is_read_as_a_setting_has_it() {
        assert_eq!(World::read(""), Ok(World::default()));
        let text = "resolvers=127.0.0.53:5353 allowed=127.0.0.1,::1 dns=1 http=2 https=3 roots=/a/ca.pem";
        let world = World {
            resolvers: vec!["127.0.0.53:5353".parse().unwrap()],
            allowed: vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()],
            ports: Ports { dns: 1, http: 2, https: 3 },
            roots: Some("/a/ca.pem".into()),
        };
        assert_eq!(World::read(text), Ok(world));
        for wrong in [
            "dns",
            "dns=x",
            "dns=65536",
            "other=1",
            "allowed=127.0.0.1,",
            "resolvers=127.0.0.1",
            "roots=ca.pem",
        ] {
            assert_eq!(World::read(wrong), Err(wrong.to_owned()));
        }
    }
}
