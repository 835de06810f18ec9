//! What an endpoint is.

use std::fmt;

use serde::de::DeserializeOwned;

/// The HTTP methods that the panel's API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Redeploys.
    Put,
    /// Changes settings.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// Whether a request may change something at the panel.
    #[must_use]
    pub const fn changes(self) -> bool {
        !matches!(self, Self::Get)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        })
    }
}

/// How often a request may be sent again when its answer was lost: the panel may have carried it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// As often as the settings allow: the second time changes nothing (GET, DELETE by id, PATCH to given values).
    Freely,
    /// One more time: harmless, but it spends Let's Encrypt quota (redeploy).
    Once,
    /// Never blindly: the operation reads back first (POST).
    Never,
}

/// One call of the panel's API.
pub trait Endpoint {
    /// What a successful answer is read as.
    type Answer: DeserializeOwned;

    /// The HTTP method.
    const METHOD: Method;

    /// Whether a lost answer allows a resend.
    const REPEAT: Repeat = match Self::METHOD {
        Method::Get | Method::Delete | Method::Patch => Repeat::Freely,
        Method::Put => Repeat::Once,
        Method::Post => Repeat::Never,
    };

    /// Whether the panel may take long before it answers: certificates are issued while the caller waits, so
    /// such a call may use the whole deadline rather than the time-out of one request.
    const SLOW: bool = false;

    /// The path below the version's base, without a leading slash. Built from integers and fixed words only.
    fn path(&self) -> String;

    /// The query as pairs.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The JSON body.
    fn body(&self) -> Option<serde_json::Value> {
        None
    }
}

/// A web application on a server: every domain and certificate belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebAppRef {
    /// `WU_RUNCLOUD_SERVER_ID`.
    pub server_id: u64,
    /// `WU_RUNCLOUD_APP_ID`.
    pub web_app_id: u64,
}

impl WebAppRef {
    /// `servers/1/webapps/2`, followed by `rest`.
    pub(crate) fn path(self, rest: fmt::Arguments<'_>) -> String {
        format!("servers/{}/webapps/{}{rest}", self.server_id, self.web_app_id)
    }
}
