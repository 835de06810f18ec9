//! What the panel holds: its objects, the switches, and here its content at the start and after a reset.

pub(crate) mod certificate;
pub(crate) mod clock;
pub(crate) mod read;
pub(crate) mod state;
pub(crate) mod switches;

use crate::content::certificate::Certificate;
use crate::content::state::{Domain, Server, Ssl, State, WebApp};
use std::collections::BTreeMap;

pub(crate) const SERVER_ID: u64 = 1001;
pub(crate) const WEB_APP_ID: u64 = 2001;
const DOMAIN_ID: u64 = 3001;
const CERTIFICATE_ID: u64 = 4001;
const DOMAIN: &str = "network.example";
const ROOT_PATH: &str = "/home/runcloud/webapps/network";

/// One server with one web application, its primary domain and a basic certificate.
pub(crate) fn at_start() -> State {
    let certificate =
        Certificate { id: CERTIFICATE_ID, names: vec![DOMAIN.to_owned()], ..Certificate::default() };
    State {
        servers: vec![Server::default()],
        webapps: vec![WebApp::default()],
        domains: vec![Domain {
            id: DOMAIN_ID,
            name: DOMAIN.to_owned(),
            kind: "primary".to_owned(),
            ..Domain::default()
        }],
        ssl: BTreeMap::from([(WEB_APP_ID, Ssl { certificate: Some(certificate), ..Ssl::default() })]),
        domain_certificates: BTreeMap::new(),
        tokens: vec!["test-token".to_owned()],
        basic: vec![("test-key".to_owned(), "test-secret".to_owned())],
        allowed_ips: Vec::new(),
        rate_limit_per_minute: None,
        rate_limit_window_ms: 60_000,
        monthly_quota: None,
        calls_this_month: 0,
        last_domain_id: DOMAIN_ID,
        last_certificate_id: CERTIFICATE_ID,
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            id: SERVER_ID,
            name: "web-1".to_owned(),
            provider: "Simulator".to_owned(),
            stack: "nginx".to_owned(),
            ip_address: Some("203.0.113.10".to_owned()),
            country_iso_code: Some("DE".to_owned()),
            os: "Ubuntu".to_owned(),
            os_version: Some("focal".to_owned()),
            connected: true,
            online: true,
            agent_version: Some("2.8.7".to_owned()),
            php_cli_version: "php82rc".to_owned(),
            software_update: false,
            security_update: true,
            transfer_status: "AVAILABLE".to_owned(),
            created_at: clock::now(),
            tags: Vec::new(),
        }
    }
}

impl Default for WebApp {
    fn default() -> Self {
        Self {
            id: WEB_APP_ID,
            server_id: SERVER_ID,
            server_user_id: 1,
            name: "network".to_owned(),
            root_path: Some(ROOT_PATH.to_owned()),
            public_path: Some(ROOT_PATH.to_owned()),
            php_version: Some("php82rc".to_owned()),
            stack: Some("hybrid".to_owned()),
            stack_mode: "production".to_owned(),
            kind: Some("wordpress".to_owned()),
            default_app: false,
            alias: None,
            pull_key_1: "SIMULATOR-PULL-KEY-1".to_owned(),
            pull_key_2: "SIMULATOR-PULL-KEY-2".to_owned(),
            created_at: clock::now(),
        }
    }
}
