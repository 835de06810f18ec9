//! The operations that only read.

use super::{
    not_found::{self, is_absence},
    search,
};
use crate::{
    api::{
        DnsRecord, Host, Server, WebApp, WebAppRef,
        domain::GetDnsRecords,
        server::{GetServer, GetWebApp, Ping},
    },
    http::{Error, Session},
};

/// Returns when the panel accepts the credentials.
pub fn ping(session: &Session<'_>) -> Result<(), Error> {
    session.send(&Ping).map(|_| ())
}

/// The server.
pub fn server(session: &Session<'_>, app: WebAppRef) -> Result<Server, Error> {
    not_found::explained(session, app, || Ok(session.send(&GetServer { server_id: app.server_id })?))
}

/// The web application.
pub fn web_app(session: &Session<'_>, app: WebAppRef) -> Result<WebApp, Error> {
    not_found::explained(session, app, || Ok(session.send(&GetWebApp { app })?))
}

/// The DNS records that `domain` needs to reach this server; the domain must have been added. With `domain_id` one request;
/// without it, or when that id is gone, pages are read until the name is found.
///
/// # Errors
/// `InvalidDomain` when `domain_id` is another domain; `NotFound` when the domain was not added; all others of
/// [`Session::send`].
pub fn dns_records(
    session: &Session<'_>,
    app: WebAppRef,
    domain: &str,
    domain_id: Option<u64>,
) -> Result<Vec<DnsRecord>, Error> {
    let host = Host::parse(domain)?;
    not_found::explained(session, app, || {
        if let Some(domain_id) = domain_id {
            match session.send(&GetDnsRecords { app, domain_id }) {
                Ok(records) if records.0.iter().any(|record| host.is(&record.hostname)) => {
                    return Ok(records.0);
                }
                // Of another domain, or named in a way that we do not know.
                Ok(records) => {
                    not_found::named(session, app, &host, domain_id)?;
                    return Ok(records.0);
                }
                // The id may be that of an earlier life of the domain.
                Err(e) if is_absence(&e) => {}
                Err(e) => return Err(e.into()),
            }
        }
        let domain = search::require(session, app, &host)?;
        Ok(session.send(&GetDnsRecords { app, domain_id: domain.id })?.0)
    })
}
