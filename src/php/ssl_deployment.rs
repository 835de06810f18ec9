//! `RunCloud\SslDeployment`.

use super::{
    engine::int,
    enum_case::{EnumCase, PhpEnum},
    value_class::{Kind, value_class},
};
use crate::{
    api::SslMode,
    operations::{self, SslOutcome},
};

/// The state of a certificate as PHP sees it.
pub struct SslDeployment(operations::SslDeployment);

value_class!(SslDeployment, "RunCloud\\SslDeployment",
    "outcome": Kind::Enum(SslOutcome::INFO), false = |s| EnumCase(s.0.outcome);
    "mode": Kind::Enum(SslMode::INFO), false = |s| EnumCase(s.0.mode);
    "certificateId": Kind::Int, true = |s| s.0.certificate_id.map(int);
    "domainId": Kind::Int, true = |s| s.0.domain_id.map(int);
    "domain": Kind::Text, true = |s| s.0.domain.as_deref();
    "method": Kind::Text, true = |s| s.0.method.as_deref();
    "validUntil": Kind::Text, true = |s| s.0.valid_until.as_deref();
);

impl From<operations::SslDeployment> for SslDeployment {
    fn from(deployment: operations::SslDeployment) -> Self {
        Self(deployment)
    }
}
