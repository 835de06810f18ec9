//! `RunCloud\Domain`.

use super::{
    engine::int,
    enum_case::{EnumCase, PhpEnum},
    value_class::{Kind, value_class},
};
use crate::{
    api::{self, DomainType, Redirection},
    operations,
};

/// A domain as PHP sees it.
pub struct Domain {
    domain: api::Domain,
    created: bool,
}

value_class!(Domain, "RunCloud\\Domain",
    "id": Kind::Int, false = |d| int(d.domain.id);
    "name": Kind::Text, false = |d| d.domain.name.as_str();
    "type": Kind::Enum(DomainType::INFO), false = |d| EnumCase(d.domain.kind);
    "www": Kind::Bool, false = |d| d.domain.www;
    "redirection": Kind::Enum(Redirection::INFO), false = |d| EnumCase(d.domain.redirection);
    "wildcard": Kind::Bool, false = |d| d.domain.wildcard;
    "dnsIntegration": Kind::Text, true = |d| d.domain.dns_integration.as_deref();
    "status": Kind::Text, true = |d| d.domain.status.as_deref();
    "createdAt": Kind::Text, true = |d| d.domain.created_at.as_deref();
    "created": Kind::Bool, false = |d| d.created;
);

impl From<operations::Added> for Domain {
    fn from(added: operations::Added) -> Self {
        Self { domain: added.domain, created: added.created }
    }
}

impl From<api::Domain> for Domain {
    fn from(domain: api::Domain) -> Self {
        Self { domain, created: false }
    }
}
