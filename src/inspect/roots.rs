//! The authorities that are trusted.

use std::{io, path::Path};

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// Bundles of the common systems; the first that is there counts. What the environment says does not, since any script can
/// change it.
const BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The authorities that the system trusts, and those of `file`.
///
/// # Errors
/// When `file` cannot be read or holds no certificate.
pub fn of_the_system(file: Option<&Path>) -> io::Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    if let Some(pem) = BUNDLES.iter().find_map(|bundle| std::fs::read(bundle).ok()) {
        store.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).flatten());
    }
    if let Some(file) = file {
        let pem = std::fs::read(file)?;
        let (added, _) = store.add_parsable_certificates(CertificateDer::pem_slice_iter(&pem).flatten());
        if added == 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no certificate in it"));
        }
    }
    Ok(store)
}
