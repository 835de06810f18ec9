//! `RunCloud\TlsAnswer`.

use super::served_certificate::{self, ServedCertificate};
use crate::{
    inspect,
    php::value_class::{Kind, value_class},
};

/// What TLS shows at one address, as PHP sees it.
pub struct TlsAnswer(pub(super) inspect::TlsLook);

value_class!(TlsAnswer, "RunCloud\\TlsAnswer",
    "address": Kind::Text, false = |t| t.0.address.to_string();
    "inDns": Kind::Bool, false = |t| t.0.in_dns;
    "verdict": Kind::Text, false = |t| t.0.verdict.code();
    "coversHost": Kind::Bool, false = |t| t.0.covers_host;
    "error": Kind::Text, true = |t| t.0.error;
    "certificate": Kind::Object(&served_certificate::CLASS), true = |t| t.0.certificate.clone().map(ServedCertificate);
);
