//! Which server and web application am I?

use super::list::all;
use crate::{
    api::{
        Server, WebApp,
        server::{ListServers, ListWebApps},
    },
    http::{Error, Reason, Session},
};

/// A web application and the server it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedWebApp {
    /// The server's id.
    pub server_id: u64,
    /// The web application.
    pub web_app: WebApp,
}

/// The web applications, on every server that the credentials see, whose folder is `document_root` or holds it. More
/// than one when several servers have an application of the same name and user.
///
/// # Errors
/// `Configuration` when `document_root` is no absolute path; all of [`Session::send`].
pub fn discover(session: &Session<'_>, document_root: &str) -> Result<Vec<LocatedWebApp>, Error> {
    if !document_root.starts_with('/') || document_root.contains('\0') {
        return Err(Error::new(Reason::ArgumentInvalid).with("argument", "documentRoot"));
    }
    let mut located = Vec::new();
    for server in all(session, |page| ListServers { page }, |server: &Server| server.id)? {
        let endpoint = |page| ListWebApps { server_id: server.id, page };
        let apps = all(session, endpoint, |app: &WebApp| app.id)?;
        let here = apps.into_iter().filter(|app| holds(app, document_root));
        located.extend(here.map(|web_app| LocatedWebApp { server_id: server.id, web_app }));
    }
    Ok(located)
}

fn holds(app: &WebApp, path: &str) -> bool {
    [&app.root_path, &app.public_path].into_iter().flatten().any(|folder| {
        let folder = folder.trim_end_matches('/');
        !folder.is_empty()
            && path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
