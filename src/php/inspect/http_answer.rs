//! `RunCloud\HttpAnswer`.

use ext_php_rs::{binary::Binary, flags::DataType};

use super::http_hop::HttpHop;
use crate::{inspect, php::value_class::value_class};

/// What plain HTTP serves at a path, as PHP sees it.
pub struct HttpAnswer(pub(super) inspect::HttpLook);

value_class!(HttpAnswer, "RunCloud\\HttpAnswer",
    "path": DataType::String, false = |h| h.0.path.as_str();
    "status": DataType::Long, true = |h| h.0.status().map(i64::from);
    "error": DataType::String, true = |h| h.0.error();
    "body": DataType::String, false = |h| Binary::from(h.0.body.clone());
    "hops": DataType::Array, false = |h| h.0.hops.iter().cloned().map(HttpHop).collect::<Vec<_>>();
);
