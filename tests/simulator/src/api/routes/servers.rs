//! Servers: <https://runcloud.io/docs/api/v3/api-8617081>.

use super::{Call, Route};
use crate::api::answer::{Answer, Reply};
use crate::api::pages;
use serde_json::json;

pub(super) const ROUTES: &[Route] = &[
    ("GET", "/ping", ping),
    ("GET", "/servers", list),
    ("GET", "/servers/{server}", one),
    ("GET", "/servers/{server}/php/version", php_versions),
];

const PHP_VERSIONS: [&str; 4] = ["php81rc", "php82rc", "php83rc", "php84rc"];

#[expect(clippy::unnecessary_wraps, reason = "a handler like the others")]
fn ping(_: &mut Call<'_>) -> Reply {
    Ok(Answer::ok(json!({ "message": "pong" })))
}

#[expect(clippy::unnecessary_wraps, reason = "a handler like the others")]
fn list(call: &mut Call<'_>) -> Reply {
    let search = call.request.parameter("search").unwrap_or_default().to_lowercase();
    let found: Vec<_> =
        call.state.servers.iter().filter(|server| server.name.to_lowercase().contains(&search)).collect();
    let shape = call.shape();
    Ok(Answer::ok(pages::page(call.request, call.switches, &found, |server| shape.server(server))))
}

pub(super) fn one(call: &mut Call<'_>) -> Reply {
    let server = call.state.servers.iter().find(|server| server.id == call.ids.server);
    Ok(Answer::ok(call.shape().server(server.ok_or_else(Answer::not_found)?)))
}

/// A bare list: <https://runcloud.io/docs/api/v3/api-8617080>.
fn php_versions(call: &mut Call<'_>) -> Reply {
    one(call)?;
    Ok(Answer::ok(json!(PHP_VERSIONS)))
}
