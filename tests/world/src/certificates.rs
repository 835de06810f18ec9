//! Certificates of every kind.

#![expect(clippy::expect_used, reason = "what goes wrong here is a fault of the tests")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::{ResolvesServerCert, WebPkiClientVerifier},
    sign::CertifiedKey,
};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

/// What TLS shows.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// All is well.
    Good,
    /// For `*.` and the host's parent.
    Wildcard,
    /// Over since an hour.
    Expired,
    /// Begins in an hour.
    NotYetValid,
    /// Signed by itself.
    SelfSigned,
    /// For another host, of a good issuer.
    OtherName,
    /// For another host, and over.
    OtherNameExpired,
    /// Of an authority that nobody knows.
    UnknownIssuer,
    /// Of an authority whose certificate is over.
    ExpiredIssuer,
    /// Of Let's Encrypt's staging environment.
    Staging,
    /// Bytes that are no certificate.
    Garbage,
    /// Good, but the server wants a certificate from the client.
    ClientCertificate,
    /// Only TLS 1.2.
    Tls12,
    /// Nothing, and the connection stays.
    Hang,
    /// Nothing, and the connection is closed.
    Close,
    /// No TLS.
    NotTls,
}

/// One certificate for several names, as Let's Encrypt issues them.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// Its serial number.
    pub serial: u64,
    /// The names that it covers.
    pub names: Vec<String>,
    /// When it was issued, as a Unix time. It begins an hour before that, and lasts 90 days.
    pub issued_at: i64,
}

/// A certificate of a kind for the host that is asked for, or a certain one.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(untagged)]
pub enum Shown {
    /// Made for the host.
    Kind(Kind),
    /// The same for all hosts, as a web server has it.
    Issued(Issued),
}

type Authority = CertifiedIssuer<'static, KeyPair>;

/// The authorities, and what they have issued so far.
pub(crate) struct Store {
    root: Authority,
    stranger: Authority,
    staging: Authority,
    expired: Authority,
    made: Mutex<HashMap<(Shown, String), Arc<ServerConfig>>>,
}

impl Store {
    pub(crate) fn new() -> Self {
        let root = authority("World Root", 3650);
        let mut intermediate = authority_params("World Intermediate");
        intermediate.not_before = in_days(-30);
        intermediate.not_after = in_days(-1);
        let expired = CertifiedIssuer::signed_by(intermediate, key(), &root).expect("an intermediate");
        Self {
            expired,
            stranger: authority("Stranger", 3650),
            staging: authority("(STAGING) Pretend Pear X1", 3650),
            root,
            made: Mutex::default(),
        }
    }

    pub(crate) fn authority(&self) -> String {
        self.root.pem()
    }

    /// What a server needs to show such a certificate for the host.
    pub(crate) fn config(&self, shown: &Shown, host: &str) -> Arc<ServerConfig> {
        let host = if matches!(shown, Shown::Issued(_)) { "" } else { host };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || match shown {
            Shown::Kind(kind) => self.of_kind(*kind, host),
            Shown::Issued(issued) => self.issued(issued),
        };
        Arc::clone(made.entry((shown.clone(), host.to_owned())).or_insert_with(new))
    }

    fn issued(&self, issued: &Issued) -> Arc<ServerConfig> {
        let mut params = params(issued.names.clone());
        params.serial_number = Some(issued.serial.into());
        let issued_at = OffsetDateTime::from_unix_timestamp(issued.issued_at).expect("a time");
        params.not_before = issued_at - Duration::HOUR;
        params.not_after = params.not_before + Duration::days(90) - Duration::SECOND;
        let key = key();
        let certificate = params.signed_by(&key, &self.root).expect("a certificate");
        self.server(Kind::Good, vec![der(&certificate)], &key)
    }

    fn of_kind(&self, kind: Kind, host: &str) -> Arc<ServerConfig> {
        let key = key();
        let parent = host.split_once('.').map_or(host, |(_, parent)| parent);
        let names = match kind {
            Kind::OtherName | Kind::OtherNameExpired => vec!["other.example".to_owned()],
            Kind::Wildcard => vec![format!("*.{parent}"), parent.to_owned()],
            _ => vec![host.to_owned()],
        };
        let mut params = params(names);
        (params.not_before, params.not_after) = match kind {
            Kind::Expired | Kind::OtherNameExpired => (in_days(-90), in_days(0) - Duration::HOUR),
            Kind::NotYetValid => (in_days(0) + Duration::HOUR, in_days(90)),
            _ => (in_days(-10), in_days(80)),
        };
        let issued_by = |issuer: &Authority| params.signed_by(&key, issuer).expect("a certificate");
        let chain: Vec<CertificateDer<'static>> = match kind {
            Kind::SelfSigned => vec![der(&params.self_signed(&key).expect("a certificate"))],
            Kind::UnknownIssuer => vec![der(&issued_by(&self.stranger))],
            Kind::Staging => vec![der(&issued_by(&self.staging))],
            Kind::ExpiredIssuer => vec![der(&issued_by(&self.expired)), self.expired.der().clone()],
            Kind::Garbage => vec![CertificateDer::from(vec![0x30, 0x82, 0xff, 0xff, 1, 2, 3])],
            _ => vec![der(&issued_by(&self.root))],
        };
        self.server(kind, chain, &key)
    }

    fn server(&self, kind: Kind, chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Arc<ServerConfig> {
        let provider = Arc::new(ring::default_provider());
        let signer = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let signer = provider.key_provider.load_private_key(signer).expect("a key");
        let only = Arc::new(Only(Arc::new(CertifiedKey::new(chain, signer))));
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let versions: &[_] =
            if kind == Kind::Tls12 { &[&rustls::version::TLS12] } else { rustls::ALL_VERSIONS };
        let builder = builder.with_protocol_versions(versions).expect("versions");
        let config = if kind == Kind::ClientCertificate {
            let mut roots = rustls::RootCertStore::empty();
            roots.add(self.root.der().clone()).expect("a root");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().expect("a verifier"))
        } else {
            builder.with_no_client_auth()
        };
        Arc::new(config.with_cert_resolver(only))
    }
}

/// Shows one certificate, whatever it is.
#[derive(Debug)]
struct Only(Arc<CertifiedKey>);

impl ResolvesServerCert for Only {
    fn resolve(&self, _: rustls::server::ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

fn params(names: Vec<String>) -> CertificateParams {
    let mut params = CertificateParams::new(names).expect("names");
    params.distinguished_name.push(DnType::CommonName, "world");
    params.use_authority_key_identifier_extension = true;
    params
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    params
}

fn authority(name: &str, days: i64) -> Authority {
    let mut params = authority_params(name);
    params.not_before = in_days(-days);
    params.not_after = in_days(days);
    CertifiedIssuer::self_signed(params, key()).expect("an authority")
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn der(certificate: &Certificate) -> CertificateDer<'static> {
    certificate.der().clone()
}

fn in_days(days: i64) -> OffsetDateTime {
    OffsetDateTime::now_utc() + Duration::days(days)
}
