//! A request as the panel reads it.

use hyper::HeaderMap;
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST};
use serde_json::{Map, Value};
use std::net::IpAddr;

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    pub(crate) peer: IpAddr,
    /// Number of the connection, counted over all listeners of the panel.
    pub(crate) connection: u64,
    /// Whether the connection carried a request before this one.
    pub(crate) reused: bool,
    /// `http` or `https`.
    pub(crate) scheme: &'static str,
}

/// The generations of the API.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Version {
    V3,
    V2,
}

impl Version {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V3 => "v3",
            Self::V2 => "v2",
        }
    }
}

impl Request {
    /// The API's generation and the path below it; nothing for a path outside of the API.
    pub(crate) fn below_api(&self) -> Option<(Version, &str)> {
        let (version, rest) = if let Some(rest) = self.path.strip_prefix("/api/v3") {
            (Version::V3, rest)
        } else {
            (Version::V2, self.path.strip_prefix("/api/v2")?)
        };
        rest.starts_with('/').then_some((version, rest))
    }

    pub(crate) fn header(&self, name: &hyper::header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn accepts_json(&self) -> bool {
        self.header(&ACCEPT).is_some_and(|accept| accept.contains("/json"))
    }

    /// The first value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The fields of a JSON body; none when the body is empty, is no JSON object, or is not declared as JSON.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        let declared = self.header(&CONTENT_TYPE).is_some_and(|kind| kind.contains("/json"));
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(fields)) if declared => fields,
            _ => Map::new(),
        }
    }

    /// The address of this request without its query, for links to other pages.
    pub(crate) fn address(&self) -> String {
        format!("{}://{}{}", self.scheme, self.header(&HOST).unwrap_or("localhost"), self.path)
    }
}
