//! SSL certificates of a web application (basic mode) or of a domain (advanced mode).
//!
//! Documented are the installation for a domain (<https://runcloud.io/docs/api/v3/api-8811386>) and the redeploy for a
//! domain (<https://runcloud.io/docs/api/v2/api-9849816>); verbs and paths of the rest are those of `RunCloud`'s own PHP
//! SDK. Answers may carry private keys: nothing here keeps, shows or logs them.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Endpoint, Method, WebAppRef,
    lenient::{self, Ignored},
};

/// How the panel organises the certificates of a web application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SslMode {
    /// One certificate for all domains.
    Basic,
    /// One certificate for each domain.
    Advanced,
    /// The panel issues and renews by itself (`AutoSSL`).
    Automatic,
}

/// The answer of `GET ssl/advanced`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Mode {
    #[serde(default, rename = "advancedSSL", deserialize_with = "lenient::definite_boolean")]
    advanced: bool,
    #[serde(default, rename = "autoSSL", deserialize_with = "lenient::definite_boolean")]
    automatic: bool,
}

impl Mode {
    /// The mode: `autoSSL` wins.
    #[must_use]
    pub fn ssl_mode(self) -> SslMode {
        match self {
            Self { automatic: true, .. } => SslMode::Automatic,
            Self { advanced: true, .. } => SslMode::Advanced,
            Self { .. } => SslMode::Basic,
        }
    }
}

/// A certificate as far as we read it; keys and PEMs are left where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Certificate {
    /// The panel's id. Missing in the message that stands for "not installed", and in `{}` answers.
    #[serde(default, deserialize_with = "lenient::nullable_id")]
    pub id: Option<u64>,
    /// `letsencrypt`, `custom` or `csr`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub method: Option<String>,
    /// `YYYY-MM-DD HH:MM:SS`.
    #[serde(default, rename = "validUntil", deserialize_with = "lenient::optional_text")]
    pub valid_until: Option<String>,
    /// When the panel renews it, `YYYY-MM-DD HH:MM:SS`.
    #[serde(default, rename = "renewalDate", deserialize_with = "lenient::optional_text")]
    pub renewal_date: Option<String>,
    /// Whether it is one of Let's Encrypt's test environment, which no browser trusts.
    #[serde(default, deserialize_with = "lenient::optional_boolean")]
    pub staging: Option<bool>,
}

impl Certificate {
    /// Whether the panel can renew it: only Let's Encrypt certificates. One whose method the panel does not say is
    /// taken as such, since the redeploy of any other is refused by the panel.
    #[must_use]
    pub fn is_renewable(&self) -> bool {
        self.method.as_deref().is_none_or(|method| method.eq_ignore_ascii_case("letsencrypt"))
    }
}

/// Where a certificate lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Basic mode: the web application.
    WebApp,
    /// Advanced mode: this domain.
    Domain(u64),
}

impl Place {
    fn path(self, app: WebAppRef) -> String {
        match self {
            Self::WebApp => app.path(format_args!("/ssl")),
            Self::Domain(id) => app.path(format_args!("/domains/{id}/ssl")),
        }
    }
}

/// Reads the SSL mode.
pub struct GetSslMode {
    pub(crate) app: WebAppRef,
}

impl Endpoint for GetSslMode {
    type Answer = Mode;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        self.app.path(format_args!("/ssl/advanced"))
    }
}

/// Reads the certificate at a place; 404, or an answer without an id, is "not installed".
pub struct GetCertificate {
    pub(crate) app: WebAppRef,
    pub(crate) place: Place,
}

impl Endpoint for GetCertificate {
    type Answer = Certificate;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        self.place.path(self.app)
    }
}

/// Installs a Let's Encrypt certificate (http-01, live) for a domain; <https://runcloud.io/docs/api/v3/api-8811386>.
pub struct InstallCertificate {
    pub(crate) app: WebAppRef,
    pub(crate) domain_id: u64,
}

impl Endpoint for InstallCertificate {
    type Answer = Certificate;
    const METHOD: Method = Method::Post;
    const SLOW: bool = true;

    fn path(&self) -> String {
        Place::Domain(self.domain_id).path(self.app)
    }

    fn body(&self) -> Option<Value> {
        Some(json!({
            "advancedSSL": true,
            "autoSSL": false,
            "provider": "letsencrypt",
            "enableHttp": false,
            "enableHsts": false,
            "authorizationMethod": "http-01",
            "environment": "live",
        }))
    }
}

/// Issues a Let's Encrypt certificate anew and reloads the web server; <https://runcloud.io/docs/api/v2/api-9849816>.
/// The answer may be the certificate or `{}`, so it is not read.
pub struct RedeployCertificate {
    pub(crate) app: WebAppRef,
    pub(crate) place: Place,
    pub(crate) certificate_id: u64,
}

impl Endpoint for RedeployCertificate {
    type Answer = Ignored;
    const METHOD: Method = Method::Put;
    const SLOW: bool = true;

    fn path(&self) -> String {
        format!("{}/{}", self.place.path(self.app), self.certificate_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mode_is_read_from_booleans_numbers_and_nothing() {
        let mode = |json: &str| serde_json::from_str::<Mode>(json).unwrap().ssl_mode();
        assert_eq!(mode(r#"{"advancedSSL":false,"autoSSL":false}"#), SslMode::Basic);
        assert_eq!(mode(r#"{"advancedSSL":1}"#), SslMode::Advanced);
        assert_eq!(mode(r#"{"advancedSSL":"1","autoSSL":"1"}"#), SslMode::Automatic);
        assert_eq!(mode("{}"), SslMode::Basic);
    }

    #[test]
    fn what_is_no_mode_and_no_id_does_not_pass_for_basic_mode_and_for_no_certificate() {
        assert!(serde_json::from_str::<Mode>(r#"{"advancedSSL":"maybe"}"#).is_err());
        assert!(serde_json::from_str::<Certificate>(r#"{"id":"seven"}"#).is_err());
        assert_eq!(serde_json::from_str::<Certificate>(r#"{"id":null}"#).unwrap().id, None);
    }

    #[test]
    fn a_message_in_place_of_a_certificate_has_no_id() {
        let none: Certificate = serde_json::from_str(r#"{"message":"SSL not installed!"}"#).unwrap();
        assert_eq!(none.id, None);
    }

    #[test]
    fn only_lets_encrypt_is_renewable() {
        let certificate =
            |method: Option<&str>| Certificate { method: method.map(Into::into), ..Certificate::default() };
        assert!(certificate(Some("letsencrypt")).is_renewable());
        assert!(certificate(None).is_renewable());
        assert!(!certificate(Some("custom")).is_renewable());
        assert!(!certificate(Some("csr")).is_renewable());
    }

    #[test]
    fn a_redeploy_is_a_put_to_the_certificate() {
        let app = WebAppRef { server_id: 1, web_app_id: 2 };
        let path = |place| RedeployCertificate { app, place, certificate_id: 9 }.path();
        assert_eq!(path(Place::WebApp), "servers/1/webapps/2/ssl/9");
        assert_eq!(path(Place::Domain(3)), "servers/1/webapps/2/domains/3/ssl/9");
    }
}
