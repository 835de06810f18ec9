//! Domains of a web application; <https://runcloud.io/docs/api/v3/api-8617112> and its neighbours.

use serde::{Deserialize, Serialize};

use super::{
    Endpoint, Host, Method, Page, WebAppRef,
    lenient::{self, Ignored},
    page,
};

/// How a domain belongs to its web application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "lenient::Word", rename_all = "kebab-case")]
pub enum DomainType {
    /// The main domain; there is one.
    Primary,
    /// Serves the web application as well. A type that this version does not know reads as this.
    #[default]
    Alias,
    /// Redirects to the primary domain.
    Redirect,
}

impl From<lenient::Word> for DomainType {
    fn from(word: lenient::Word) -> Self {
        match word.as_str() {
            "primary" => Self::Primary,
            "redirect" => Self::Redirect,
            _ => Self::Alias,
        }
    }
}

/// What the web server does about `www.`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "lenient::Word", rename_all = "kebab-case")]
pub enum Redirection {
    /// Nothing. A value that this version does not know reads as this.
    #[default]
    None,
    /// Redirects the bare name to `www.`.
    Www,
    /// Redirects `www.` to the bare name.
    NonWww,
}

impl From<lenient::Word> for Redirection {
    fn from(word: lenient::Word) -> Self {
        match word.as_str() {
            "www" => Self::Www,
            "non-www" => Self::NonWww,
            _ => Self::None,
        }
    }
}

/// A domain as the panel holds it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Domain {
    /// The panel's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: u64,
    /// The host name.
    pub name: String,
    /// Primary, alias or redirect.
    #[serde(default, rename = "type")]
    pub kind: DomainType,
    /// Whether `www.` is served too.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub www: bool,
    /// What is done about `www.`.
    #[serde(default)]
    pub redirection: Redirection,
    /// Whether every sub-domain is served.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub wildcard: bool,
    /// `none` or the name of a DNS provider such as `cloudflare`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub dns_integration: Option<String>,
    /// Undocumented; null in every documented example.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub status: Option<String>,
    /// `YYYY-MM-DD HH:MM:SS`, in UTC as far as is known.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub created_at: Option<String>,
}

/// A DNS record that a domain needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DnsRecord {
    /// `A`, `AAAA`, `CNAME`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name of the record.
    pub hostname: String,
    /// The address or name that it must hold.
    pub content: String,
}

/// The DNS records of a domain: a bare list.
#[derive(Debug, Deserialize)]
pub struct DnsRecords(#[serde(deserialize_with = "lenient::list")] pub Vec<DnsRecord>);

/// One page of the domains of a web application; <https://runcloud.io/docs/api/v3/api-8617112>.
pub struct ListDomains {
    pub(crate) app: WebAppRef,
    /// The page, from 1.
    pub(crate) page: u64,
}

impl Endpoint for ListDomains {
    type Answer = Page<Domain>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        self.app.path(format_args!("/domains"))
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        page::query(self.page)
    }
}

/// One domain by id; <https://runcloud.io/docs/api/v3/api-8617113>.
pub struct GetDomain {
    pub(crate) app: WebAppRef,
    pub(crate) domain_id: u64,
}

impl Endpoint for GetDomain {
    type Answer = Domain;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        self.app.path(format_args!("/domains/{}", self.domain_id))
    }
}

/// Adds a domain as an alias; <https://runcloud.io/docs/api/v3/api-8617111>.
pub struct CreateDomain<'a> {
    pub(crate) app: WebAppRef,
    pub(crate) host: &'a Host,
    pub(crate) www: bool,
    pub(crate) redirection: Redirection,
}

impl Endpoint for CreateDomain<'_> {
    type Answer = Domain;
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        self.app.path(format_args!("/domains"))
    }

    fn body(&self) -> Option<serde_json::Value> {
        Some(serde_json::json!({
            "name": self.host.as_str(),
            "www": self.www,
            "redirection": self.redirection,
            "type": "alias",
        }))
    }
}

/// Changes what is served beside a domain's name; <https://runcloud.io/docs/api/v3/api-8617114>. The answer is a message, not
/// the domain. The documented body has all three fields, so all are sent.
pub struct UpdateDomain {
    pub(crate) app: WebAppRef,
    pub(crate) domain_id: u64,
    pub(crate) kind: DomainType,
    pub(crate) www: bool,
    pub(crate) redirection: Redirection,
}

impl Endpoint for UpdateDomain {
    type Answer = Ignored;
    const METHOD: Method = Method::Patch;

    fn path(&self) -> String {
        self.app.path(format_args!("/domains/{}/meta", self.domain_id))
    }

    fn body(&self) -> Option<serde_json::Value> {
        Some(serde_json::json!({
            "type": self.kind,
            "redirection": self.redirection,
            "www": self.www,
        }))
    }
}

/// Removes a domain by id; <https://runcloud.io/docs/api/v3/api-8617116>. The answer is the deleted domain, unread.
pub struct DeleteDomain {
    pub(crate) app: WebAppRef,
    pub(crate) domain_id: u64,
}

impl Endpoint for DeleteDomain {
    type Answer = Ignored;
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        self.app.path(format_args!("/domains/{}", self.domain_id))
    }
}

/// The DNS records that a domain needs; <https://runcloud.io/docs/api/v3/api-8617115>.
pub struct GetDnsRecords {
    pub(crate) app: WebAppRef,
    pub(crate) domain_id: u64,
}

impl Endpoint for GetDnsRecords {
    type Answer = DnsRecords;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        self.app.path(format_args!("/domains/{}/dns", self.domain_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_domain_is_read() {
        let domain: Domain = serde_json::from_str(
            r#"{"id":710,"name":"yog.example","type":"alias","www":0,"redirection":"non-www","wildcard":1,
                "dns_integration":"none","status":null,"created_at":"2024-07-18 01:31:10"}"#,
        )
        .unwrap();
        assert_eq!(
            (domain.id, domain.kind, domain.www, domain.wildcard),
            (710, DomainType::Alias, false, true)
        );
        assert_eq!(domain.redirection, Redirection::NonWww);
        assert_eq!(domain.created_at.as_deref(), Some("2024-07-18 01:31:10"));
    }

    #[test]
    fn id_and_name_are_all_that_a_domain_needs() {
        let domain: Domain =
            serde_json::from_str(r#"{"id":"7","name":"a.example","www":"1","new":[]}"#).unwrap();
        assert_eq!((domain.id, domain.www, domain.kind), (7, true, DomainType::Alias));
    }

    #[test]
    fn unknown_words_do_not_break_the_list() {
        let domain: Domain =
            serde_json::from_str(r#"{"id":7,"name":"a.example","type":"mirror","redirection":null}"#)
                .unwrap();
        assert_eq!((domain.kind, domain.redirection), (DomainType::Alias, Redirection::None));
    }

    #[test]
    fn a_domain_is_changed_with_the_documented_body() {
        let update = UpdateDomain {
            app: WebAppRef { server_id: 1, web_app_id: 2 },
            domain_id: 3,
            kind: DomainType::Alias,
            www: true,
            redirection: Redirection::NonWww,
        };
        assert_eq!(update.path(), "servers/1/webapps/2/domains/3/meta");
        assert_eq!(
            update.body().unwrap().to_string(),
            r#"{"redirection":"non-www","type":"alias","www":true}"#
        );
    }

    #[test]
    fn a_domain_is_created_with_the_documented_body() {
        let app = WebAppRef { server_id: 1, web_app_id: 2 };
        let host = Host::parse("a.example").unwrap();
        let create = CreateDomain { app, host: &host, www: true, redirection: Redirection::NonWww };
        assert_eq!(create.path(), "servers/1/webapps/2/domains");
        assert_eq!(
            create.body().unwrap().to_string(),
            r#"{"name":"a.example","redirection":"non-www","type":"alias","www":true}"#
        );
    }
}
