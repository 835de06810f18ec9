//! What is not there? The panel's 404 does not say which of the things in a path it means.

use crate::{
    api::{
        Domain, Host, WebAppRef,
        domain::GetDomain,
        server::{GetServer, GetWebApp},
    },
    http::{Error, ErrorKind, Reason, Session},
};

/// Why an operation on a web application failed.
pub(super) enum Failure {
    /// A request failed.
    Request(Error),
    /// The operation itself says what is wrong, completely.
    Told(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Request(error)
    }
}

/// Whether the panel itself says that something is not there. A 404 without JSON comes from something in between, which knows
/// nothing of the panel's content.
pub(super) fn is_absence(error: &Error) -> bool {
    error.kind() == ErrorKind::NotFound && !error.is_retryable()
}

/// Runs an operation on a web application; a 404 comes out saying whether the server or the web application is missing.
///
/// The one or two reads that this takes are spent on the error path only.
pub(super) fn explained<T>(
    session: &Session<'_>,
    app: WebAppRef,
    operation: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Error> {
    operation().map_err(|failure| match failure {
        Failure::Request(error) if is_absence(&error) => explain(session, app, error),
        Failure::Request(error) | Failure::Told(error) => error,
    })
}

fn explain(session: &Session<'_>, app: WebAppRef, error: Error) -> Error {
    match session.send(&GetServer { server_id: app.server_id }) {
        Err(e) if is_absence(&e) => error.because(Reason::ServerNotFound).with("server_id", app.server_id),
        // No other read would go better.
        Err(_) => error,
        Ok(_) => match session.send(&GetWebApp { app }) {
            Err(e) if is_absence(&e) => error
                .because(Reason::WebAppNotFound)
                .with("server_id", app.server_id)
                .with("web_app_id", app.web_app_id),
            _ => error,
        },
    }
}

/// The domain with this id. None only when the panel says that it has no such domain although it has the web application.
pub(super) fn by_id(session: &Session<'_>, app: WebAppRef, domain_id: u64) -> Result<Option<Domain>, Error> {
    match session.send(&GetDomain { app, domain_id }) {
        Ok(domain) => Ok(Some(domain)),
        Err(e) if is_absence(&e) => session.send(&GetWebApp { app }).map(|_| None),
        Err(e) => Err(e),
    }
}

/// As [`by_id`]; a domain that is not there is an error.
pub(super) fn require_id(session: &Session<'_>, app: WebAppRef, domain_id: u64) -> Result<Domain, Failure> {
    let before = session.requests();
    by_id(session, app, domain_id)?.ok_or_else(|| {
        let error = Error::new(Reason::DomainNotFound).with("domain_id", domain_id);
        missing(app, error, session.requests() - before)
    })
}

/// The domain with this id, if the panel has it; one that has another name than `host` is an error.
pub(super) fn named(
    session: &Session<'_>,
    app: WebAppRef,
    host: &Host,
    domain_id: u64,
) -> Result<Option<Domain>, Failure> {
    match session.send(&GetDomain { app, domain_id }) {
        Ok(domain) if host.is(&domain.name) => Ok(Some(domain)),
        Ok(domain) => Err(Failure::Told(of_another(domain_id, host, &domain))),
        Err(e) if is_absence(&e) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

/// The web application is there, the domain is not, as `requests` requests found out.
pub(super) fn no_such_domain(app: WebAppRef, host: &Host, requests: u32) -> Failure {
    missing(app, Error::new(Reason::DomainNotFound).with("domain", host.as_str()), requests)
}

fn missing(app: WebAppRef, error: Error, requests: u32) -> Failure {
    let error = error.with("web_app_id", app.web_app_id);
    Failure::Told(error.with_status(404).with_attempts(requests))
}

/// The id is that of another domain, so nothing was done.
fn of_another(domain_id: u64, host: &Host, found: &Domain) -> Error {
    Error::new(Reason::DomainIdMismatch)
        .with("domain_id", domain_id)
        .with("domain", host.as_str())
        .with("found", found.name.escape_debug().to_string())
}
