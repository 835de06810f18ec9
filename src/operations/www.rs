//! What goes together of a host, `www` and a redirection.

use crate::{
    api::{Domain, Host, Redirection},
    http::{Error, Reason},
};

/// Refuses what would lead visitors to a name that nobody serves, or ask for a certificate for one that cannot be.
///
/// [`Redirection::NonWww`] without `www` is harmless, and RunCloud's own documentation has it: it takes effect when `www` is
/// served.
pub(super) fn check(host: &Host, www: bool, redirection: Redirection) -> Result<(), Error> {
    let name = host.as_str();
    let problem = match (www, redirection) {
        (true, _) if name.starts_with("*.") => "wildcard",
        (true, _) if name.starts_with("www.") => "www-twice",
        (false, Redirection::Www) => "redirection",
        _ => return Ok(()),
    };
    Err(Error::new(Reason::WwwInvalid).with("domain", name).with("problem", problem))
}

/// Which domain would have a name in common with `host`, by the `www` of one of the two.
pub(super) struct Overlap {
    name: Host,
    is_with_www: bool,
}

impl Overlap {
    /// None: no other domain can.
    pub(super) fn with(host: &Host, www: bool) -> Option<Self> {
        let (name, is_with_www) = match host.as_str().strip_prefix("www.") {
            Some(bare) => (bare.to_owned(), false),
            None if www => (format!("www.{host}"), true),
            None => return None,
        };
        Some(Self { name: Host::parse(&name).ok()?, is_with_www })
    }

    pub(super) fn is(&self, domain: &Domain) -> bool {
        (self.is_with_www || domain.www) && self.name.is(&domain.name)
    }
}
