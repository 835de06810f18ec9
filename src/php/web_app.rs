//! `RunCloud\WebApp`.

use super::{
    engine::int,
    value_class::{Kind, value_class},
};
use crate::operations::LocatedWebApp;

/// A web application as PHP sees it.
pub struct WebApp(LocatedWebApp);

value_class!(WebApp, "RunCloud\\WebApp",
    "id": Kind::Int, false = |w| int(w.0.web_app.id);
    "serverId": Kind::Int, false = |w| int(w.0.server_id);
    "name": Kind::Text, false = |w| w.0.web_app.name.as_str();
    "rootPath": Kind::Text, true = |w| w.0.web_app.root_path.as_deref();
    "publicPath": Kind::Text, true = |w| w.0.web_app.public_path.as_deref();
    "phpVersion": Kind::Text, true = |w| w.0.web_app.php_version.as_deref();
    "stack": Kind::Text, true = |w| w.0.web_app.stack.as_deref();
    "type": Kind::Text, true = |w| w.0.web_app.kind.as_deref();
);

impl From<LocatedWebApp> for WebApp {
    fn from(located: LocatedWebApp) -> Self {
        Self(located)
    }
}
