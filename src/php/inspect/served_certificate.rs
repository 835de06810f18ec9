//! `RunCloud\ServedCertificate`.

use crate::{
    inspect,
    php::value_class::{Kind, value_class},
};

/// What is written in a certificate, as PHP sees it.
pub struct ServedCertificate(pub(super) inspect::Certificate);

value_class!(ServedCertificate, "RunCloud\\ServedCertificate",
    "names": Kind::Texts, false = |c| c.0.names.clone();
    "issuer": Kind::Text, false = |c| c.0.issuer.as_str();
    "authorityKeyId": Kind::Text, false = |c| c.0.authority_key_id.as_str();
    "serial": Kind::Text, false = |c| c.0.serial.as_str();
    "sha256": Kind::Text, false = |c| c.0.sha256.as_str();
    "validFrom": Kind::Int, false = |c| c.0.valid_from;
    "validUntil": Kind::Int, false = |c| c.0.valid_until;
);
