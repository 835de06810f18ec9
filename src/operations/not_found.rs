//! Which of the things in a path is not there? The panel's 404 does not say.

use crate::{
    api::{
        Endpoint, WebAppRef,
        server::{GetServer, GetWebApp},
    },
    http::{Error, ErrorKind, Reason, Session},
};

/// Runs an operation on a web application; a 404 comes out saying whether the server or the web application is missing.
///
/// The one or two reads that this takes are spent on the error path only.
pub(super) fn explained<T>(
    session: &Session<'_>,
    app: WebAppRef,
    operation: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    operation().map_err(|error| {
        if error.kind() != ErrorKind::NotFound || error.status().is_none() {
            return error;
        }
        if is_missing(session, &GetServer { server_id: app.server_id }) {
            return error.because(Reason::ServerNotFound).with("server_id", app.server_id);
        }
        if is_missing(session, &GetWebApp { app }) {
            let error = error.because(Reason::WebAppNotFound).with("server_id", app.server_id);
            return error.with("web_app_id", app.web_app_id);
        }
        error
    })
}

fn is_missing<E: Endpoint>(session: &Session<'_>, endpoint: &E) -> bool {
    session.send(endpoint).is_err_and(|e| e.kind() == ErrorKind::NotFound)
}
