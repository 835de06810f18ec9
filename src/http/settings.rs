//! How calls are made: PHP's ini settings, checked.

use std::{fmt, path::PathBuf, time::Duration};

use url::{Host, Url};

use super::{error::Error, reason::Reason};

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
/// What the client appends to the base URL.
const API_VERSIONS: [&str; 2] = ["v3", "v2"];
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

/// What a client is made for: another one needs another client.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Connection {
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) proxy: Option<Url>,
    pub(crate) connect_timeout: Duration,
    pub(crate) https_only: bool,
}

impl Settings {
    /// Whether requests go through the proxy: plain http is for a panel on this machine, to which no proxy leads.
    pub(super) fn uses_proxy(&self) -> bool {
        self.connection.proxy.is_some() && self.base_url.scheme() == "https"
    }
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
                ca_file: ca_file(&self.ca_file)?,
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

fn refuse(setting: Setting, problem: &'static str) -> Error {
    Error::new(Reason::SettingInvalid).with("setting", setting.name).with("problem", problem)
}

fn base_url(text: &str) -> Result<Url, Error> {
    // No more of the URL is shown than its host: the rest may hold a password, even where none belongs.
    let refuse = |problem| refuse(BASE_URL, problem);
    let Ok(url) = Url::parse(text.trim().trim_end_matches('/')) else { return Err(refuse("not-a-url")) };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("credentials"));
    }
    let Some(host) = url.host() else { return Err(refuse("no-api")) };
    let shown_host = shown(&host.to_string());
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("no-api").with("host", shown_host));
    }
    let last = url.path_segments().and_then(|mut path| path.next_back()).unwrap_or_default();
    if let Some(version) = API_VERSIONS.into_iter().find(|version| last.eq_ignore_ascii_case(version)) {
        return Err(refuse("version").with("host", shown_host).with("version", version));
    }
    let loopback = match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        "http" => Err(refuse("plain-http").with("host", shown_host)),
        scheme => Err(refuse("scheme").with("scheme", shown(scheme))),
    }
}

fn ca_file(text: &str) -> Result<Option<PathBuf>, Error> {
    match text.trim() {
        "" => Ok(None),
        path if path.starts_with('/') => Ok(Some(path.into())),
        path => Err(refuse(CA_FILE, "relative").with("value", shown(path))),
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
    url.scheme() == "http" && url.has_host() && is_bare
}

fn proxy(text: &str) -> Result<Option<Url>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match Url::parse(text) {
        Ok(url) if is_proxy(&url) => Ok(Some(url)),
        _ => Err(refuse(PROXY, "not-a-proxy")),
    }
}

fn seconds(setting: Setting, text: &str) -> Result<Duration, Error> {
    match text.trim().parse::<f64>() {
        Ok(value) if (SHORTEST..=LONGEST).contains(&value) => Ok(Duration::from_secs_f64(value)),
        _ => Err(refuse(setting, "not-a-number")
            .with("value", shown(text))
            .with("least", SHORTEST.to_string())
            .with("most", LONGEST.to_string())),
    }
}

fn retries(text: &str) -> Result<u32, Error> {
    match text.trim().parse() {
        Ok(value) if value <= MOST_RETRIES => Ok(value),
        _ => Err(refuse(MAX_RETRIES, "not-a-count").with("value", shown(text)).with("most", MOST_RETRIES)),
    }
}

/// A value as a message may show it.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 100;
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}{}", start.escape_debug(), if start == text { "" } else { "..." })
}
