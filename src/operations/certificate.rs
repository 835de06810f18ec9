//! The certificate that is installed.

use super::not_found::{self, is_absence};
use crate::{
    api::{WebAppRef, server::GetWebApp, ssl},
    http::{Error, Session},
};

/// A certificate, without its key and its PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The panel's id.
    pub id: u64,
    /// `letsencrypt`, `custom` or `csr`.
    pub method: Option<String>,
    /// `YYYY-MM-DD HH:MM:SS`.
    pub valid_until: Option<String>,
    /// When the panel renews it, `YYYY-MM-DD HH:MM:SS`.
    pub renewal_date: Option<String>,
    /// Whether it is one of Let's Encrypt's test environment, which no browser trusts.
    pub staging: Option<bool>,
}

/// The certificate of the domain with this id (advanced mode), or of the web application (basic mode): one request. None: it
/// has none, which may take two requests to be sure of.
///
/// # Errors
/// `NotFound` when the domain or the web application itself is not there; all others of [`Session::send`].
pub fn certificate(
    session: &Session<'_>,
    app: WebAppRef,
    domain_id: Option<u64>,
) -> Result<Option<Certificate>, Error> {
    let place = domain_id.map_or(ssl::Place::WebApp, ssl::Place::Domain);
    not_found::explained(session, app, || {
        match session.send(&ssl::GetCertificate { app, place }) {
            Ok(certificate) => return Ok(Certificate::of(certificate)),
            Err(e) if is_absence(&e) => {}
            Err(e) => return Err(e.into()),
        }
        // The panel says the same of a certificate, a domain and a web application that is not there.
        match domain_id {
            None => drop(session.send(&GetWebApp { app })?),
            Some(id) => drop(not_found::require_id(session, app, id)?),
        }
        Ok(None)
    })
}

impl Certificate {
    /// None for the message that stands for "not installed".
    pub(super) fn of(certificate: ssl::Certificate) -> Option<Self> {
        let ssl::Certificate { id, method, valid_until, renewal_date, staging } = certificate;
        Some(Self { id: id?, method, valid_until, renewal_date, staging })
    }
}
