//! Adds a domain.

use super::{list, not_found};
use crate::{
    api::{Domain, Host, Redirection, WebAppRef, domain::CreateDomain},
    http::{Error, ErrorKind, Session},
};

/// A domain that the web application has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// As the panel holds it.
    pub domain: Domain,
    /// Whether this very call is known to have created it.
    pub created: bool,
}

/// Adds `domain` as an alias of the web application: one request when all is well.
///
/// When the panel refuses the data (it may have the domain already) or the answer is lost (it may have been carried
/// out), the domains are read back: found is a success with `created: false`. A lost POST is sent again only after the
/// domain was not found.
///
/// # Errors
/// `InvalidDomain` before anything is sent; `Validation` when the panel refuses a domain that this web application does
/// not have, for instance because another one has it; all others of [`Session::send`].
pub fn add_domain(
    session: &Session<'_>,
    app: WebAppRef,
    domain: &str,
    www: bool,
    redirection: Redirection,
) -> Result<Added, Error> {
    let host = Host::parse(domain)?;
    not_found::explained(session, app, || {
        let create = CreateDomain { app, host: &host, www, redirection };
        let mut attempt = 1;
        loop {
            let error = match session.send(&create) {
                Ok(domain) => return Ok(Added { domain, created: true }),
                Err(e) if e.kind() == ErrorKind::Validation || e.is_answer_lost() => e,
                Err(e) => return Err(e),
            };
            if let Some(domain) = list::find(session, app, &host)? {
                return Ok(Added { domain, created: false });
            }
            if !error.is_answer_lost() {
                return Err(error.with("domain", host.as_str()));
            }
            if !session.sleep_before_resend(&error, attempt) {
                return Err(error.with_attempts(attempt));
            }
            attempt += 1;
        }
    })
}
