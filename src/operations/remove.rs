//! Removes a domain.

use super::{
    not_found::{self, Failure, is_absence},
    search,
};
use crate::{
    api::{Domain, DomainType, Host, WebAppRef, domain::DeleteDomain},
    http::{Error, Reason, Session},
};

/// Removes `domain`; whether this call removed it, rather than that it was gone already.
///
/// With `domain_id` two requests, whatever the number of domains; without it, or when that id is gone, pages are read
/// until the name is found.
///
/// # Errors
/// `InvalidDomain` when `domain_id` is another domain or `domain` is the primary one: nothing was removed. All others of
/// [`Session::send`]; [`Error::is_outcome_unknown`] tells whether the domain may have been removed all the same.
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
            return Err(error.with("web_app_id", app.web_app_id).into());
        }
        match session.send(&DeleteDomain { app, domain_id: domain.id }) {
            Ok(_) => Ok(true),
            Err(e) if is_absence(&e) => Ok(confirm_gone(session, app, &domain, e)?),
            // The last word on a removal that may have been carried out is a look.
            Err(e) if e.is_outcome_unknown() => match not_found::by_id(session, app, domain.id) {
                Ok(None) => Ok(true),
                _ => Err(e.into()),
            },
            Err(e) => Err(e.into()),
        }
    })
}

/// The domain was there a moment ago, and now the panel says that it is not there to be removed. Either a first try, whose
/// answer was lost, removed it, or someone else, or the 404 is not true.
fn confirm_gone(session: &Session<'_>, app: WebAppRef, domain: &Domain, said: Error) -> Result<bool, Error> {
    let in_doubt = said.is_outcome_unknown();
    match not_found::by_id(session, app, domain.id) {
        Ok(None) => Ok(in_doubt),
        Err(e) => Err(e.with_outcome_unknown(in_doubt)),
        Ok(Some(_)) => Err(said
            .because(Reason::DomainContradictory)
            .with("domain", domain.name.escape_debug().to_string())),
    }
}

/// With an id the domain is read, since its type and its name are to be seen.
fn look_up(
    session: &Session<'_>,
    app: WebAppRef,
    host: &Host,
    id: Option<u64>,
) -> Result<Option<Domain>, Failure> {
    let Some(domain_id) = id else { return Ok(search::find(session, app, host)?) };
    match not_found::named(session, app, host, domain_id)? {
        Some(domain) => Ok(Some(domain)),
        // The id may be that of an earlier life of the domain.
        None => Ok(search::find(session, app, host)?),
    }
}
