//! Removes a domain.

use super::{list, not_found};
use crate::{
    api::{
        Domain, DomainType, Host, WebAppRef,
        domain::{DeleteDomain, GetDomain},
    },
    http::{Error, ErrorKind, Reason, Session},
};

/// Removes `domain`; whether this call removed it, rather than that it was gone already.
///
/// With `domain_id` two requests, whatever the number of domains; without it, or when that id is gone, pages are read
/// until the name is found.
///
/// # Errors
/// `InvalidDomain` when `domain_id` is another domain or `domain` is the primary one: nothing was removed. All others of
/// [`Session::send`].
pub fn remove_domain(
    session: &Session<'_>,
    app: WebAppRef,
    domain: &str,
    domain_id: Option<u64>,
) -> Result<bool, Error> {
    let host = Host::parse(domain)?;
    not_found::explained(session, app, || {
        let Some(domain) = look_up(session, app, &host, domain_id)? else { return Ok(false) };
        if domain.kind == DomainType::Primary {
            let error = Error::new(Reason::DomainPrimary).with("domain", host.as_str());
            return Err(error.with("web_app_id", app.web_app_id));
        }
        match session.send(&DeleteDomain { app, domain_id: domain.id }) {
            Ok(_) => Ok(true),
            // Gone at a further try: the lost first one removed it.
            Err(e) if e.kind() == ErrorKind::NotFound && e.attempts() > 1 => Ok(true),
            Err(e) if e.kind() == ErrorKind::NotFound => confirm_gone(session, app, &domain, e),
            Err(e) => Err(e),
        }
    })
}

/// The removal's first try says that the domain is not there, which was there a moment ago: someone else removed it, or
/// the 404 is not the panel's.
fn confirm_gone(session: &Session<'_>, app: WebAppRef, domain: &Domain, said: Error) -> Result<bool, Error> {
    match session.send(&GetDomain { app, domain_id: domain.id }) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
        Ok(_) => Err(said
            .because(Reason::DomainContradictory)
            .with("domain", domain.name.escape_debug().to_string())),
    }
}

fn look_up(
    session: &Session<'_>,
    app: WebAppRef,
    host: &Host,
    id: Option<u64>,
) -> Result<Option<Domain>, Error> {
    let Some(domain_id) = id else { return list::find(session, app, host) };
    match session.send(&GetDomain { app, domain_id }) {
        Ok(domain) if host.is(&domain.name) => Ok(Some(domain)),
        Ok(domain) => Err(Error::new(Reason::DomainIdMismatch)
            .with("domain_id", domain_id)
            .with("domain", host.as_str())
            .with("found", domain.name.escape_debug().to_string())),
        // The id may be that of an earlier life of the domain.
        Err(e) if e.kind() == ErrorKind::NotFound => list::find(session, app, host),
        Err(e) => Err(e),
    }
}
