//! How far one request has come on its way to the panel. The connector notes it; who gives up waiting reads it.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// What a new connection is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// A name server.
    LookingUp,
    /// The panel's port, or the proxy's.
    Connecting,
    /// The proxy, which connects to the panel.
    Tunnelling,
    /// The TLS handshake.
    Handshaking,
}

/// One request's way.
#[derive(Debug)]
pub(super) struct Trip {
    connect_timeout: Duration,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    stage: Option<Stage>,
    opened: bool,
    name_servers: Vec<IpAddr>,
    certificate_wanted: bool,
}

tokio::task_local! {
    /// Of the request that this task sends.
    pub(super) static TRIP: Arc<Trip>;
}

impl Trip {
    pub(super) fn new(connect_timeout: Duration) -> Self {
        Self { connect_timeout, progress: Mutex::default() }
    }

    /// The trip of the running task's request.
    pub(super) fn current() -> Option<Arc<Self>> {
        TRIP.try_with(Arc::clone).ok()
    }

    /// How long a new connection may take.
    pub(super) fn connect_timeout(&self) -> Duration {
        self.connect_timeout
    }

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
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
