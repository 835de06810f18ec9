//! The parts of the page: how faults strike, and which.

use super::{
    faults::{self, Fault},
    operations::{CERTIFICATES, DOMAINS, READS, Table},
    pairs,
};

/// Which requests of a call meet the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strike {
    /// Every one.
    Stays,
    /// The one that does the work, as often as it is sent.
    Work,
    /// The one that does the work, the first time.
    Once,
    /// Two faults, one after the other.
    Pair,
}

/// A part of the page.
pub struct Section {
    pub strike: Strike,
    /// Heading and explanation.
    pub head: &'static str,
    pub tables: &'static [Table],
}

const EVERY: &[Table] = &[DOMAINS, CERTIFICATES, READS];
const CHANGES: &[Table] = &[DOMAINS, CERTIFICATES];

/// All parts, in the order of the page.
pub const ALL: [Section; 4] = [
    Section {
        strike: Strike::Stays,
        head: "\
## The fault stays

It meets every request of the call. A *stale connection* is closed by the panel as soon as it is used a second time.
",
        tables: EVERY,
    },
    Section {
        strike: Strike::Work,
        head: "\
## The fault stays at the work

It meets the request that does the work (the `POST`, `DELETE`, `PUT` or `PATCH`) as often as it is sent. All other requests go well.
",
        tables: CHANGES,
    },
    Section {
        strike: Strike::Once,
        head: "\
## The fault strikes once

It meets the request that does the work (in calls that read the last `GET`) the first time.
",
        tables: EVERY,
    },
    Section {
        strike: Strike::Pair,
        head: "\
## Two faults in one call

The first one meets the request that does the work, once. What comes after *then* meets every request that follows; after *and
again*, only the next one that does the work.
",
        tables: CHANGES,
    },
];

impl Section {
    pub fn faults(&self) -> Vec<Fault> {
        match self.strike {
            Strike::Pair => pairs::all(),
            Strike::Stays => faults::all(),
            Strike::Work | Strike::Once => faults::all().into_iter().filter(Fault::can_be_aimed).collect(),
        }
    }

    /// The text from this part's heading to the next one's.
    pub fn of<'p>(&self, page: &'p str) -> &'p str {
        let title = self.head.lines().next().unwrap();
        let start = page.find(title).map_or(page.len(), |start| start + title.len());
        let rest = &page[start..];
        &rest[..rest.find("\n## ").unwrap_or(rest.len())]
    }
}
