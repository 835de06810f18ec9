//! The operations and the exchange against the simulator, below PHP.

// Reason: a test that goes wrong should stop where it does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, unreachable_pub)]

mod add;
mod by_id;
mod complete;
mod doubt;
mod exchange;
mod faults;
mod list;
mod matrix;
mod obstacles;
mod panel;
mod properties;
mod remove;
mod search;
mod seeds;
mod ssl;
mod update;
mod wishes;
