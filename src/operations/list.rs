//! All domains, and one by its name. The panel cannot search domains by name, so pages are read.

use std::collections::HashSet;

use super::not_found;
use crate::{
    api::{Domain, Endpoint, Host, Page, WebAppRef, domain::ListDomains, page::DEFAULT_PAGE},
    http::{Error, Reason, Session},
};

/// Pages after which a list is taken for endless: 100,000 domains.
const MOST_PAGES: u64 = 2_500;
/// How often a list is read some pages back: a total that never holds must not use up the plan's API calls.
const MOST_RETURNS: u32 = 10;

/// Every domain of the web application, each once, in the panel's order: one request for 40 domains.
pub fn domains(session: &Session<'_>, app: WebAppRef) -> Result<Vec<Domain>, Error> {
    not_found::explained(session, app, || {
        all(session, |page| ListDomains { app, page }, |domain: &Domain| domain.id)
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

/// All items, each once: one may be read again, see [`pages`], and one that is added meanwhile can push another one to the
/// next page.
pub(super) fn all<E, T>(
    session: &Session<'_>,
    endpoint: impl Fn(u64) -> E,
    id: impl Fn(&T) -> u64,
) -> Result<Vec<T>, Error>
where
    E: Endpoint<Answer = Page<T>>,
{
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    pages(session, endpoint, |items| {
        all.extend(items.into_iter().filter(|item| seen.insert(id(item))));
        None::<()>
    })?;
    Ok(all)
}

/// Reads page after page until `stop` gives something or the last page is read.
///
/// What is removed meanwhile lets all that follows move up, from a page that is not read yet to one that was. So, when the
/// panel's total has become smaller, reading goes on as many pages back as may have moved. `stop` may see items twice. Nothing
/// shows a removal and an addition between the same two pages.
fn pages<E, T, R>(
    session: &Session<'_>,
    endpoint: impl Fn(u64) -> E,
    mut stop: impl FnMut(Vec<T>) -> Option<R>,
) -> Result<Option<R>, Error>
where
    E: Endpoint<Answer = Page<T>>,
{
    let (mut number, mut total, mut returns) = (1_u64, None, 0);
    for _ in 1..=MOST_PAGES {
        let page = session.send(&endpoint(number))?;
        let before = std::mem::replace(&mut total, page.total());
        let removed = before.zip(total).map_or(0, |(before, now)| before.saturating_sub(now));
        let more = page.has_next(number);
        let result = stop(page.data);
        if result.is_some() {
            return Ok(result);
        }
        if removed > 0 && number > 1 && returns < MOST_RETURNS {
            returns += 1;
            number = number.saturating_sub(removed.div_ceil(DEFAULT_PAGE)).max(1);
        } else if more {
            number += 1;
        } else {
            return Ok(None);
        }
    }
    Err(Error::new(Reason::ListEndless).with("list", endpoint(1).path()).with("pages", MOST_PAGES))
}
