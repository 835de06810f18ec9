//! What changes certificates, in every mode.

use runcloud::{
    http::{Error, Session},
    operations::{SslOutcome, redeploy_ssl},
};
use serde_json::json;

use super::{CERTIFICATE, Operation, Ssl, TARGET, TARGET_ID, USUAL};
use crate::panel::APP;

const REDEPLOY: Operation = Operation {
    name: "redeploy",
    change: "certificate of 2001",
    decisive: || json!({"method": "PUT"}),
    call: |s| redeploy(s, None, None, None),
    ..USUAL
};

const REDEPLOY_DOMAIN: Operation = Operation {
    name: "redeploy domain",
    change: "certificate of 5045",
    ssl: Ssl::Own,
    call: |s| redeploy(s, Some(TARGET), None, Some(TARGET_ID)),
    ..REDEPLOY
};

const INSTALL: Operation =
    Operation { name: "install", decisive: || json!({"method": "POST"}), ssl: Ssl::None, ..REDEPLOY_DOMAIN };

pub const ALL: &[Operation] = &[
    REDEPLOY,
    Operation { name: "redeploy, v2", key_pair: true, ..REDEPLOY },
    Operation { name: "redeploy known", call: |s| redeploy(s, None, Some(CERTIFICATE), None), ..REDEPLOY },
    REDEPLOY_DOMAIN,
    Operation {
        name: "redeploy known domain",
        call: |s| redeploy(s, Some(TARGET), Some(CERTIFICATE), Some(TARGET_ID)),
        ..REDEPLOY_DOMAIN
    },
    Operation {
        name: "redeploy by name",
        call: |s| redeploy(s, Some(TARGET), None, None),
        ..REDEPLOY_DOMAIN
    },
    INSTALL,
    Operation { name: "install, v2", key_pair: true, ..INSTALL },
    Operation {
        name: "automatic",
        change: "",
        decisive: || json!({"path": "/ssl/advanced"}),
        ssl: Ssl::Automatic,
        call: |s| Ok(if redeploy(s, None, None, None)? == "automatic" { "ok" } else { "WRONG" }),
        ..USUAL
    },
];

fn redeploy(
    session: &Session<'_>,
    domain: Option<&str>,
    certificate_id: Option<u64>,
    domain_id: Option<u64>,
) -> Result<&'static str, Error> {
    Ok(match redeploy_ssl(session, APP, domain, certificate_id, domain_id)?.outcome {
        SslOutcome::Redeployed | SslOutcome::Installed => "ok",
        SslOutcome::Automatic => "automatic",
        SslOutcome::NotInstalled => "not installed",
        SslOutcome::NotRenewable => "not renewable",
    })
}
