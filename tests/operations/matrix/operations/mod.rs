//! The columns: what can be called, on which panel, and what it is to change there. One file for each table.

mod certificates;
mod domains;
mod reads;

use runcloud::http::{Error, Session};
use serde_json::{Value, json};

use crate::panel::{Panel, key_pair, token};

/// A domain on the second page, so that who stops at the first one is found out.
const TARGET: &str = "d45.example";
const TARGET_ID: u64 = 5045;
const CERTIFICATE: u64 = 4001;

/// A table: its heading and its columns.
pub type Table = (&'static str, &'static [Operation]);

pub const DOMAINS: Table = ("Domains", domains::ALL);
pub const CERTIFICATES: Table = ("Certificates", certificates::ALL);
pub const READS: Table = ("Calls that read", reads::ALL);

/// A column.
pub struct Operation {
    pub name: &'static str,
    /// What it changes at the panel, in the words of [`super::holding`]; empty: nothing.
    pub change: &'static str,
    /// The request that does the work, as a fault matches it.
    pub decisive: fn() -> Value,
    ssl: Ssl,
    /// By API v2 with a key pair, else by v3 with a token.
    key_pair: bool,
    /// Whether the panel accepts a name that is there already.
    pub accepts_duplicates: bool,
    /// The call; its result in a word.
    call: fn(&Session<'_>) -> Result<&'static str, Error>,
}

/// How the web application's SSL is organised.
#[derive(Clone, Copy)]
enum Ssl {
    /// One certificate for all domains.
    Basic,
    /// Advanced mode without certificates.
    None,
    /// Advanced mode; the target has a certificate.
    Own,
    /// The panel issues certificates by itself.
    Automatic,
}

/// What most operations have in common.
const USUAL: Operation = Operation {
    name: "",
    change: "",
    decisive: || json!({}),
    ssl: Ssl::Basic,
    key_pair: false,
    accepts_duplicates: false,
    call: |_| Ok("UNDEFINED"),
};

impl Operation {
    /// Makes the panel what the operation needs: 46 domains, so two pages.
    pub fn prepare(&self, panel: &mut Panel) {
        panel.credentials = if self.key_pair { key_pair() } else { token("test-token") };
        panel.reset();
        panel.hold_domains(45);
        if self.accepts_duplicates {
            panel.patch_switches(json!({"duplicate_name": "accept"}));
        }
        if !matches!(self.ssl, Ssl::Basic) {
            panel.set_ssl(true, matches!(self.ssl, Ssl::Automatic), &Value::Null);
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
