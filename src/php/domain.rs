//! `RunCloud\Domain`.

use ext_php_rs::{class::RegisteredClass, flags::DataType};

use super::{
    engine::int,
    enums::{DomainType, Redirection},
    value_class::value_class,
};
use crate::{api, operations};

/// A domain as PHP sees it.
pub struct Domain {
    domain: api::Domain,
    created: bool,
}

value_class!(Domain, "RunCloud\\Domain",
    "id": DataType::Long, false = |d| int(d.domain.id);
    "name": DataType::String, false = |d| d.domain.name.as_str();
    "type": DataType::object(DomainType::CLASS_NAME), false = |d| DomainType::from(d.domain.kind);
    "www": DataType::Bool, false = |d| d.domain.www;
    "redirection": DataType::object(Redirection::CLASS_NAME), false = |d| Redirection::from(d.domain.redirection);
    "wildcard": DataType::Bool, false = |d| d.domain.wildcard;
    "dnsIntegration": DataType::String, true = |d| d.domain.dns_integration.as_deref();
    "status": DataType::String, true = |d| d.domain.status.as_deref();
    "createdAt": DataType::String, true = |d| d.domain.created_at.as_deref();
    "created": DataType::Bool, false = |d| d.created;
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
