//! All domains, and one by its name. The panel cannot search domains by name, so pages are read.

use super::not_found;
use crate::{
    api::{Domain, Endpoint, Host, Page, WebAppRef, domain::ListDomains},
    http::{Error, ErrorKind, Session},
};

/// Pages after which a list is taken for endless: 100,000 domains.
const MOST_PAGES: u64 = 2_500;

/// Every domain of the web application, each once, in the panel's order: one request for 40 domains.
pub fn domains(session: &Session<'_>, app: WebAppRef) -> Result<Vec<Domain>, Error> {
    not_found::explained(session, app, || {
        let mut all: Vec<Domain> = Vec::new();
        // A domain added meanwhile can push another one to a page where it is read again.
        let mut seen = std::collections::HashSet::new();
        pages(
            session,
            |page| ListDomains { app, page },
            |domains| {
                all.extend(domains.into_iter().filter(|domain| seen.insert(domain.id)));
                None::<()>
            },
        )?;
        Ok(all)
    })
}

/// The domain that has this name, if the web application has one; reads pages until it is found.
pub fn find_domain(session: &Session<'_>, app: WebAppRef, domain: &str) -> Result<Option<Domain>, Error> {
    let host = Host::parse(domain)?;
    not_found::explained(session, app, || find(session, app, &host))
}

/// As [`find_domain`], inside of another operation.
pub(super) fn find(session: &Session<'_>, app: WebAppRef, host: &Host) -> Result<Option<Domain>, Error> {
    pages(
        session,
        |page| ListDomains { app, page },
        |domains| domains.into_iter().find(|domain| host.is(&domain.name)),
    )
}

/// Reads page after page until `stop` gives something or the last page is read.
pub(super) fn pages<E, T, R>(
    session: &Session<'_>,
    endpoint: impl Fn(u64) -> E,
    mut stop: impl FnMut(Vec<T>) -> Option<R>,
) -> Result<Option<R>, Error>
where
    E: Endpoint<Answer = Page<T>>,
{
    for number in 1..=MOST_PAGES {
        let page = session.send(&endpoint(number))?;
        let more = page.has_next(number);
        let result = stop(page.data);
        if result.is_some() || !more {
            return Ok(result);
        }
    }
    Err(Error::new(
        ErrorKind::UnexpectedResponse,
        format!(
            "RunCloud's list of {} did not end after {MOST_PAGES} pages: try again later.",
            endpoint(1).path()
        ),
    ))
}
