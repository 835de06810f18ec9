//! Lists: all domains, one page of them, and one by its name or id.

use std::collections::HashSet;

use super::{
    not_found,
    search::{self, MOST_PAGES, MOST_RETURNS},
};
use crate::{
    api::{Domain, Endpoint, Host, Page, WebAppRef, domain::ListDomains, page::DEFAULT_PAGE},
    http::{Error, ErrorKind, Reason, Session},
};

/// One page of the domains of a web application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainPage {
    /// At most 40, in the panel's order; none past the end.
    pub domains: Vec<Domain>,
    /// The number of this page, from 1.
    pub page: u64,
    /// How many pages there are, if the panel says it.
    pub pages: Option<u64>,
    /// How many domains there are on all pages, if the panel says it.
    pub total: Option<u64>,
}

/// Every domain of the web application, each once, in the panel's order: one request for 40 domains.
pub fn domains(session: &Session<'_>, app: WebAppRef) -> Result<Vec<Domain>, Error> {
    not_found::explained(session, app, || {
        Ok(all(session, |page| ListDomains { app, page }, |domain: &Domain| domain.id)?)
    })
}

/// One page of the domains, from 1: one request. For lists that one call cannot read within the rate limit.
///
/// What is added or removed between two calls lets others move from page to page, so who reads all pages may see a domain
/// twice or not at all; [`domain`] tells for sure whether one is there.
///
/// # Errors
/// `Configuration` for page 0; all of [`Session::send`].
pub fn domains_page(session: &Session<'_>, app: WebAppRef, page: u64) -> Result<DomainPage, Error> {
    if page == 0 {
        return Err(Error::new(Reason::ArgumentInvalid).with("argument", "page").with("value", page));
    }
    not_found::explained(session, app, || {
        let list = session.send(&ListDomains { app, page })?;
        Ok(DomainPage { page, pages: list.last(), total: list.total(), domains: list.data })
    })
}

/// The domain with this id: one request. None only when the panel itself says that it has no such domain although it has the
/// web application; that takes two.
pub fn domain(session: &Session<'_>, app: WebAppRef, id: u64) -> Result<Option<Domain>, Error> {
    not_found::explained(session, app, || Ok(not_found::by_id(session, app, id)?))
}

/// The domain that has this name; none: every page was read, and it is on none of them.
///
/// # Errors
/// `RateLimit` when the list is too long to be read to its end now; all of [`Session::send`].
pub fn find_domain(session: &Session<'_>, app: WebAppRef, domain: &str) -> Result<Option<Domain>, Error> {
    let host = Host::parse(domain)?;
    not_found::explained(session, app, || Ok(search::find(session, app, &host)?))
}

/// All items, each once: one may be read again, and one that is added meanwhile can push another one to the next page.
///
/// What is removed meanwhile lets all that follows move up, from a page that is not read yet to one that was. So, when the
/// panel's total has become smaller, reading goes on as many pages back as may have moved. Nothing shows a removal and an
/// addition between the same two pages.
pub(super) fn all<E, T>(
    session: &Session<'_>,
    endpoint: impl Fn(u64) -> E,
    id: impl Fn(&T) -> u64,
) -> Result<Vec<T>, Error>
where
    E: Endpoint<Answer = Page<T>>,
{
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    let (mut number, mut total, mut returns) = (1_u64, None, 0);
    for read in 0..MOST_PAGES {
        let page = session.send(&endpoint(number)).map_err(|error| with_progress(error, read))?;
        let before = std::mem::replace(&mut total, page.total());
        let removed = before.zip(total).map_or(0, |(before, now)| before.saturating_sub(now));
        let more = page.has_next(number);
        all.extend(page.data.into_iter().filter(|item| seen.insert(id(item))));
        if removed > 0 && number > 1 && returns < MOST_RETURNS {
            returns += 1;
            number = number.saturating_sub(removed.div_ceil(DEFAULT_PAGE)).max(1);
        } else if more {
            number += 1;
        } else {
            return Ok(all);
        }
    }
    Err(search::endless(&endpoint(1)))
}

/// A list that the rate limit ends is better read in parts.
fn with_progress(error: Error, pages: u64) -> Error {
    if error.kind() != ErrorKind::RateLimit || pages == 0 {
        return error;
    }
    error.with("listed", 1_u32).with("pages_read", pages)
}
