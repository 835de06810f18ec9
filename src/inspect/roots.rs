//! The authorities that are trusted.

use std::{io, path::Path};

use rustls::pki_types::{CertificateDer, pem::PemObject};

/// The authorities that the system trusts.
#[must_use]
pub fn of_the_system() -> Vec<CertificateDer<'static>> {
    rustls_native_certs::load_native_certs().certs
}

/// The authorities in a file of PEM blocks.
///
/// # Errors
/// When the file cannot be read, or a block in it is damaged.
pub fn in_file(file: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let pem = std::fs::read(file)?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    certificates.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
}
