//! Web applications: <https://runcloud.io/docs/api/v3/api-8617094>.

use super::{Call, Route, servers};
use crate::api::answer::{Answer, Reply};
use crate::api::pages;
use crate::content::state::Ssl;

pub(super) const ROUTES: &[Route] = &[("GET", "/servers/{server}/webapps", list), ("GET", "~", one)];

pub(super) fn list(call: &mut Call<'_>) -> Reply {
    servers::one(call)?;
    let search = call.request.parameter("search").unwrap_or_default().to_lowercase();
    let server = call.ids.server;
    let on_server = call.state.webapps.iter().filter(|webapp| webapp.server_id == server);
    let found: Vec<_> = on_server.filter(|webapp| webapp.name.to_lowercase().contains(&search)).collect();
    let shape = call.shape();
    Ok(Answer::ok(pages::page(call.request, call.switches, &found, |webapp| shape.web_app(webapp))))
}

pub(super) fn one(call: &mut Call<'_>) -> Reply {
    let (server, id) = (call.ids.server, call.ids.webapp);
    let found = call.state.webapps.iter().find(|webapp| webapp.server_id == server && webapp.id == id);
    Ok(Answer::ok(call.shape().web_app(found.ok_or_else(Answer::not_found)?)))
}

impl Call<'_> {
    /// 404 unless the server of the path has the web application of the path.
    pub(super) fn require_webapp(&mut self) -> Result<(), Answer> {
        one(self).map(drop)
    }

    pub(super) fn ssl(&mut self) -> Result<&mut Ssl, Answer> {
        self.require_webapp()?;
        Ok(self.state.ssl.entry(self.ids.webapp).or_default())
    }
}
