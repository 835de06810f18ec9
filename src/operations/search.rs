//! One domain by its name. The panel cannot search domains by name, so pages are read: first both ends of the list, where
//! what was added last stands, then the rest.

use super::{
    not_found::{Failure, no_such_domain},
    www::Overlap,
};
use crate::{
    api::{Domain, DomainType, Endpoint, Host, Page, WebAppRef, domain::ListDomains, page::DEFAULT_PAGE},
    http::{Error, Reason, Session},
};

/// Pages after which a list is taken for endless: 100,000 domains.
pub(super) const MOST_PAGES: u64 = 2_500;
/// How often a list is read some pages back: a total that never holds must not use up the plan's API calls.
pub(super) const MOST_RETURNS: u32 = 10;
/// Requests of the rate limit that a search leaves to others when it cannot come to its end anyway.
const LEFT_FOR_OTHERS: u64 = 10;
/// A domain that was added a moment ago is among this many of the newest, whatever others add meanwhile.
const NEWEST: usize = 20;

/// The domain that has this name; none: every page was read, and it is on none of them.
pub(super) fn find(session: &Session<'_>, app: WebAppRef, host: &Host) -> Result<Option<Domain>, Error> {
    Search::new(session, app, host).run(Proof::EveryPage)
}

/// As [`find`], for a domain that was refused; and whether the web application has another one that `www` gives a name in common with
/// it, for which the panel may have refused it.
pub(super) fn find_refused(
    session: &Session<'_>,
    app: WebAppRef,
    host: &Host,
    www: bool,
) -> Result<(Option<Domain>, bool), Error> {
    let mut search = Search::new(session, app, host);
    search.overlap = Overlap::with(host, www);
    let found = search.run(Proof::EveryPage)?;
    Ok((found, search.has_overlap))
}

/// As [`find`], for a domain that was to be added a moment ago. It is not there, either, when it is not among the newest and the
/// list is evidently in the order of ids.
pub(super) fn find_new(session: &Session<'_>, app: WebAppRef, host: &Host) -> Result<Option<Domain>, Error> {
    Search::new(session, app, host).run(Proof::NewestDomains)
}

/// As [`find`]; a domain that is not there is an error.
pub(super) fn require(session: &Session<'_>, app: WebAppRef, host: &Host) -> Result<Domain, Failure> {
    let before = session.requests();
    find(session, app, host)?.ok_or_else(|| no_such_domain(app, host, session.requests() - before))
}

/// What must have been read before a domain is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Proof {
    EveryPage,
    NewestDomains,
}

/// Where a sweep over the pages goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// A search under way.
struct Search<'s> {
    session: &'s Session<'s>,
    app: WebAppRef,
    host: &'s Host,
    pages_read: u64,
    /// As the panel said last.
    last: Option<u64>,
    /// As the panel said last.
    total: Option<u64>,
    /// Whether the panel said the same total each time: then nothing moved from page to page.
    is_steady: bool,
    overlap: Option<Overlap>,
    /// Whether such a domain was seen.
    has_overlap: bool,
}

impl<'s> Search<'s> {
    fn new(session: &'s Session<'s>, app: WebAppRef, host: &'s Host) -> Self {
        Self {
            session,
            app,
            host,
            pages_read: 0,
            last: None,
            total: None,
            is_steady: true,
            overlap: None,
            has_overlap: false,
        }
    }

    fn run(&mut self, proof: Proof) -> Result<Option<Domain>, Error> {
        let first = self.read(1)?;
        if let Some(found) = self.found_on(&first) {
            return Ok(Some(found));
        }
        if !first.has_next(1) {
            return Ok(None);
        }
        let Some(last) = first.last() else { return self.sweep(Way::Up, 2, None) };
        let end = self.read(last)?;
        if let Some(found) = self.found_on(&end) {
            return Ok(Some(found));
        }
        let domains = || first.data.iter().chain(&end.data);
        let rises = domains().map(|domain| domain.id).is_sorted_by(|one, next| one < next);
        let shows_the_newest =
            last > 2 && self.last == Some(last) && !end.data.is_empty() && is_by_id(domains);
        if proof == Proof::NewestDomains && shows_the_newest {
            if !rises || end.data.len() >= NEWEST {
                return Ok(None);
            }
            let before = self.read(last - 1)?;
            return Ok(self.found_on(&before));
        }
        if rises && last > 2 {
            // The newest are at the end.
            return self.sweep(Way::Down, last - 1, Some(1));
        }
        // What was removed between the two let others move up, to the page that was read first.
        let start = if end.total() < first.total() { 1 } else { 2 };
        self.sweep(Way::Up, start, Some(last))
    }

    /// Reads page after page until the domain is found or `far`, the end that was read at first, is reached.
    ///
    /// What is added or removed meanwhile lets others move to a page that was read already. So, when the panel's total shows
    /// that, reading goes on as many pages back as may have moved. Nothing shows a removal and an addition between the same
    /// two pages.
    fn sweep(&mut self, way: Way, start: u64, far: Option<u64>) -> Result<Option<Domain>, Error> {
        let (mut number, mut returns) = (start, 0);
        for _ in 1..=MOST_PAGES {
            if Some(number) == far && self.far_end_is_done(way, number) {
                return Ok(None);
            }
            self.leave_some_to_others(way, number)?;
            let before = self.total;
            let page = self.read(number)?;
            if let Some(found) = self.found_on(&page) {
                return Ok(Some(found));
            }
            let (before, now) = before.zip(self.total).unwrap_or_default();
            let moved = match way {
                Way::Up => before.saturating_sub(now),
                Way::Down => now.saturating_sub(before),
            };
            let back = moved.div_ceil(DEFAULT_PAGE);
            let is_end = match way {
                Way::Up => !page.has_next(number),
                Way::Down => number == 1,
            };
            if back > 0 && returns < MOST_RETURNS {
                returns += 1;
                number = match way {
                    Way::Up => number.saturating_sub(back).max(1),
                    Way::Down => number.saturating_add(back).min(self.last.unwrap_or(number)),
                };
            } else if is_end {
                return Ok(None);
            } else {
                number = if way == Way::Up { number + 1 } else { number - 1 };
            }
        }
        Err(endless(&ListDomains { app: self.app, page: 1 }))
    }

    /// Whether the end that was read at first need not be read again. Of two pages the second was read last.
    fn far_end_is_done(&self, way: Way, far: u64) -> bool {
        self.is_steady || (way == Way::Up && far == 2 && self.last == Some(2))
    }

    fn read(&mut self, number: u64) -> Result<Page<Domain>, Error> {
        let page = self
            .session
            .send(&ListDomains { app: self.app, page: number })
            .map_err(|error| self.with_progress(error))?;
        let total = page.total();
        self.is_steady &= total.is_some() && (self.pages_read == 0 || total == self.total);
        self.total = total;
        self.last = page.last().or(self.last);
        self.pages_read += 1;
        if let Some(overlap) = &self.overlap {
            self.has_overlap |= page.data.iter().any(|domain| overlap.is(domain));
        }
        Ok(page)
    }

    fn found_on(&self, page: &Page<Domain>) -> Option<Domain> {
        page.data.iter().find(|domain| self.host.is(&domain.name)).cloned()
    }

    /// A search that the rate limit would end before its end stops while some requests are left.
    fn leave_some_to_others(&self, way: Way, number: u64) -> Result<(), Error> {
        let to_the_end = match way {
            Way::Up => self.last.unwrap_or(number).saturating_sub(number),
            Way::Down => number.saturating_sub(1),
        };
        let pages_left = to_the_end + u64::from(!self.is_steady);
        match self.session.rate_limit_remaining() {
            Some(left) if left < pages_left && left <= LEFT_FOR_OTHERS => {
                let error = self.with_progress(Error::new(Reason::SearchUnfinished));
                Err(error.with_attempts(u32::try_from(self.pages_read).unwrap_or(u32::MAX)))
            }
            _ => Ok(()),
        }
    }

    /// An error that also says what was seen.
    fn with_progress(&self, error: Error) -> Error {
        if self.pages_read == 0 {
            return error;
        }
        let error = error.with("domain", self.host.as_str()).with("pages_read", self.pages_read);
        match self.last {
            Some(last) => error.with("pages", last),
            None => error,
        }
    }
}

/// Whether domains are evidently in the order of their ids, and not by chance in that of their names or, with redirects
/// after or before all others, of their types.
fn is_by_id<'d, I: Iterator<Item = &'d Domain>>(domains: impl Fn() -> I) -> bool {
    let ids = || domains().map(|domain| domain.id);
    let names = || domains().map(|domain| domain.name.to_ascii_lowercase());
    let by_id = ids().is_sorted_by(|one, next| one < next) || ids().is_sorted_by(|one, next| one > next);
    let of_one_kind = domains().all(|domain| domain.kind != DomainType::Redirect);
    by_id && of_one_kind && !names().is_sorted() && !names().is_sorted_by(|one, next| one >= next)
}

/// A list that has no end.
pub(super) fn endless<E: Endpoint>(endpoint: &E) -> Error {
    Error::new(Reason::ListEndless).with("list", endpoint.path()).with("pages", MOST_PAGES)
}
