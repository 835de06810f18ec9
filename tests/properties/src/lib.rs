//! Properties of everything that reads texts of others: nothing panics, and whatever is said about them is fit to be shown.
//!
//! The tests in `tests/operations/properties` try the [`rules`] with random texts, `fuzz` tries the [`targets`] with texts that
//! reach new code.

pub mod rules;
pub mod sentences;
pub mod targets;
