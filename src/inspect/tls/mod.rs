//! What TLS shows: the certificate, and what a browser would think of it.

mod certificate;
mod handshake;
mod verdict;

#[cfg(any(test, feature = "fuzzing"))]
pub(super) use certificate::read as read_certificate;
pub(super) use handshake::{Looker, any_certificate, server_name};
