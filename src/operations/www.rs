//! What goes together of a host, `www` and a redirection.

use super::not_found::refused;
use crate::{
    api::{Host, Redirection},
    http::Error,
};

/// Refuses what would lead visitors to a name that nobody serves, or ask for a certificate for one that cannot be.
///
/// [`Redirection::NonWww`] without `www` is harmless, and RunCloud's own documentation has it: it takes effect when `www` is
/// served.
pub(super) fn check(host: &Host, www: bool, redirection: Redirection) -> Result<(), Error> {
    let name = host.as_str();
    if www && let Some(rest) = name.strip_prefix("*.") {
        return Err(refused(format!(
            "The wildcard \"{name}\" serves \"www.{rest}\" already, and \"www.{name}\" is no host name: pass it without www."
        )));
    }
    if www && let Some(rest) = name.strip_prefix("www.") {
        return Err(refused(format!(
            "\"{name}\" with www would be served as \"www.{name}\" too: pass it without www, or pass \"{rest}\" with www."
        )));
    }
    if !www && redirection == Redirection::Www {
        return Err(refused(format!(
            "A redirection from \"{name}\" to \"www.{name}\" leads nowhere unless www is served: pass www as well, or another redirection."
        )));
    }
    Ok(())
}
