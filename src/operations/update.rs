//! Changes what is served beside a domain's name.

use super::{not_found, www};
use crate::{
    api::{
        Domain, Host, Redirection, WebAppRef,
        domain::{GetDomain, UpdateDomain},
    },
    http::{Error, Reason, Session},
};

/// Sets `www`, the redirection, or both, of the domain with this id; what is `None` stays as it is. The domain as the panel
/// holds it afterwards, read back: compare, a panel may not do all that it is asked for.
///
/// Three requests, or one when nothing is to be changed: the panel's documentation has a body with all settings, so they are
/// read before. Removing and adding the domain anew would lose its certificate; this keeps it. A certificate covers a new
/// `www` only after a redeploy.
///
/// # Errors
/// `Configuration` when nothing is given; `InvalidDomain` when the settings do not go together, see [`add_domain`]; `NotFound`
/// when the web application has no such domain; all others of [`Session::send`]. [`Error::is_outcome_unknown`] tells whether the
/// settings may have been changed all the same.
///
/// [`add_domain`]: super::add_domain
pub fn update_domain(
    session: &Session<'_>,
    app: WebAppRef,
    id: u64,
    www: Option<bool>,
    redirection: Option<Redirection>,
) -> Result<Domain, Error> {
    if www.is_none() && redirection.is_none() {
        return Err(Error::new(Reason::NothingToChange));
    }
    not_found::explained(session, app, || {
        let domain = not_found::require_id(session, app, id)?;
        let update = UpdateDomain {
            app,
            domain_id: id,
            kind: domain.kind,
            www: www.unwrap_or(domain.www),
            redirection: redirection.unwrap_or(domain.redirection),
        };
        if is_done(&update, &domain) {
            return Ok(domain);
        }
        // A name of the panel that is no host, of all things, is not for us to judge.
        if let Ok(host) = Host::parse(&domain.name) {
            www::check(&host, update.www, update.redirection)?;
        }
        let failed = match session.send(&update) {
            Ok(_) => None,
            Err(e) if e.is_outcome_unknown() => Some(e),
            Err(e) => return Err(e.into()),
        };
        match (session.send(&GetDomain { app, domain_id: id }), failed) {
            (Ok(now), None) => Ok(now),
            (Ok(now), Some(_)) if is_done(&update, &now) => Ok(now),
            (_, Some(error)) => Err(error.into()),
            // Carried out: whoever is told of an error must not take it for not done.
            (Err(unread), None) => Err(unread.with_outcome_unknown(true).into()),
        }
    })
}

fn is_done(update: &UpdateDomain, domain: &Domain) -> bool {
    (update.www, update.redirection) == (domain.www, domain.redirection)
}
