//! `RunCloud\WebApp`.

use ext_php_rs::flags::DataType;

use super::{engine::int, value_class::value_class};
use crate::operations::LocatedWebApp;

/// A web application as PHP sees it.
pub struct WebApp(LocatedWebApp);

value_class!(WebApp, "RunCloud\\WebApp",
    "id": DataType::Long, false = |w| int(w.0.web_app.id);
    "serverId": DataType::Long, false = |w| int(w.0.server_id);
    "name": DataType::String, false = |w| w.0.web_app.name.as_str();
    "rootPath": DataType::String, true = |w| w.0.web_app.root_path.as_deref();
    "publicPath": DataType::String, true = |w| w.0.web_app.public_path.as_deref();
    "phpVersion": DataType::String, true = |w| w.0.web_app.php_version.as_deref();
    "stack": DataType::String, true = |w| w.0.web_app.stack.as_deref();
    "type": DataType::String, true = |w| w.0.web_app.kind.as_deref();
);

impl From<LocatedWebApp> for WebApp {
    fn from(located: LocatedWebApp) -> Self {
        Self(located)
    }
}
