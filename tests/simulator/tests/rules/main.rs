//! The rules that the simulator keeps, one file for each side of it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on shall stop")]

mod budgets;
mod chaos;
mod connections;
mod control;
mod documented;
mod faults;
mod program;
mod readme;
mod refusals;
mod support;
mod switches;
