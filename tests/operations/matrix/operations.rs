//! The columns: what can be called, on which panel, and what it is to change there.

use runcloud::{
    api::{Redirection, SslMode},
    http::{Error, Session},
    operations::{
        SslOutcome, add_domain, discover, dns_records, domains, find_domain, ping, redeploy_ssl,
        remove_domain, server, ssl_mode, web_app,
    },
};
use serde_json::{Value, json};

use crate::panel::{APP, Panel, key_pair, token};

/// A domain on the second page, so that who stops at the first one is found out.
const TARGET: &str = "d45.example";
const TARGET_ID: u64 = 5045;
const NEW: &str = "new.example";
const CERTIFICATE: u64 = 4001;
const FOLDER: &str = "/home/runcloud/webapps/network";

/// One operation.
pub struct Operation {
    pub name: &'static str,
    /// What it changes at the panel, in the words of [`super::holding`]; empty: nothing.
    pub change: &'static str,
    /// The request that does the work, as a fault matches it.
    pub decisive: fn() -> Value,
    /// How the web application's SSL is organised.
    ssl: Ssl,
    /// By API v2 with a key pair, else by v3 with a token.
    key_pair: bool,
    /// The call; its result in a word.
    call: fn(&Session<'_>) -> Result<&'static str, Error>,
}

#[derive(Clone, Copy)]
enum Ssl {
    /// One certificate for all domains.
    Basic,
    /// Advanced mode without certificates.
    None,
    /// Advanced mode; the target has a certificate.
    Own,
}

impl Operation {
    /// Makes the panel what the operation needs: 46 domains, so two pages.
    pub fn prepare(&self, panel: &mut Panel) {
        panel.credentials = if self.key_pair { key_pair() } else { token("test-token") };
        panel.reset();
        panel.hold_domains(45);
        if !matches!(self.ssl, Ssl::Basic) {
            panel.set_ssl(true, false, &Value::Null);
        }
        if matches!(self.ssl, Ssl::Own) {
            panel.set_state(json!({"domain_certificates": {TARGET_ID.to_string(): {"id": CERTIFICATE}}}));
        }
    }

    /// A secret of the one who calls.
    pub fn secret(&self) -> &'static str {
        if self.key_pair { "test-secret" } else { "test-token" }
    }

    /// The word and the number of requests; `before` may use the session first.
    pub fn call(
        &self,
        panel: &Panel,
        before: impl FnOnce(&Session<'_>),
    ) -> (Result<&'static str, Error>, u32) {
        let mut requests = 0;
        let result = panel.call(|session| {
            before(session);
            let earlier = session.requests();
            let result = (self.call)(session);
            requests = session.requests() - earlier;
            result
        });
        (result, requests)
    }
}

const ADD: Operation = Operation {
    name: "add",
    change: "+ new.example",
    decisive: || json!({"method": "POST"}),
    ssl: Ssl::Basic,
    key_pair: false,
    call: |s| {
        let added = add_domain(s, APP, NEW, false, Redirection::None)?;
        Ok(if added.created { "ok" } else { "found" })
    },
};

const REMOVE_BY_ID: Operation = Operation {
    name: "remove by id",
    change: "- d45.example",
    decisive: || json!({"method": "DELETE"}),
    ssl: Ssl::Basic,
    key_pair: false,
    call: |s| Ok(if remove_domain(s, APP, TARGET, Some(TARGET_ID))? { "ok" } else { "gone" }),
};

const REDEPLOY: Operation = Operation {
    name: "redeploy",
    change: "certificate of 2001",
    decisive: || json!({"method": "PUT"}),
    ssl: Ssl::Basic,
    key_pair: false,
    call: |s| Ok(word(redeploy_ssl(s, APP, None, None, None)?.outcome)),
};

/// All operations, in the order of the columns.
pub const ALL: &[Operation] = &[
    ADD,
    Operation { name: "add, v2", key_pair: true, ..ADD },
    REMOVE_BY_ID,
    Operation { name: "remove by id, v2", key_pair: true, ..REMOVE_BY_ID },
    Operation {
        name: "remove",
        change: "- d45.example",
        decisive: || json!({"method": "DELETE"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if remove_domain(s, APP, TARGET, None)? { "ok" } else { "gone" }),
    },
    REDEPLOY,
    Operation { name: "redeploy, v2", key_pair: true, ..REDEPLOY },
    Operation {
        name: "redeploy known",
        change: "certificate of 2001",
        decisive: || json!({"method": "PUT"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(word(redeploy_ssl(s, APP, None, Some(CERTIFICATE), None)?.outcome)),
    },
    Operation {
        name: "redeploy domain",
        change: "certificate of 5045",
        decisive: || json!({"method": "PUT"}),
        ssl: Ssl::Own,
        key_pair: false,
        call: |s| Ok(word(redeploy_ssl(s, APP, Some(TARGET), None, Some(TARGET_ID))?.outcome)),
    },
    Operation {
        name: "redeploy by name",
        change: "certificate of 5045",
        decisive: || json!({"method": "PUT"}),
        ssl: Ssl::Own,
        key_pair: false,
        call: |s| Ok(word(redeploy_ssl(s, APP, Some(TARGET), None, None)?.outcome)),
    },
    Operation {
        name: "install",
        change: "certificate of 5045",
        decisive: || json!({"method": "POST"}),
        ssl: Ssl::None,
        key_pair: false,
        call: |s| Ok(word(redeploy_ssl(s, APP, Some(TARGET), None, Some(TARGET_ID))?.outcome)),
    },
    Operation {
        name: "list",
        change: "",
        decisive: || json!({"path": "page=2"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if domains(s, APP)?.len() == 46 { "ok" } else { "incomplete" }),
    },
    Operation {
        name: "find",
        change: "",
        decisive: || json!({"path": "page=2"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if find_domain(s, APP, TARGET)?.is_some() { "ok" } else { "overlooked" }),
    },
    Operation {
        name: "dns records",
        change: "",
        decisive: || json!({"path": "/dns"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if dns_records(s, APP, TARGET, Some(TARGET_ID))?.len() == 2 { "ok" } else { "wrong" }),
    },
    Operation {
        name: "ssl mode",
        change: "",
        decisive: || json!({"path": "/ssl/advanced"}),
        ssl: Ssl::None,
        key_pair: false,
        call: |s| Ok(if ssl_mode(s, APP)? == SslMode::Advanced { "ok" } else { "wrong" }),
    },
    Operation {
        name: "ping",
        change: "",
        decisive: || json!({"path": "/ping"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| ping(s).map(|()| "ok"),
    },
    Operation {
        name: "server",
        change: "",
        decisive: || json!({"path": "/servers/1001"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if server(s, APP)?.name == "web-1" { "ok" } else { "wrong" }),
    },
    Operation {
        name: "web app",
        change: "",
        decisive: || json!({"path": "/webapps/2001"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if web_app(s, APP)?.name == "network" { "ok" } else { "wrong" }),
    },
    Operation {
        name: "discover",
        change: "",
        decisive: || json!({"path": "/servers/1001/webapps?"}),
        ssl: Ssl::Basic,
        key_pair: false,
        call: |s| Ok(if discover(s, FOLDER)?.len() == 1 { "ok" } else { "overlooked" }),
    },
];

fn word(outcome: SslOutcome) -> &'static str {
    match outcome {
        SslOutcome::Redeployed | SslOutcome::Installed => "ok",
        SslOutcome::Automatic => "automatic",
        SslOutcome::NotInstalled => "not installed",
        SslOutcome::NotRenewable => "not renewable",
    }
}
