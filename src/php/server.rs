//! `RunCloud\Server`.

use ext_php_rs::flags::DataType;

use super::{engine::int, value_class::value_class};
use crate::api;

/// A server as PHP sees it.
pub struct Server(api::Server);

value_class!(Server, "RunCloud\\Server",
    "id": DataType::Long, false = |s| int(s.0.id);
    "name": DataType::String, false = |s| s.0.name.as_str();
    "ipAddress": DataType::String, true = |s| s.0.ip_address.as_deref();
    "online": DataType::Bool, true = |s| s.0.online;
);

impl From<api::Server> for Server {
    fn from(server: api::Server) -> Self {
        Self(server)
    }
}
