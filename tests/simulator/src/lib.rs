//! A RunCloud panel to test against.
//!
//! It answers the part of RunCloud's REST API that concerns servers, web applications, domains and SSL, in both
//! generations (`/api/v3` and `/api/v2`), over TLS with a throw-away certificate authority. A control plane on a port
//! of its own shows what was asked, holds the panel's content, and orders faults. The `README.md` beside this crate
//! says what is imitated and what is not; the API itself is described at <https://runcloud.io/docs/api/v3/>.
//!
//! Never expose it: its credentials are public and its certificates carry made-up private keys.

mod api;
mod content;
mod control;
mod faults;
mod panel;
mod serve;
mod simulator;

pub use control::tables::{chaos_table, fault_table, switch_table};
pub use panel::history::HistoryEntry;
pub use simulator::options::Options;
pub use simulator::{Simulator, VERSION};
