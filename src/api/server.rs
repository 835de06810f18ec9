//! Servers and web applications; <https://runcloud.io/docs/api/v3/api-8617081> and <https://runcloud.io/docs/api/v3/api-8617094>.

use serde::Deserialize;

use super::{
    Endpoint, Method, Page, WebAppRef,
    lenient::{self, Ignored},
    page,
};

/// A server as far as we read it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Server {
    /// The panel's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: u64,
    /// Its name in the panel.
    pub name: String,
    /// Its public IPv4 address.
    #[serde(default, rename = "ipAddress", deserialize_with = "lenient::optional_text")]
    pub ip_address: Option<String>,
    /// Whether its agent is connected to the panel.
    #[serde(default, deserialize_with = "lenient::optional_boolean")]
    pub online: Option<bool>,
}

/// A web application as far as we read it; the panel also sends its webhook secrets, which stay unread.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WebApp {
    /// The panel's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: u64,
    /// Its name in the panel.
    pub name: String,
    /// Its folder, such as `/home/runcloud/webapps/shop`.
    #[serde(default, rename = "rootPath", deserialize_with = "lenient::optional_text")]
    pub root_path: Option<String>,
    /// The folder that the web server serves.
    #[serde(default, rename = "publicPath", deserialize_with = "lenient::optional_text")]
    pub public_path: Option<String>,
    /// Such as `php82rc`.
    #[serde(default, rename = "phpVersion", deserialize_with = "lenient::optional_text")]
    pub php_version: Option<String>,
    /// `hybrid`, `nativenginx` or `customnginx`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub stack: Option<String>,
    /// Such as `wordpress`.
    #[serde(default, rename = "type", deserialize_with = "lenient::optional_text")]
    pub kind: Option<String>,
}

/// Asks whether the token is accepted; <https://runcloud.io/docs/api/v3/>.
pub struct Ping;

impl Endpoint for Ping {
    type Answer = Ignored;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "ping".into()
    }
}

/// One server by id; <https://runcloud.io/docs/api/v3/api-8617081>.
pub struct GetServer {
    pub(crate) server_id: u64,
}

impl Endpoint for GetServer {
    type Answer = Server;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("servers/{}", self.server_id)
    }
}

/// One page of the servers that the token sees.
pub struct ListServers {
    /// The page, from 1.
    pub(crate) page: u64,
}

impl Endpoint for ListServers {
    type Answer = Page<Server>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "servers".into()
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        page::query(self.page)
    }
}

/// One web application by id; <https://runcloud.io/docs/api/v3/api-8617094>.
pub struct GetWebApp {
    pub(crate) app: WebAppRef,
}

impl Endpoint for GetWebApp {
    type Answer = WebApp;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        self.app.path(format_args!(""))
    }
}

/// One page of the web applications of a server.
pub struct ListWebApps {
    pub(crate) server_id: u64,
    /// The page, from 1.
    pub(crate) page: u64,
}

impl Endpoint for ListWebApps {
    type Answer = Page<WebApp>;
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("servers/{}/webapps", self.server_id)
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        page::query(self.page)
    }
}
