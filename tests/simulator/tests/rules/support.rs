//! A small client for the tests: it sends what it is told, follows nothing, and retries nothing.

use reqwest::blocking::Client;
use reqwest::{Certificate, Method, redirect};
use runcloud_simulator::{Options, Simulator};
use serde_json::{Value, json};
use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

pub(crate) const WEB_APP: &str = "/servers/1001/webapps/2001";
pub(crate) const INSTALL: &str = r#"{"advancedSSL":true,"autoSSL":false,"provider":"letsencrypt","enableHttp":false,
    "enableHsts":false,"authorizationMethod":"http-01","environment":"live"}"#;

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    /// The body as JSON; null when it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A simulator and a client that trusts its authority.
pub(crate) struct Panel {
    pub(crate) simulator: Simulator,
    pub(crate) http: Client,
}

impl Panel {
    pub(crate) fn calm() -> Self {
        Self::start(Options::calm())
    }

    pub(crate) fn start(options: Options) -> Self {
        let simulator = Simulator::start(options);
        let http = client(&simulator, 0);
        Self { simulator, http }
    }

    /// A request with a right token. `path` is below `/api`.
    pub(crate) fn try_send(&self, method: &str, path: &str, body: &str) -> reqwest::Result<Reply> {
        let url = format!("{}{path}", self.simulator.panel_url());
        let request = self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        let request = request.header("accept", "application/json").header("content-type", "application/json");
        reply(request.header("authorization", "Bearer test-token").body(body.to_owned()).send()?)
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: &str) -> Reply {
        self.try_send(method, path, body).unwrap()
    }

    /// Below the web application of the start.
    pub(crate) fn app(&self, method: &str, path: &str, body: &str) -> Reply {
        self.send(method, &format!("/v3{WEB_APP}{path}"), body)
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.app("GET", path, "")
    }

    /// A request exactly as given, with these headers only.
    pub(crate) fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let url = format!("{}{path}", self.simulator.panel_url());
        let mut request = self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        reply(request.send().unwrap()).unwrap()
    }

    /// A request to the control plane.
    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Reply {
        let url = format!("{}{path}", self.simulator.control_url());
        let request = self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        reply(request.body(body).send().unwrap()).unwrap()
    }

    /// The names of all domains in the panel's content.
    pub(crate) fn names(&self) -> Vec<String> {
        let state = self.simulator.state();
        let domains = state["domains"].as_array().unwrap().iter();
        domains.map(|domain| domain["name"].as_str().unwrap().to_owned()).collect()
    }

    /// The web application of the start with this many aliases beside its primary domain.
    pub(crate) fn with_aliases(count: usize) -> Self {
        let panel = Self::calm();
        let primary = panel.simulator.state()["domains"][0].clone();
        let aliases = (1..=count).map(|n| json!({ "name": format!("a{n}.example") }));
        let domains: Vec<Value> = std::iter::once(primary).chain(aliases).collect();
        panel.simulator.set_state(json!({ "domains": domains }));
        panel
    }
}

/// A client of this simulator that keeps at most `idle` connections for later.
pub(crate) fn client(simulator: &Simulator, idle: usize) -> Client {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = Certificate::from_pem(simulator.ca_pem().as_bytes()).unwrap();
    Client::builder()
        .tls_certs_only([ca])
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(idle)
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

pub(crate) fn reply(response: reqwest::blocking::Response) -> reqwest::Result<Reply> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply { status, headers, text: response.text()? })
}

/// Tries again until it happens.
pub(crate) fn wait_for<T>(mut attempt: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(value) = attempt() {
            return value;
        }
        assert!(Instant::now() < deadline, "it did not happen in time");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A connection without TLS on which this request was sent, as seen by the history.
pub(crate) fn sent(simulator: &Simulator, method: &str, path: &str, body: &str) -> TcpStream {
    let before = simulator.history().len();
    let mut stream = plain_connection(simulator);
    let length = body.len();
    let request = format!(
        "{method} /api/v3{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer test-token\r\n\
         Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    wait_for(|| (simulator.history().len() > before).then_some(()));
    stream
}

/// An open connection to the panel without TLS.
pub(crate) fn plain_connection(simulator: &Simulator) -> TcpStream {
    let url = simulator.http_url();
    let stream = TcpStream::connect(url.trim_start_matches("http://").trim_end_matches("/api")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// The keys of an object, in alphabetical order.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}
