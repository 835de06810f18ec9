//! A handshake that accepts any certificate, and keeps it.

use std::{
    net::IpAddr,
    rc::Rc,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::{certificate, verdict::judge};
use crate::inspect::{
    TlsLook, Verdict,
    address::Checked,
    options::Limits,
    sockets::{Connection, NoConnection, Sockets},
};

/// How many certificates of a chain are kept.
const LONGEST_CHAIN: usize = 10;

/// Looks at certificates.
pub(in crate::inspect) struct Looker {
    pub(in crate::inspect) sockets: Rc<Sockets>,
    pub(in crate::inspect) roots: Arc<RootCertStore>,
    pub(in crate::inspect) limits: Limits,
    pub(in crate::inspect) port: u16,
}

impl Looker {
    /// What TLS shows for `host` at an address.
    pub(in crate::inspect) async fn look(
        &self,
        host: &str,
        (address, in_dns): (Checked, bool),
        deadline: Instant,
    ) -> TlsLook {
        let keeper = Arc::new(Keeper::new());
        let looked = timeout_at(deadline, self.shake_hands(host, address, &keeper)).await;
        let (error, mut verdict) = match looked {
            Ok(Ok(())) => (None, Verdict::None),
            Ok(Err(code)) if code.ends_with("timeout") => (Some(code), Verdict::TooLate),
            Ok(Err(code)) => (Some(code), Verdict::None),
            Err(_) => (Some("deadline"), Verdict::TooLate),
        };
        let mut look =
            TlsLook { address: address.ip(), in_dns, verdict, covers_host: false, error, certificate: None };
        let chain = keeper.shown();
        let Some(leaf) = chain.first() else { return look };
        let Some(((read, traits), name)) = certificate::read(leaf).zip(server_name(host)) else {
            look.error = Some("unreadable-certificate");
            return look;
        };
        (verdict, look.covers_host) = judge(&chain, (&read, traits), &name, &self.roots, now());
        look.verdict = verdict;
        look.certificate = Some(read);
        look
    }

    async fn shake_hands(
        &self,
        host: &str,
        address: Checked,
        keeper: &Arc<Keeper>,
    ) -> Result<(), &'static str> {
        let name = server_name(host).ok_or("bad-host")?;
        let config = config(Arc::clone(keeper) as Arc<dyn ServerCertVerifier>).ok_or("tls")?;
        let connection = self.sockets.connect(address, self.port, self.limits.connect).await;
        let Connection { stream, place: _place } = connection.map_err(NoConnection::code)?;
        let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
        match timeout(self.limits.answer, connecting).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(why(&error)),
            Err(_) => Err("answer-timeout"),
        }
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    since.try_into().unwrap_or(i64::MAX)
}

/// A host as TLS names it.
pub(in crate::inspect) fn server_name(host: &str) -> Option<ServerName<'static>> {
    if let Ok(ip) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Some(ServerName::from(ip));
    }
    ServerName::try_from(host.to_owned()).ok()
}

/// TLS for requests whose certificate is not judged.
pub(in crate::inspect) fn any_certificate() -> Option<Arc<ClientConfig>> {
    config(Arc::new(Keeper::new())).map(Arc::new)
}

fn config(verifier: Arc<dyn ServerCertVerifier>) -> Option<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().ok()?;
    let mut config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    config.resumption = Resumption::disabled();
    Some(config)
}

fn why(error: &std::io::Error) -> &'static str {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(Error::AlertReceived(_)) => "tls-alert",
        Some(Error::InvalidMessage(_)) => "not-tls",
        Some(Error::PeerIncompatible(_)) => "tls-version",
        Some(_) => "tls",
        None => "connection-closed",
    }
}

/// Accepts any certificate and keeps it, whatever becomes of the handshake.
#[derive(Debug)]
struct Keeper {
    provider: CryptoProvider,
    chain: Mutex<Vec<CertificateDer<'static>>>,
}

impl Keeper {
    fn new() -> Self {
        Self { provider: rustls::crypto::ring::default_provider(), chain: Mutex::default() }
    }

    fn shown(&self) -> Vec<CertificateDer<'static>> {
        std::mem::take(&mut *self.chain.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ServerCertVerifier for Keeper {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(leaf).chain(intermediates).take(LONGEST_CHAIN);
        *self.chain.lock().unwrap_or_else(PoisonError::into_inner) =
            chain.map(|certificate| certificate.clone().into_owned()).collect();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
