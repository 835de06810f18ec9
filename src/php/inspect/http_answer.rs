//! `RunCloud\HttpAnswer`.

use ext_php_rs::binary::Binary;

use super::http_hop::{self, HttpHop};
use crate::{
    inspect,
    php::value_class::{Kind, value_class},
};

/// What plain HTTP serves at a path, as PHP sees it.
pub struct HttpAnswer(pub(super) inspect::HttpLook);

value_class!(HttpAnswer, "RunCloud\\HttpAnswer",
    "path": Kind::Text, false = |h| h.0.path.as_str();
    "status": Kind::Int, true = |h| h.0.status().map(i64::from);
    "error": Kind::Text, true = |h| h.0.error();
    "body": Kind::Text, false = |h| Binary::from(h.0.body.clone());
    "hops": Kind::Objects(&http_hop::CLASS), false = |h| h.0.hops.iter().cloned().map(HttpHop).collect::<Vec<_>>();
);
