//! What a visitor is served, looked at in a small world on loopback: name servers, web servers, certificates.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that goes wrong should stop where it does"
)]

mod dns;
mod fairness;
mod http;
mod measure;
mod neighbours;
mod questions;
mod suffixes;
mod texts;
mod tls;
mod view;
