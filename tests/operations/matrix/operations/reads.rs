//! What changes nothing.

use runcloud::{
    api::SslMode,
    operations::{
        certificate, discover, dns_records, domain, domains, domains_page, find_domain, ping, server,
        ssl_mode, web_app,
    },
};
use serde_json::json;

use super::{Operation, Ssl, TARGET, TARGET_ID, USUAL};
use crate::panel::APP;

const FOLDER: &str = "/home/runcloud/webapps/network";

pub const ALL: &[Operation] = &[
    Operation {
        name: "list",
        decisive: || json!({"path": "page=2"}),
        call: |s| Ok(if domains(s, APP)?.len() == 46 { "ok" } else { "INCOMPLETE" }),
        ..USUAL
    },
    Operation {
        name: "find",
        decisive: || json!({"path": "page=2"}),
        call: |s| Ok(if find_domain(s, APP, TARGET)?.is_some() { "ok" } else { "OVERLOOKED" }),
        ..USUAL
    },
    Operation {
        name: "page",
        decisive: || json!({"path": "page=2"}),
        call: |s| Ok(if domains_page(s, APP, 2)?.domains.len() == 6 { "ok" } else { "INCOMPLETE" }),
        ..USUAL
    },
    Operation {
        name: "domain",
        decisive: || json!({"path": "/domains/5045"}),
        call: |s| Ok(if domain(s, APP, TARGET_ID)?.is_some() { "ok" } else { "none" }),
        ..USUAL
    },
    Operation {
        name: "no domain",
        decisive: || json!({"path": "/domains/77"}),
        call: |s| Ok(if domain(s, APP, 77)?.is_none() { "ok" } else { "WRONG" }),
        ..USUAL
    },
    Operation {
        name: "certificate",
        decisive: || json!({"path_ends_with": "/ssl"}),
        call: |s| Ok(if certificate(s, APP, None)?.is_some() { "ok" } else { "none" }),
        ..USUAL
    },
    Operation {
        name: "no certificate",
        decisive: || json!({"path_ends_with": "/ssl"}),
        ssl: Ssl::None,
        call: |s| Ok(if certificate(s, APP, Some(TARGET_ID))?.is_none() { "ok" } else { "WRONG" }),
        ..USUAL
    },
    Operation {
        name: "dns records",
        decisive: || json!({"path": "/dns"}),
        call: |s| Ok(if dns_records(s, APP, TARGET, Some(TARGET_ID))?.len() == 2 { "ok" } else { "WRONG" }),
        ..USUAL
    },
    Operation {
        name: "ssl mode",
        decisive: || json!({"path": "/ssl/advanced"}),
        ssl: Ssl::None,
        call: |s| Ok(if ssl_mode(s, APP)? == SslMode::Advanced { "ok" } else { "WRONG" }),
        ..USUAL
    },
    Operation {
        name: "ping",
        decisive: || json!({"path": "/ping"}),
        call: |s| ping(s).map(|()| "ok"),
        ..USUAL
    },
    Operation {
        name: "server",
        decisive: || json!({"path": "/servers/1001"}),
        call: |s| Ok(if server(s, APP)?.name == "web-1" { "ok" } else { "WRONG" }),
        ..USUAL
    },
    Operation {
        name: "web app",
        decisive: || json!({"path": "/webapps/2001"}),
        call: |s| Ok(if web_app(s, APP)?.name == "network" { "ok" } else { "WRONG" }),
        ..USUAL
    },
    Operation {
        name: "discover",
        decisive: || json!({"path": "/servers/1001/webapps?"}),
        call: |s| Ok(if discover(s, FOLDER)?.len() == 1 { "ok" } else { "OVERLOOKED" }),
        ..USUAL
    },
];
