//! What goes together of a host, `www` and a redirection.

use crate::{
    api::{Host, Redirection},
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
