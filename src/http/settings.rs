//! How calls are made: PHP's ini settings, checked.

use std::{fmt, path::PathBuf, time::Duration};

use url::{Host, Url};

use super::error::Error;

#[cfg(test)]
mod tests;

/// The settings as text, as php.ini gives them.
#[derive(Clone, Debug)]
pub struct SettingTexts {
    /// `runcloud.base_url`
    pub base_url: String,
    /// `runcloud.ca_file`
    pub ca_file: String,
    /// `runcloud.proxy`, or the client's own.
    pub proxy: String,
    /// `runcloud.connect_timeout`
    pub connect_timeout: String,
    /// `runcloud.timeout`
    pub timeout: String,
    /// `runcloud.deadline`
    pub deadline: String,
    /// `runcloud.max_retries`
    pub max_retries: String,
}

/// A setting: its name, default and what it means. The one place where defaults stand.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The ini name.
    pub name: &'static str,
    /// The default as text.
    pub default: &'static str,
    /// Whether only php.ini and the pool may set it (`PHP_INI_SYSTEM`), rather than scripts too (`PHP_INI_ALL`).
    pub system_only: bool,
}

macro_rules! settings {
    ($($(#[$doc:meta])* $constant:ident = $name:literal, $default:literal, $system_only:literal;)*) => {
        $($(#[$doc])* pub const $constant: Setting =
            Setting { name: $name, default: $default, system_only: $system_only };)*
        /// Every setting, in the order in which `php --ri runcloud` lists them.
        pub const ALL: &[Setting] = &[$($constant),*];
    };
}

settings! {
    /// The panel's API without its version; https, or http on a loopback host.
    BASE_URL = "runcloud.base_url", "https://manage.runcloud.io/api", true;
    /// PEM file with roots that are trusted beside the system's; empty: none.
    CA_FILE = "runcloud.ca_file", "", true;
    /// `http://[user:password@]host:port` of a proxy; empty: none.
    PROXY = "runcloud.proxy", "", true;
    /// Seconds to connect, DNS and TLS included.
    CONNECT_TIMEOUT = "runcloud.connect_timeout", "5", false;
    /// Seconds for one request and its answer.
    TIMEOUT = "runcloud.timeout", "30", false;
    /// Seconds for a whole call with its retries.
    DEADLINE = "runcloud.deadline", "60", false;
    /// How often a request is sent again.
    MAX_RETRIES = "runcloud.max_retries", "2", false;
}

/// Longest time that a setting may ask for.
const LONGEST: f64 = 600.0;
/// Shortest time that a setting may ask for.
const SHORTEST: f64 = 0.001;
/// Most retries that a setting may ask for.
const MOST_RETRIES: u32 = 10;

/// The settings, checked.
#[derive(Clone)]
pub struct Settings {
    /// Ends without a slash.
    pub(crate) base_url: Url,
    pub(crate) connection: Connection,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) max_retries: u32,
}

/// What a client is built for: another one needs another client.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Connection {
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) proxy: Option<Url>,
    pub(crate) connect_timeout: Duration,
    pub(crate) https_only: bool,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("base_url", &self.base_url.as_str()).finish_non_exhaustive()
    }
}

impl Default for SettingTexts {
    fn default() -> Self {
        Self {
            base_url: BASE_URL.default.into(),
            ca_file: CA_FILE.default.into(),
            proxy: PROXY.default.into(),
            connect_timeout: CONNECT_TIMEOUT.default.into(),
            timeout: TIMEOUT.default.into(),
            deadline: DEADLINE.default.into(),
            max_retries: MAX_RETRIES.default.into(),
        }
    }
}

impl SettingTexts {
    /// Checks them all.
    ///
    /// # Errors
    /// A configuration error that names the setting, its value (never the proxy's, which may hold a password) and the
    /// fix. Whether the CA file can be read shows only when the client is built.
    pub fn check(&self) -> Result<Settings, Error> {
        let base_url = base_url(&self.base_url)?;
        Ok(Settings {
            connection: Connection {
                ca_file: Some(self.ca_file.trim()).filter(|s| !s.is_empty()).map(PathBuf::from),
                proxy: proxy(&self.proxy)?,
                connect_timeout: seconds(CONNECT_TIMEOUT, &self.connect_timeout)?,
                https_only: base_url.scheme() == "https",
            },
            base_url,
            timeout: seconds(TIMEOUT, &self.timeout)?,
            deadline: seconds(DEADLINE, &self.deadline)?,
            max_retries: retries(&self.max_retries)?,
        })
    }
}

fn base_url(text: &str) -> Result<Url, Error> {
    let name = BASE_URL.name;
    // No more of the URL is shown than its host: the rest may hold a password, even where none belongs.
    let refuse = |why: &str| Err(Error::configuration(format!("{name} {why}")));
    let Ok(url) = Url::parse(text.trim().trim_end_matches('/')) else {
        return refuse(&format!("is not a URL: set it to {} or leave it out.", BASE_URL.default));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("contains a user name or password: leave it out, the credentials go elsewhere.");
    }
    let instead = format!("set it to {} or leave it out.", BASE_URL.default);
    let host = match url.host() {
        Some(host) if url.query().is_none() && url.fragment().is_none() => host,
        Some(host) => {
            return refuse(&format!("of {} is not the URL of an API: {instead}", shown(&host.to_string())));
        }
        None => return refuse(&format!("is not the URL of an API: {instead}")),
    };
    let loopback = match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        "http" => refuse(&format!(
            "\"http://{}\" is plain http, which would show the API token to the network: use https.",
            shown(&host.to_string())
        )),
        scheme => refuse(&format!("has the scheme {}: use https.", shown(scheme))),
    }
}

/// A proxy as it may be shown.
#[must_use]
pub fn without_password(proxy: &str) -> String {
    match Url::parse(proxy.trim()) {
        Ok(mut url) if is_proxy(&url) => {
            if url.password().is_some() && url.set_password(Some("hidden")).is_err() {
                return "hidden".into();
            }
            url.into()
        }
        // Such as me:password@host, which is a URL, but of another kind.
        _ => "not a proxy URL".into(),
    }
}

fn is_proxy(url: &Url) -> bool {
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    matches!(url.scheme(), "http" | "https") && url.has_host() && is_bare
}

fn proxy(text: &str) -> Result<Option<Url>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match Url::parse(text) {
        Ok(url) if is_proxy(&url) => Ok(Some(url)),
        _ => Err(Error::configuration(
            "The proxy (runcloud.proxy or the client's own) is not a proxy URL: write it as http://host:port.",
        )),
    }
}

fn seconds(setting: Setting, text: &str) -> Result<Duration, Error> {
    match text.trim().parse::<f64>() {
        Ok(value) if (SHORTEST..=LONGEST).contains(&value) => Ok(Duration::from_secs_f64(value)),
        _ => Err(Error::configuration(format!(
            "{} is \"{}\": set it to a number of seconds between {SHORTEST} and {LONGEST}.",
            setting.name,
            shown(text)
        ))),
    }
}

fn retries(text: &str) -> Result<u32, Error> {
    match text.trim().parse() {
        Ok(value) if value <= MOST_RETRIES => Ok(value),
        _ => Err(Error::configuration(format!(
            "{} is \"{}\": set it to a whole number between 0 and {MOST_RETRIES}.",
            MAX_RETRIES.name,
            shown(text)
        ))),
    }
}

/// A value as a message may show it.
fn shown(text: &str) -> String {
    const LONGEST: usize = 100;
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}{}", start.escape_debug(), if start == text { "" } else { "..." })
}
