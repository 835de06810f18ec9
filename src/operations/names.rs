//! The names of ids that this process has from its own additions.
//!
//! The id that comes with an order for a certificate is checked, see [`super::ssl`]. The usual caller has it from an
//! addition a moment ago, and then the check need not cost a request: RunCloud gives an id once and never renames a domain.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::api::{Domain, Host, WebAppRef};

/// How many are remembered.
const MOST: usize = 64;

struct Known {
    app: WebAppRef,
    id: u64,
    host: String,
}

static LATEST: Mutex<VecDeque<Known>> = Mutex::new(VecDeque::new());

fn latest() -> MutexGuard<'static, VecDeque<Known>> {
    LATEST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Remembers a domain as the panel has just told it.
pub(super) fn remember(app: WebAppRef, domain: &Domain) {
    let mut latest = latest();
    latest.retain(|known| known.app != app || known.id != domain.id);
    latest.truncate(MOST - 1);
    latest.push_front(Known { app, id: domain.id, host: domain.name.clone() });
}

/// Whether the id is that of `host`; none: it is not known here.
pub(super) fn belongs_to(app: WebAppRef, id: u64, host: &Host) -> Option<bool> {
    latest().iter().find(|known| known.app == app && known.id == id).map(|known| host.is(&known.host))
}

/// Forgets an id that the panel does not know any more.
pub(super) fn forget(app: WebAppRef, id: u64) {
    latest().retain(|known| known.app != app || known.id != id);
}
