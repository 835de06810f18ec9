//! Certificates as the panel keeps them. RunCloud's pages do not show this object; its fields are put together from
//! what public clients read.

use crate::content::clock;
use serde::{Deserialize, Serialize};

/// One certificate. Its `privateKey` carries the words SIMULATOR-PRIVATE-KEY, so that a leak can be searched for.
#[expect(clippy::struct_field_names, reason = "the fields are named as RunCloud names them")]
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Certificate {
    /// 0 asks for the next free id.
    pub(crate) id: u64,
    pub(crate) method: String,
    pub(crate) private_key: Option<String>,
    pub(crate) certificate: Option<String>,
    pub(crate) valid_until: Option<String>,
    pub(crate) renewal_date: Option<String>,
    pub(crate) enable_http: bool,
    pub(crate) enable_hsts: bool,
    #[serde(rename = "ssl_protocol_id")]
    pub(crate) ssl_protocol_id: u64,
    pub(crate) authorization_method: Option<String>,
    pub(crate) staging: bool,
    #[serde(rename = "api_id")]
    pub(crate) api_id: Option<u64>,
    #[serde(rename = "created_at")]
    pub(crate) created_at: String,
    /// The host names that the last deployment covered. The panel does not show them.
    pub(crate) names: Vec<String>,
    /// How often the certificate was deployed. The panel does not show it.
    pub(crate) deployments: u64,
}

impl Default for Certificate {
    fn default() -> Self {
        Self {
            id: 0,
            method: "letsencrypt".to_owned(),
            private_key: Some(marker("PRIVATE KEY", "SIMULATOR-PRIVATE-KEY")),
            certificate: Some(marker("CERTIFICATE", "SIMULATOR-CERTIFICATE")),
            valid_until: Some(clock::in_days(90)),
            renewal_date: Some(clock::in_days(60)),
            enable_http: false,
            enable_hsts: false,
            ssl_protocol_id: 2,
            authorization_method: Some("http-01".to_owned()),
            staging: false,
            api_id: None,
            created_at: clock::now(),
            names: Vec::new(),
            deployments: 1,
        }
    }
}

impl Certificate {
    /// Let's Encrypt issues it anew for `names`.
    pub(crate) fn redeploy(&mut self, names: Vec<String>) {
        self.valid_until = Some(clock::in_days(90));
        self.renewal_date = Some(clock::in_days(60));
        self.names = names;
        self.deployments += 1;
    }

    pub(crate) fn is_letsencrypt(&self) -> bool {
        self.method == "letsencrypt"
    }
}

fn marker(label: &str, text: &str) -> String {
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}
