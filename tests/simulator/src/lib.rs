//! A RunCloud panel to test against.
//!
//! It answers the part of RunCloud's REST API that concerns servers, web applications, domains and SSL, in both
//! generations (`/api/v3` and `/api/v2`), over TLS with a throw-away certificate authority. A control plane on a port
//! of its own shows what was asked, holds the panel's content, and orders faults. The `README.md` beside this crate
//! says what is imitated and what is not; the API itself is described at <https://runcloud.io/docs/api/v3/>.
//!
//! Never expose it: its credentials are public and its certificates carry made-up private keys.

mod answer;
mod auth;
mod body;
mod certificate;
mod chaos;
mod clock;
mod connection;
mod content;
mod control;
mod direct;
mod exchange;
mod fault_kinds;
mod faults;
mod history;
mod listeners;
mod meter;
mod operate;
mod options;
mod pages;
mod panel;
mod read;
mod request;
mod routes;
mod shape;
mod simulator;
mod spoil;
mod state;
mod switches;
mod tables;
mod tls;
mod traps;
mod validate;

pub use history::HistoryEntry;
pub use options::Options;
pub use simulator::{Simulator, VERSION};
pub use tables::{chaos_table, fault_table, switch_table};
