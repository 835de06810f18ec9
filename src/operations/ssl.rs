//! Has a certificate issued anew, so that it covers what the web application serves now.

use super::{
    install::{install, installed},
    names,
    not_found::{self, Failure, is_absence},
    search,
};
use crate::{
    api::{
        Certificate, Host, SslMode, WebAppRef,
        ssl::{GetSslMode, Place, RedeployCertificate},
    },
    http::{Error, Reason, Session},
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
/// With the ids of an earlier [`SslDeployment`] one request; when they are out of date, or without them, three to five.
///
/// In advanced mode `domain_id` must be that of `domain`. Where the certificate has to be looked up, that is checked: free of
/// charge when [`add_domain`](super::add_domain) of this process returned the id, else with a request. Both ids together are
/// taken at their word, unless this process knows better: a certificate of another domain than `domain_id` is unknown to the
/// panel, which leads to a look-up.
///
/// # Errors
/// `InvalidDomain` when advanced mode needs `domain`, or `domain_id` is another one; `NotFound` when the domain was not added;
/// all others of [`Session::send`]. [`Error::is_outcome_unknown`] tells whether a certificate may have been issued all the same.
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
            SslMode::Basic => redeploy_basic(session, app).map_err(seen_before),
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
    let is_of_another = wanted
        .domain_id
        .zip(wanted.host)
        .is_some_and(|(id, host)| names::belongs_to(session, app, id, host) == Some(false));
    if is_of_another {
        return Ok(None);
    }
    match session.send(&RedeployCertificate { app, place, certificate_id }) {
        Ok(_) => Ok(Some(SslDeployment {
            certificate_id: Some(certificate_id),
            domain_id: wanted.domain_id,
            domain: wanted.domain_id.and(wanted.host).map(Host::to_string),
            ..SslDeployment::of(mode, SslOutcome::Redeployed)
        })),
        // After a lost answer a 404 proves nothing, and one more order could be the third.
        Err(e) if is_absence(&e) && e.is_outcome_unknown() => Err(e.because(Reason::GoneMeanwhile)),
        Err(e) if is_absence(&e) => Ok(None),
        Err(e) => Err(e),
    }
}

fn redeploy_basic(session: &Session<'_>, app: WebAppRef) -> Result<SslDeployment, Error> {
    let blank = SslDeployment::of(SslMode::Basic, SslOutcome::NotInstalled);
    match installed(session, app, Place::WebApp)? {
        Some(certificate) => redeploy(session, app, Place::WebApp, certificate, blank),
        None => Ok(blank),
    }
}

fn redeploy_advanced(
    session: &Session<'_>,
    app: WebAppRef,
    wanted: Wanted<'_>,
) -> Result<SslDeployment, Failure> {
    let Some(host) = wanted.host else {
        return Err(Failure::Told(Error::new(Reason::DomainRequired).with("web_app_id", app.web_app_id)));
    };
    let Some(id) = wanted.domain_id else {
        let domain = search::require(session, app, host)?;
        return redeploy_domain(session, app, host, domain.id).map_err(seen_before);
    };
    if names::belongs_to(session, app, id, host) == Some(true) {
        match redeploy_domain(session, app, host, id) {
            // Removed since then, and perhaps added anew.
            Err(e) if is_absence(&e) && !e.is_outcome_unknown() => names::forget(session, app, id),
            result => return Ok(result?),
        }
    }
    let id = checked(session, app, host, id)?;
    redeploy_domain(session, app, host, id).map_err(seen_before)
}

/// What the panel does not know any more was there a moment ago: the same call will see what has become of it.
fn seen_before(error: Error) -> Failure {
    Failure::Request(if is_absence(&error) { error.because(Reason::GoneMeanwhile) } else { error })
}

/// The id of `host`: `id`, or another one if `id` is that of an earlier life of the domain.
fn checked(session: &Session<'_>, app: WebAppRef, host: &Host, id: u64) -> Result<u64, Failure> {
    match not_found::named(session, app, host, id)? {
        Some(domain) => Ok(domain.id),
        None => Ok(search::require(session, app, host)?.id),
    }
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
    match installed(session, app, Place::Domain(id))? {
        Some(certificate) => redeploy(session, app, Place::Domain(id), certificate, blank),
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

fn redeploy(
    session: &Session<'_>,
    app: WebAppRef,
    place: Place,
    certificate: Certificate,
    blank: SslDeployment,
) -> Result<SslDeployment, Error> {
    let certificate_id = certificate.id;
    let is_renewable = certificate.is_renewable();
    if let Some(certificate_id) = certificate_id
        && is_renewable
    {
        session.send(&RedeployCertificate { app, place, certificate_id })?;
    }
    Ok(SslDeployment {
        outcome: if is_renewable { SslOutcome::Redeployed } else { SslOutcome::NotRenewable },
        certificate_id,
        method: certificate.method,
        // A redeployed certificate is valid for longer than what was read before.
        valid_until: certificate.valid_until.filter(|_| !is_renewable),
        ..blank
    })
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
