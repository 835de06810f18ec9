//! `RunCloud\HttpHop`.

use ext_php_rs::flags::DataType;

use crate::{inspect, php::value_class::value_class};

/// One request of an HTTP look, as PHP sees it.
pub struct HttpHop(pub(super) inspect::Hop);

value_class!(HttpHop, "RunCloud\\HttpHop",
    "url": DataType::String, false = |h| h.0.url.as_str();
    "address": DataType::String, true = |h| h.0.address.map(|ip| ip.to_string());
    "status": DataType::Long, true = |h| h.0.status.map(i64::from);
    "error": DataType::String, true = |h| h.0.error;
);
