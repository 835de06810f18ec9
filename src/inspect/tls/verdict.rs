//! What a browser would think of a certificate.

use std::time::Duration;

use rustls::{
    CertificateError, RootCertStore,
    client::{verify_server_cert_signed_by_trust_anchor, verify_server_name},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use super::certificate::Traits;
use crate::inspect::{Certificate, Verdict};

/// The verdict, and whether the certificate is for the name. The order is that of what helps: another certificate is
/// needed for another name, whatever else is wrong with this one.
pub(super) fn judge(
    chain: &[CertificateDer<'_>],
    (certificate, traits): (&Certificate, Traits),
    name: &ServerName<'_>,
    roots: &RootCertStore,
    now: i64,
) -> (Verdict, bool) {
    let Some((Ok(leaf), intermediates)) =
        chain.split_first().map(|(leaf, rest)| (ParsedCertificate::try_from(leaf), rest))
    else {
        return (Verdict::UnknownIssuer, false);
    };
    let covers = verify_server_name(&leaf, name).is_ok();
    // At a time at which the certificate itself is valid, so that its own end does not hide who issued it.
    let time = now.clamp(certificate.valid_from, certificate.valid_until.max(certificate.valid_from));
    let time = UnixTime::since_unix_epoch(Duration::from_secs(time.try_into().unwrap_or_default()));
    let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms.all;
    let chain = verify_server_cert_signed_by_trust_anchor(&leaf, roots, intermediates, time, algorithms);
    let verdict = match chain {
        Err(_) if traits.is_self_signed => Verdict::SelfSigned,
        Err(_) if traits.is_staging => Verdict::Staging,
        _ if !covers => Verdict::OtherName,
        Err(rustls::Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        )) => Verdict::Expired,
        Err(_) => Verdict::UnknownIssuer,
        Ok(()) if now > certificate.valid_until => Verdict::Expired,
        Ok(()) if now < certificate.valid_from => Verdict::NotYetValid,
        Ok(()) => Verdict::Trusted,
    };
    (verdict, covers)
}
