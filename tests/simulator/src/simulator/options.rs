//! How a simulator starts.

use std::path::PathBuf;

/// What a simulator needs to know at its start. The default is a random seed, chaos on, and ports of the system's
/// choice.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Seed of every random decision; a random one when absent. The same seed and the same sequence of requests give
    /// the same chaos.
    pub seed: Option<u64>,
    /// Every chaos knob starts at 0.
    pub calm: bool,
    /// Port of the panel on 127.0.0.1; 0 lets the system choose.
    pub panel_port: u16,
    /// Port of the control plane on 127.0.0.1; 0 lets the system choose.
    pub control_port: u16,
    /// Where the certificate of the authority is written (PEM); a temporary file when absent, removed on drop.
    pub ca_file: Option<PathBuf>,
}

impl Options {
    /// Options without chaos, for tests that count requests.
    #[must_use]
    pub fn calm() -> Self {
        Self { calm: true, ..Self::default() }
    }
}
