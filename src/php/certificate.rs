//! `RunCloud\Certificate`.

use super::{
    engine::int,
    value_class::{Kind, value_class},
};
use crate::operations;

/// A certificate as PHP sees it.
pub struct Certificate(operations::Certificate);

value_class!(Certificate, "RunCloud\\Certificate",
    "id": Kind::Int, false = |c| int(c.0.id);
    "method": Kind::Text, true = |c| c.0.method.as_deref();
    "validUntil": Kind::Text, true = |c| c.0.valid_until.as_deref();
    "renewalDate": Kind::Text, true = |c| c.0.renewal_date.as_deref();
    "staging": Kind::Bool, true = |c| c.0.staging;
);

impl From<operations::Certificate> for Certificate {
    fn from(certificate: operations::Certificate) -> Self {
        Self(certificate)
    }
}
