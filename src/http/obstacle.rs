//! What keeps a new connection from coming about, and what a program would call it.

use std::{error, io};

use nix::errno::Errno;
use rustls::{AlertDescription as Alert, CertificateError, Error as TlsError, PeerIncompatible};

use super::reason::Reason;

/// Who is at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    Panel,
    Proxy,
}

/// Whether this process, or the whole system, may open no more files.
pub(super) fn is_out_of_descriptors(e: &io::Error) -> bool {
    e.raw_os_error().is_some_and(|code| [Errno::EMFILE, Errno::ENFILE].contains(&Errno::from_raw(code)))
}

/// The reason for an I/O error while connecting.
pub(super) fn of_connect(e: &io::Error) -> Reason {
    match e.kind() {
        _ if is_out_of_descriptors(e) => Reason::OutOfFileDescriptors,
        io::ErrorKind::ConnectionRefused => Reason::ConnectRefused,
        io::ErrorKind::TimedOut => Reason::ConnectTimeout,
        _ => Reason::ConnectFailed,
    }
}

/// The reason for a status other than 2xx to CONNECT.
pub(super) fn of_proxy_status(status: u16) -> Reason {
    match status {
        407 => Reason::ProxyAuthenticationRequired,
        408 | 429 | 500..=599 => Reason::ProxyFailed,
        _ => Reason::ProxyRefused,
    }
}

/// The TLS error behind an error, looking into the errors that I/O errors carry.
pub(super) fn tls_error<'e>(e: &'e (dyn error::Error + 'static)) -> Option<&'e TlsError> {
    chain(e).find_map(|e| e.downcast_ref())
}

/// The I/O error behind an error, if it is one of the system.
pub(super) fn io_error<'e>(e: &'e (dyn error::Error + 'static)) -> Option<&'e io::Error> {
    chain(e).filter_map(|e| e.downcast_ref::<io::Error>()).find(|e| e.raw_os_error().is_some())
}

/// An error and what is behind it.
pub(super) fn chain<'e>(
    e: &'e (dyn error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn error::Error + 'static)> {
    std::iter::successors(Some(e), |e| match e.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner as &(dyn error::Error + 'static)),
        None => e.source(),
    })
}

/// The reason for a TLS error, in the handshake or, since TLS 1.3 has no last word, right after it. None: the connection broke.
pub(super) fn of_tls(e: &TlsError, wants_certificate: bool) -> Option<Reason> {
    Some(match e {
        TlsError::InvalidCertificate(e) => of_certificate(e),
        TlsError::NoCertificatesPresented => Reason::CertificateInvalid,
        TlsError::AlertReceived(Alert::CertificateRequired) => Reason::ClientCertificateRequired,
        TlsError::AlertReceived(alert) if wants_certificate && is_about_certificate(*alert) => {
            Reason::ClientCertificateRequired
        }
        TlsError::AlertReceived(Alert::ProtocolVersion)
        | TlsError::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => {
            Reason::TlsVersionTooOld
        }
        TlsError::AlertReceived(Alert::HandshakeFailure | Alert::InsufficientSecurity)
        | TlsError::PeerIncompatible(_) => Reason::TlsNothingInCommon,
        TlsError::AlertReceived(Alert::InternalError | Alert::UserCanceled | Alert::CloseNotify) => {
            return None;
        }
        TlsError::AlertReceived(_) => Reason::TlsRefused,
        TlsError::InvalidMessage(_) | TlsError::InappropriateMessage { .. } => Reason::TlsNotSpoken,
        _ => return None,
    })
}

/// Alerts with which a server refuses a client that has no certificate: there was none of its own before TLS 1.3.
fn is_about_certificate(alert: Alert) -> bool {
    matches!(
        alert,
        Alert::HandshakeFailure
            | Alert::NoCertificate
            | Alert::BadCertificate
            | Alert::CertificateUnknown
            | Alert::AccessDenied
    )
}

fn of_certificate(e: &CertificateError) -> Reason {
    match e {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Reason::CertificateExpired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Reason::CertificateNotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Reason::CertificateWrongName
        }
        CertificateError::UnknownIssuer => Reason::CertificateUnknownIssuer,
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            Reason::CertificateKeyUnsupported
        }
        // What signs itself and says that it is an authority: nobody has issued it.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            Reason::CertificateUnknownIssuer
        }
        _ => Reason::CertificateInvalid,
    }
}

/// What the certificate says instead: the end or begin of its time, or its names.
pub(super) fn certificate_says(e: &TlsError) -> Option<(&'static str, String)> {
    const MOST_NAMES: usize = 5;
    let date = |time: rustls::pki_types::UnixTime| {
        httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(time.as_secs()))
    };
    match e {
        TlsError::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. }) => {
            Some(("date", date(*not_after)))
        }
        TlsError::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. }) => {
            Some(("date", date(*not_before)))
        }
        TlsError::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }) => {
            let names: Vec<_> = presented.iter().take(MOST_NAMES).map(|name| plain_name(name)).collect();
            let more = if presented.len() > MOST_NAMES { ", ..." } else { "" };
            Some(("names", format!("{}{more}", names.join(", "))))
        }
        _ => None,
    }
}

/// `DnsName("a.example")` as `a.example`, without what a message must not repeat.
fn plain_name(presented: &str) -> String {
    const LONGEST: usize = 100;
    let name = presented.split('"').nth(1).unwrap_or(presented);
    name.chars().filter(char::is_ascii_graphic).take(LONGEST).collect()
}
