//! The names of ids that this process has from its own additions.
//!
//! The id that comes with an order for a certificate is checked, see [`super::ssl`]. The usual caller has it from an
//! addition a moment ago, and then the check need not cost a request: RunCloud gives an id once and never renames a domain.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{
    api::{Domain, Host, WebAppRef},
    http::Session,
};

/// How many are remembered.
const MOST: usize = 64;

struct Known {
    /// Ids mean nothing at another panel.
    panel: String,
    app: WebAppRef,
    id: u64,
    host: String,
}

impl Known {
    fn is(&self, session: &Session<'_>, app: WebAppRef, id: u64) -> bool {
        self.id == id && self.app == app && self.panel == session.panel()
    }
}

static LATEST: Mutex<VecDeque<Known>> = Mutex::new(VecDeque::new());

fn latest() -> MutexGuard<'static, VecDeque<Known>> {
    LATEST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Remembers a domain as the panel has just told it.
pub(super) fn remember(session: &Session<'_>, app: WebAppRef, domain: &Domain) {
    let mut latest = latest();
    latest.retain(|known| !known.is(session, app, domain.id));
    latest.truncate(MOST - 1);
    latest.push_front(Known { panel: session.panel().into(), app, id: domain.id, host: domain.name.clone() });
}

/// Whether the id is that of `host`; none: it is not known here.
pub(super) fn belongs_to(session: &Session<'_>, app: WebAppRef, id: u64, host: &Host) -> Option<bool> {
    latest().iter().find(|known| known.is(session, app, id)).map(|known| host.is(&known.host))
}

/// Forgets an id that the panel does not know any more.
pub(super) fn forget(session: &Session<'_>, app: WebAppRef, id: u64) {
    latest().retain(|known| !known.is(session, app, id));
}
