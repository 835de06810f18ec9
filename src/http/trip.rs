//! How far one request has come on its way to the panel. What opens connections notes it; who gives up waiting reads it.

use std::{
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What a new connection is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// A name server.
    LookingUp,
    /// The panel's port; with a proxy this one's, and then the tunnel that it opens.
    Connecting,
    /// The TLS handshake.
    Handshaking,
}

/// One request's way.
#[derive(Debug, Default)]
pub(super) struct Trip(Mutex<Progress>);

#[derive(Debug, Default)]
struct Progress {
    stage: Option<Stage>,
    opened: bool,
    name_servers: Vec<IpAddr>,
    address: Option<IpAddr>,
    certificate_wanted: bool,
}

impl Trip {
    /// A new connection has come to this stage.
    pub(super) fn enter(&self, stage: Stage) {
        let mut progress = self.progress();
        progress.stage = Some(stage);
        progress.opened = true;
        progress.certificate_wanted = false;
    }

    /// The connection is there: from now on the request may arrive.
    pub(super) fn is_connected(&self) {
        self.progress().stage = None;
    }

    /// Who is asked for addresses.
    pub(super) fn asks(&self, name_servers: &[IpAddr]) {
        self.progress().name_servers = name_servers.to_vec();
    }

    /// The look-up gave these addresses.
    pub(super) fn finds(&self, addresses: &[IpAddr]) {
        self.progress().address = addresses.first().copied();
    }

    /// The first address that was looked up.
    pub(super) fn address(&self) -> Option<IpAddr> {
        self.progress().address
    }

    /// The peer has asked for a certificate of ours in this handshake.
    pub(super) fn certificate_is_wanted(&self) {
        self.progress().certificate_wanted = true;
    }

    pub(super) fn certificate_was_wanted(&self) -> bool {
        self.progress().certificate_wanted
    }

    /// Where a new connection stands; none: the request went over a connection that is there, and may have arrived.
    pub(super) fn stage(&self) -> Option<Stage> {
        self.progress().stage
    }

    /// Whether the request took a connection that was kept from an earlier one.
    pub(super) fn took_kept_connection(&self) -> bool {
        !self.progress().opened
    }

    pub(super) fn name_servers(&self) -> String {
        let servers: Vec<_> = self.progress().name_servers.iter().map(IpAddr::to_string).collect();
        servers.join(", ")
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
