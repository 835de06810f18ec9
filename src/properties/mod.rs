//! Properties of everything that reads texts of others: nothing panics, and whatever is said about them is fit to be shown.
//! The tests try them with random texts, and fuzz/, which turns on the feature `fuzzing`, with those that reach new code.

mod rules;
#[path = "../../tests/operations/sentences.rs"]
mod sentences;
pub mod targets;
#[cfg(test)]
mod tests;
