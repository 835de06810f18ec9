//! `RunCloud\TlsAnswer`.

use ext_php_rs::{convert::IntoZval, flags::DataType};

use super::served_certificate::ServedCertificate;
use crate::{inspect, php::value_class::value_class};

/// What TLS shows at one address, as PHP sees it.
pub struct TlsAnswer(pub(super) inspect::TlsLook);

value_class!(TlsAnswer, "RunCloud\\TlsAnswer",
    "address": DataType::String, false = |t| t.0.address.to_string();
    "inDns": DataType::Bool, false = |t| t.0.in_dns;
    "verdict": DataType::String, false = |t| t.0.verdict.code();
    "coversHost": DataType::Bool, false = |t| t.0.covers_host;
    "error": DataType::String, true = |t| t.0.error;
    "certificate": ServedCertificate::TYPE, true = |t| t.0.certificate.clone().map(ServedCertificate);
);
