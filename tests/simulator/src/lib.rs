//! A RunCloud panel to test against.
