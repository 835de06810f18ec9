//! Adds a domain.

use super::{
    names, not_found,
    search::{find_new, find_refused},
    www,
};
use crate::{
    api::{Domain, Host, Redirection, WebAppRef, domain::CreateDomain},
    http::{Error, ErrorKind, Reason, Session},
};

/// A domain that the web application has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// As the panel holds it. One that was there already keeps its `www` and its redirection, whatever was asked for:
    /// compare, and change them with [`update_domain`](super::update_domain).
    pub domain: Domain,
    /// Whether this very call is known to have created it.
    pub created: bool,
}

/// Adds `domain` as an alias of the web application: one request when all is well.
///
/// When the panel refuses the data (it may have the domain already) or the answer is lost (it may have been carried
/// out), the domain is looked for: found is a success with `created: false`. A lost POST is sent again only after the
/// domain was not found, and never after a time-out, since it may still be under way then.
///
/// Where a panel accepts a name that is there already, a second domain of that name is created.
///
/// # Errors
/// `InvalidDomain` before anything is sent; `Validation` when the panel refuses a domain that this web application does
/// not have, with the reason `DomainTaken` when it says that the name is in use; all others of [`Session::send`].
/// [`Error::is_outcome_unknown`] tells whether the domain may have been added all the same.
pub fn add_domain(
    session: &Session<'_>,
    app: WebAppRef,
    domain: &str,
    www: bool,
    redirection: Redirection,
) -> Result<Added, Error> {
    let host = Host::parse(domain)?;
    www::check(&host, www, redirection)?;
    let added = not_found::explained(session, app, || {
        let create = CreateDomain { app, host: &host, www, redirection };
        let (mut attempt, mut in_doubt) = (1, false);
        loop {
            let error = match session.send(&create) {
                Ok(domain) => return Ok(Added { domain, created: true }),
                Err(e) if e.kind() == ErrorKind::Validation || e.is_answer_lost() => e,
                Err(e) => return Err(e.with_outcome_unknown(in_doubt).into()),
            };
            in_doubt |= error.is_outcome_unknown();
            let look = if error.is_answer_lost() {
                find_new(session, app, &host).map(|found| (found, false))
            } else {
                find_refused(session, app, &host, www)
            };
            let has_overlap = match look {
                Ok((Some(domain), _)) => return Ok(Added { domain, created: false }),
                Ok((None, has_overlap)) => has_overlap,
                Err(unread) => return Err(unread_after(&error, unread, &host, in_doubt).into()),
            };
            if !error.is_answer_lost() {
                // What this call has sent before, or another domain of the web application, may be what uses the name.
                let is_taken = !in_doubt && !has_overlap && error.says_in_use(host.as_str());
                let error = if is_taken { taken(error, app) } else { error };
                return Err(error.with_outcome_unknown(in_doubt).with("domain", host.as_str()).into());
            }
            if error.may_be_under_way() || !session.sleep_before_resend(&error, attempt) {
                return Err(error.with_attempts(attempt).into());
            }
            attempt += 1;
        }
    })?;
    names::remember(session, app, &added.domain);
    Ok(added)
}

/// The name is in use, and not here.
fn taken(error: Error, app: WebAppRef) -> Error {
    error.because(Reason::DomainTaken).with("web_app_id", app.web_app_id)
}

/// The POST failed, and so did the look for what it did.
fn unread_after(error: &Error, unread: Error, host: &Host, in_doubt: bool) -> Error {
    let during = if error.is_answer_lost() { "look-for-lost-addition" } else { "look-for-refused-addition" };
    unread.with_outcome_unknown(in_doubt).with("during", during).with("domain", host.as_str())
}
