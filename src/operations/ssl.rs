//! Has a certificate issued anew, so that it covers what the web application serves now.

use super::{list, not_found, read};
use crate::{
    api::{
        Certificate, Host, SslMode, WebAppRef,
        ssl::{GetCertificate, GetSslMode, InstallCertificate, Place, RedeployCertificate},
    },
    http::{Error, ErrorKind, Reason, Session},
};

/// What became of the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SslOutcome {
    /// The panel issues it anew.
    Redeployed,
    /// The domain's first certificate was ordered (advanced mode).
    Installed,
    /// Nothing to do: the panel issues certificates by itself.
    Automatic,
    /// The web application has no certificate: a first one changes all of it, so the admin installs it in the dashboard.
    NotInstalled,
    /// The certificate is a custom one or from a CSR: the panel cannot issue it anew.
    NotRenewable,
}

/// The state of the certificate after a redeploy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SslDeployment {
    /// What was done.
    pub outcome: SslOutcome,
    /// The mode of the web application.
    pub mode: SslMode,
    /// The certificate; with it the next redeploy takes one request.
    pub certificate_id: Option<u64>,
    /// The domain's id, in advanced mode.
    pub domain_id: Option<u64>,
    /// The domain, in advanced mode; none: the certificate is the whole web application's.
    pub domain: Option<String>,
    /// `letsencrypt`, `custom` or `csr`, where it was read.
    pub method: Option<String>,
    /// `YYYY-MM-DD HH:MM:SS`, where it was read and is still true.
    pub valid_until: Option<String>,
}

/// Which certificate is meant, as far as the caller knows.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted<'a> {
    host: Option<&'a Host>,
    certificate_id: Option<u64>,
    domain_id: Option<u64>,
}

/// How the web application's certificates are organised.
pub fn ssl_mode(session: &Session<'_>, app: WebAppRef) -> Result<SslMode, Error> {
    not_found::explained(session, app, || Ok(session.send(&GetSslMode { app })?.ssl_mode()))
}

/// Has the certificate of the web application (basic mode) or of `domain` (advanced mode, where it is needed) issued
/// anew; in advanced mode a first one is installed.
///
/// With the ids of an earlier [`SslDeployment`] one request; when they are out of date, or without them, three or four.
///
/// # Errors
/// `InvalidDomain` when advanced mode needs `domain`; `NotFound` when the domain was not added; all others of
/// [`Session::send`].
pub fn redeploy_ssl(
    session: &Session<'_>,
    app: WebAppRef,
    domain: Option<&str>,
    certificate_id: Option<u64>,
    domain_id: Option<u64>,
) -> Result<SslDeployment, Error> {
    let host = domain.map(Host::parse).transpose()?;
    let wanted = Wanted { host: host.as_ref(), certificate_id, domain_id };
    not_found::explained(session, app, || match redeploy_known(session, app, wanted)? {
        Some(done) => Ok(done),
        None => match session.send(&GetSslMode { app })?.ssl_mode() {
            SslMode::Automatic => Ok(SslDeployment::of(SslMode::Automatic, SslOutcome::Automatic)),
            SslMode::Basic => redeploy_basic(session, app),
            SslMode::Advanced => redeploy_advanced(session, app, wanted),
        },
    })
}

/// The certificate that the caller knows, without looking it up. None: not known, or gone.
fn redeploy_known(
    session: &Session<'_>,
    app: WebAppRef,
    wanted: Wanted<'_>,
) -> Result<Option<SslDeployment>, Error> {
    let Some(certificate_id) = wanted.certificate_id else { return Ok(None) };
    let (place, mode) = match wanted.domain_id {
        Some(id) => (Place::Domain(id), SslMode::Advanced),
        None => (Place::WebApp, SslMode::Basic),
    };
    match session.send(&RedeployCertificate { app, place, certificate_id }) {
        Ok(_) => Ok(Some(SslDeployment {
            certificate_id: Some(certificate_id),
            domain_id: wanted.domain_id,
            domain: wanted.domain_id.and(wanted.host).map(Host::to_string),
            ..SslDeployment::of(mode, SslOutcome::Redeployed)
        })),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

fn redeploy_basic(session: &Session<'_>, app: WebAppRef) -> Result<SslDeployment, Error> {
    let blank = SslDeployment::of(SslMode::Basic, SslOutcome::NotInstalled);
    match certificate(session, app, Place::WebApp)? {
        Some((id, certificate)) => redeploy(session, app, Place::WebApp, id, certificate, blank),
        None => Ok(blank),
    }
}

fn redeploy_advanced(
    session: &Session<'_>,
    app: WebAppRef,
    wanted: Wanted<'_>,
) -> Result<SslDeployment, Error> {
    let Some(host) = wanted.host else {
        return Err(Error::new(Reason::DomainRequired).with("web_app_id", app.web_app_id));
    };
    match wanted.domain_id {
        Some(id) => match redeploy_domain(session, app, host, id) {
            // The id may be that of an earlier life of the domain.
            Err(e) if e.kind() == ErrorKind::NotFound => redeploy_found(session, app, host),
            result => result,
        },
        None => redeploy_found(session, app, host),
    }
}

fn redeploy_found(session: &Session<'_>, app: WebAppRef, host: &Host) -> Result<SslDeployment, Error> {
    let domain = list::find(session, app, host)?.ok_or_else(|| read::no_such_domain(app, host))?;
    redeploy_domain(session, app, host, domain.id)
}

fn redeploy_domain(
    session: &Session<'_>,
    app: WebAppRef,
    host: &Host,
    id: u64,
) -> Result<SslDeployment, Error> {
    let blank = SslDeployment {
        domain_id: Some(id),
        domain: Some(host.to_string()),
        ..SslDeployment::of(SslMode::Advanced, SslOutcome::Installed)
    };
    match certificate(session, app, Place::Domain(id))? {
        Some((certificate_id, certificate)) => {
            redeploy(session, app, Place::Domain(id), certificate_id, certificate, blank)
        }
        None if host.as_str().starts_with("*.") => {
            Err(Error::new(Reason::WildcardCertificate).with("domain", host.as_str()))
        }
        None => {
            let certificate = install(session, app, id)?;
            Ok(SslDeployment {
                certificate_id: certificate.id,
                method: certificate.method,
                valid_until: certificate.valid_until,
                ..blank
            })
        }
    }
}

/// The certificate at a place, with its id; none: not installed, which the panel says with 404 or with a message.
fn certificate(
    session: &Session<'_>,
    app: WebAppRef,
    place: Place,
) -> Result<Option<(u64, Certificate)>, Error> {
    match session.send(&GetCertificate { app, place }) {
        Ok(certificate) => Ok(certificate.id.map(|id| (id, certificate))),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

fn redeploy(
    session: &Session<'_>,
    app: WebAppRef,
    place: Place,
    certificate_id: u64,
    certificate: Certificate,
    blank: SslDeployment,
) -> Result<SslDeployment, Error> {
    let outcome = if certificate.is_renewable() {
        session.send(&RedeployCertificate { app, place, certificate_id })?;
        SslOutcome::Redeployed
    } else {
        SslOutcome::NotRenewable
    };
    // A redeployed certificate is valid for longer than what was read before.
    let valid_until = certificate.valid_until.filter(|_| outcome == SslOutcome::NotRenewable);
    Ok(SslDeployment {
        outcome,
        certificate_id: Some(certificate_id),
        method: certificate.method,
        valid_until,
        ..blank
    })
}

/// Installs a domain's first certificate; as for every POST, a lost answer is read back before anything is sent again.
fn install(session: &Session<'_>, app: WebAppRef, domain_id: u64) -> Result<Certificate, Error> {
    let mut attempt = 1;
    loop {
        let error = match session.send(&InstallCertificate { app, domain_id }) {
            Ok(certificate) => return Ok(certificate),
            Err(e) if e.kind() == ErrorKind::Validation || e.is_answer_lost() => e,
            Err(e) => return Err(e),
        };
        if let Some((_, installed)) = certificate(session, app, Place::Domain(domain_id))? {
            return Ok(installed);
        }
        if !error.is_answer_lost() || !session.sleep_before_resend(&error, attempt) {
            return Err(error.with_attempts(attempt));
        }
        attempt += 1;
    }
}

impl SslDeployment {
    fn of(mode: SslMode, outcome: SslOutcome) -> Self {
        Self {
            outcome,
            mode,
            certificate_id: None,
            domain_id: None,
            domain: None,
            method: None,
            valid_until: None,
        }
    }
}
