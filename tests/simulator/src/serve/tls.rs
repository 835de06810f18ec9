//! A throw-away certificate authority and the certificates of the panel's listeners.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::error::Error;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tokio_rustls::TlsAcceptor;

/// The authority's certificate (its key is forgotten) and what each listener shows.
pub(crate) struct Certificates {
    pub(crate) ca_pem: String,
    /// For localhost, 127.0.0.1 and `::1`.
    pub(crate) right: TlsAcceptor,
    /// For a host that is not the one connected to.
    pub(crate) wrong_host: TlsAcceptor,
    /// Ended a year ago.
    pub(crate) expired: TlsAcceptor,
}

const HERE: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

impl Certificates {
    pub(crate) fn new() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let now = OffsetDateTime::now_utc();
        let valid = (now - Duration::days(1), now + Duration::days(365));
        let ended = (now - Duration::days(730), now - Duration::days(365));

        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "RunCloud simulator, for tests only");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        (params.not_before, params.not_after) = (ended.0, valid.1);
        let key = KeyPair::generate()?;
        let ca = params.self_signed(&key)?;
        let issuer = Issuer::new(params, key);

        Ok(Self {
            ca_pem: ca.pem(),
            right: acceptor(&issuer, &HERE, valid)?,
            wrong_host: acceptor(&issuer, &["wrong-host.example"], valid)?,
            expired: acceptor(&issuer, &HERE, ended)?,
        })
    }
}

fn acceptor(
    issuer: &Issuer<'_, KeyPair>,
    hosts: &[&str],
    (not_before, not_after): (OffsetDateTime, OffsetDateTime),
) -> Result<TlsAcceptor, Box<dyn Error + Send + Sync>> {
    let hosts: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(hosts)?;
    params.distinguished_name.push(DnType::CommonName, "RunCloud simulator");
    (params.not_before, params.not_after) = (not_before, not_after);
    let key = KeyPair::generate()?;
    let certificate: CertificateDer<'static> = params.signed_by(&key, issuer)?.into();
    let key = PrivateKeyDer::try_from(key.serialize_der())?;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
