//! TLS as we speak it: 1.2 and 1.3, with ring, without a certificate of ours.

use std::sync::Arc;

use rustls::{
    ClientConfig, NamedGroup, RootCertStore, SignatureScheme,
    client::{
        ClientSessionMemoryCache, ClientSessionStore, ResolvesClientCert, Resumption,
        Tls12ClientSessionValue, Tls13ClientSessionValue,
    },
    crypto::ring,
    pki_types::ServerName,
    sign::CertifiedKey,
};

use super::{trip::Stage, watch::Watch};

/// Sessions that are kept: those of the panel.
const SESSIONS: usize = 8;

/// Trusts `roots`. Notes in `watch` that a handshake has begun, and that the peer wants a certificate.
pub(super) fn config(roots: Arc<RootCertStore>, watch: &Arc<Watch>) -> Result<ClientConfig, rustls::Error> {
    let mut tls = ClientConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_client_cert_resolver(Arc::new(NoCertificate(Arc::clone(watch))));
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    tls.resumption = Resumption::store(Arc::new(Sessions {
        kept: ClientSessionMemoryCache::new(SESSIONS),
        watch: Arc::clone(watch),
    }));
    Ok(tls)
}

/// There is no certificate of ours.
#[derive(Debug)]
struct NoCertificate(Arc<Watch>);

impl ResolvesClientCert for NoCertificate {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.0.trip().certificate_is_wanted();
        None
    }

    fn has_certs(&self) -> bool {
        false
    }
}

/// rustls's own store of sessions, which is asked at the beginning of each handshake.
#[derive(Debug)]
struct Sessions {
    kept: ClientSessionMemoryCache,
    watch: Arc<Watch>,
}

impl ClientSessionStore for Sessions {
    fn kx_hint(&self, server: &ServerName<'_>) -> Option<NamedGroup> {
        self.watch.trip().enter(Stage::Handshaking);
        self.kept.kx_hint(server)
    }

    fn set_kx_hint(&self, server: ServerName<'static>, group: NamedGroup) {
        self.kept.set_kx_hint(server, group);
    }

    fn set_tls12_session(&self, server: ServerName<'static>, session: Tls12ClientSessionValue) {
        self.kept.set_tls12_session(server, session);
    }

    fn tls12_session(&self, server: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.kept.tls12_session(server)
    }

    fn remove_tls12_session(&self, server: &ServerName<'static>) {
        self.kept.remove_tls12_session(server);
    }

    fn insert_tls13_ticket(&self, server: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        self.kept.insert_tls13_ticket(server, ticket);
    }

    fn take_tls13_ticket(&self, server: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.kept.take_tls13_ticket(server)
    }
}
