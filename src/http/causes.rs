//! What is behind an error of the HTTP client.

/// An error and what is behind it, looking into the errors that I/O errors carry.
fn chain<'e>(
    e: &'e (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(e), |e| {
        match e.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner as &(dyn std::error::Error + 'static)),
            None => e.source(),
        }
    })
}

/// Whether the peer's TLS certificate was refused.
pub(crate) fn is_certificate_error(e: &reqwest::Error) -> bool {
    chain(e).any(|e| matches!(e.downcast_ref::<rustls::Error>(), Some(rustls::Error::InvalidCertificate(_))))
}

/// Whether the peer speaks only versions of TLS that are too old. It says so, or it answers in such a version.
pub(crate) fn is_version_error(e: &reqwest::Error) -> bool {
    use rustls::{AlertDescription::ProtocolVersion, Error, PeerIncompatible::ServerDoesNotSupportTls12Or13};
    chain(e).any(|e| {
        matches!(
            e.downcast_ref::<Error>(),
            Some(
                Error::AlertReceived(ProtocolVersion)
                    | Error::PeerIncompatible(ServerDoesNotSupportTls12Or13)
            )
        )
    })
}

/// Whether the time ran out while a body was read.
pub(crate) fn is_timeout(e: &std::io::Error) -> bool {
    chain(e).any(|e| {
        e.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout)
            || e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::TimedOut)
    })
}
