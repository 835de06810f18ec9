//! `RunCloud\ServedCertificate`.

use ext_php_rs::flags::DataType;

use crate::{inspect, php::value_class::value_class};

/// What is written in a certificate, as PHP sees it.
pub struct ServedCertificate(pub(super) inspect::Certificate);

value_class!(ServedCertificate, "RunCloud\\ServedCertificate",
    "names": DataType::Array, false = |c| c.0.names.clone();
    "issuer": DataType::String, false = |c| c.0.issuer.as_str();
    "authorityKeyId": DataType::String, false = |c| c.0.authority_key_id.as_str();
    "serial": DataType::String, false = |c| c.0.serial.as_str();
    "sha256": DataType::String, false = |c| c.0.sha256.as_str();
    "validFrom": DataType::Long, false = |c| c.0.valid_from;
    "validUntil": DataType::Long, false = |c| c.0.valid_until;
);
