//! `RunCloud\SslDeployment`.

use ext_php_rs::{class::RegisteredClass, flags::DataType};

use super::{
    engine::int,
    enums::{SslMode, SslOutcome},
    value_class::value_class,
};
use crate::operations;

/// The state of a certificate as PHP sees it.
pub struct SslDeployment(operations::SslDeployment);

value_class!(SslDeployment, "RunCloud\\SslDeployment",
    "outcome": DataType::object(SslOutcome::CLASS_NAME), false = |s| SslOutcome::from(s.0.outcome);
    "mode": DataType::object(SslMode::CLASS_NAME), false = |s| SslMode::from(s.0.mode);
    "certificateId": DataType::Long, true = |s| s.0.certificate_id.map(int);
    "domainId": DataType::Long, true = |s| s.0.domain_id.map(int);
    "domain": DataType::String, true = |s| s.0.domain.as_deref();
    "method": DataType::String, true = |s| s.0.method.as_deref();
    "validUntil": DataType::String, true = |s| s.0.valid_until.as_deref();
);

impl From<operations::SslDeployment> for SslDeployment {
    fn from(deployment: operations::SslDeployment) -> Self {
        Self(deployment)
    }
}
