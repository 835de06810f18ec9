//! `RunCloud\HttpHop`.

use crate::{
    inspect,
    php::value_class::{Kind, value_class},
};

/// One request of an HTTP look, as PHP sees it.
pub struct HttpHop(pub(super) inspect::Hop);

value_class!(HttpHop, "RunCloud\\HttpHop",
    "url": Kind::Text, false = |h| h.0.url.as_str();
    "address": Kind::Text, true = |h| h.0.address.map(|ip| ip.to_string());
    "status": Kind::Int, true = |h| h.0.status.map(i64::from);
    "error": Kind::Text, true = |h| h.0.error;
);
