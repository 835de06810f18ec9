//! `RunCloud\Server`.

use super::{
    engine::int,
    value_class::{Kind, value_class},
};
use crate::api;

/// A server as PHP sees it.
pub struct Server(api::Server);

value_class!(Server, "RunCloud\\Server",
    "id": Kind::Int, false = |s| int(s.0.id);
    "name": Kind::Text, false = |s| s.0.name.as_str();
    "ipAddress": Kind::Text, true = |s| s.0.ip_address.as_deref();
    "online": Kind::Bool, true = |s| s.0.online;
);

impl From<api::Server> for Server {
    fn from(server: api::Server) -> Self {
        Self(server)
    }
}
