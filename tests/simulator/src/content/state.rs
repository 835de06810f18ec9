//! The content of the panel.

use crate::content::certificate::Certificate;
use crate::content::clock;
use crate::content::read;
use crate::content::switches::merge;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Everything the panel holds. `GET /state` of the control plane shows it, `PUT /state` replaces top-level keys.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    pub(crate) servers: Vec<Server>,
    pub(crate) webapps: Vec<WebApp>,
    pub(crate) domains: Vec<Domain>,
    /// By id of the web application.
    #[serde(deserialize_with = "read::map")]
    pub(crate) ssl: BTreeMap<u64, Ssl>,
    /// By id of the domain (advanced mode).
    #[serde(deserialize_with = "read::map")]
    pub(crate) domain_certificates: BTreeMap<u64, Certificate>,
    /// Tokens for `Authorization: Bearer`.
    pub(crate) tokens: Vec<String>,
    /// Key and secret pairs for HTTP Basic (v2 only).
    pub(crate) basic: Vec<(String, String)>,
    /// IP addresses that may call; empty means every one.
    pub(crate) allowed_ips: Vec<String>,
    pub(crate) rate_limit_per_minute: Option<u64>,
    /// The length of the "minute", for tests that cannot wait for one.
    pub(crate) rate_limit_window_ms: u64,
    pub(crate) monthly_quota: Option<u64>,
    /// Calls counted against the monthly quota so far.
    pub(crate) calls_this_month: u64,
    #[serde(skip)]
    pub(crate) last_domain_id: u64,
    #[serde(skip)]
    pub(crate) last_certificate_id: u64,
}

/// A server ([its page](https://runcloud.io/docs/api/v3/api-8617081)).
#[expect(clippy::struct_excessive_bools, reason = "the panel's object has these flags")]
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Server {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) provider: String,
    pub(crate) stack: String,
    #[serde(rename = "ipAddress")]
    pub(crate) ip_address: Option<String>,
    pub(crate) country_iso_code: Option<String>,
    pub(crate) os: String,
    #[serde(rename = "osVersion")]
    pub(crate) os_version: Option<String>,
    pub(crate) connected: bool,
    pub(crate) online: bool,
    #[serde(rename = "agentVersion")]
    pub(crate) agent_version: Option<String>,
    #[serde(rename = "phpCLIVersion")]
    pub(crate) php_cli_version: String,
    #[serde(rename = "softwareUpdate")]
    pub(crate) software_update: bool,
    #[serde(rename = "securityUpdate")]
    pub(crate) security_update: bool,
    #[serde(rename = "transferStatus")]
    pub(crate) transfer_status: String,
    pub(crate) created_at: String,
    pub(crate) tags: Vec<String>,
}

/// A web application ([its page](https://runcloud.io/docs/api/v3/api-8617094)).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct WebApp {
    pub(crate) id: u64,
    /// The panel does not show it: the server is in the path.
    pub(crate) server_id: u64,
    pub(crate) server_user_id: u64,
    pub(crate) name: String,
    #[serde(rename = "rootPath")]
    pub(crate) root_path: Option<String>,
    #[serde(rename = "publicPath")]
    pub(crate) public_path: Option<String>,
    #[serde(rename = "phpVersion")]
    pub(crate) php_version: Option<String>,
    pub(crate) stack: Option<String>,
    #[serde(rename = "stackMode")]
    pub(crate) stack_mode: String,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    #[serde(rename = "defaultApp")]
    pub(crate) default_app: bool,
    pub(crate) alias: Option<u64>,
    #[serde(rename = "pullKey1")]
    pub(crate) pull_key_1: String,
    #[serde(rename = "pullKey2")]
    pub(crate) pull_key_2: String,
    pub(crate) created_at: String,
}

/// A domain of a web application ([its page](https://runcloud.io/docs/api/v3/api-8617113)).
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Domain {
    /// 0 asks for the next free id.
    pub(crate) id: u64,
    /// The panel does not show it: the web application is in the path.
    pub(crate) webapp_id: u64,
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) www: bool,
    pub(crate) redirection: String,
    pub(crate) wildcard: bool,
    pub(crate) dns_integration: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) created_at: String,
}

/// The SSL mode of a web application and its certificate in basic mode.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Ssl {
    #[serde(rename = "advancedSSL")]
    pub(crate) advanced: bool,
    #[serde(rename = "autoSSL")]
    pub(crate) auto: bool,
    pub(crate) certificate: Option<Certificate>,
}

impl Default for Domain {
    fn default() -> Self {
        Self {
            id: 0,
            webapp_id: crate::content::WEB_APP_ID,
            name: String::new(),
            kind: "alias".to_owned(),
            www: false,
            redirection: "none".to_owned(),
            wildcard: false,
            dns_integration: Some("none".to_owned()),
            status: None,
            created_at: clock::now(),
        }
    }
}

impl State {
    /// Replaces the top-level keys that `patch` names; an error is a sentence.
    pub(crate) fn patched(&self, patch: &Value) -> Result<Self, String> {
        let mut state: Self = merge(self, patch, "state")?;
        state.last_domain_id = self.last_domain_id;
        state.last_certificate_id = self.last_certificate_id;
        state.number_what_has_no_id();
        state.checked()
    }

    pub(crate) fn next_domain_id(&mut self) -> u64 {
        self.last_domain_id += 1;
        self.last_domain_id
    }

    pub(crate) fn next_certificate_id(&mut self) -> u64 {
        self.last_certificate_id += 1;
        self.last_certificate_id
    }

    /// Gives ids to domains and certificates that were put without one, never an id that was in use before.
    pub(crate) fn number_what_has_no_id(&mut self) {
        let highest = self.domains.iter().map(|domain| domain.id).max().unwrap_or(0);
        self.last_domain_id = self.last_domain_id.max(highest);
        let mut last = self.last_domain_id;
        for domain in self.domains.iter_mut().filter(|domain| domain.id == 0) {
            last += 1;
            domain.id = last;
        }
        self.last_domain_id = last;

        let of_apps = self.ssl.values_mut().filter_map(|ssl| ssl.certificate.as_mut());
        let mut certificates: Vec<&mut Certificate> =
            of_apps.chain(self.domain_certificates.values_mut()).collect();
        let highest = certificates.iter().map(|certificate| certificate.id).max().unwrap_or(0);
        let mut last = self.last_certificate_id.max(highest);
        for certificate in certificates.iter_mut().filter(|certificate| certificate.id == 0) {
            last += 1;
            certificate.id = last;
        }
        self.last_certificate_id = last;
    }

    fn checked(self) -> Result<Self, String> {
        let mut ids = BTreeSet::new();
        for domain in &self.domains {
            if !ids.insert(domain.id) {
                return Err(format!("The state cannot be read: two domains have the id {}.", domain.id));
            }
            if !self.webapps.iter().any(|webapp| webapp.id == domain.webapp_id) {
                return Err(format!(
                    "The state cannot be read: the domain {} belongs to web app {}, which is not there.",
                    domain.name, domain.webapp_id
                ));
            }
        }
        Ok(self)
    }
}
