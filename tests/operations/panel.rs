//! A simulator and what talks to it.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use runcloud::{
    api::WebAppRef,
    http::{Credentials, Error, Session, credentials::Names, settings::SettingTexts},
};
use runcloud_simulator::{Options, Simulator};
use serde_json::{Value, json};

/// The web application that the simulator has at its start.
pub const APP: WebAppRef = WebAppRef { server_id: 1001, web_app_id: 2001 };
const NAMES: Names<'_> = Names { token: "token", key: "key", secret: "secret" };

/// A calm simulator, a token for it, and settings that retry fast enough for a test.
pub struct Panel {
    simulator: Simulator,
    pub credentials: Credentials,
    pub texts: SettingTexts,
    roots: Option<Arc<Roots>>,
}

/// A file with the authorities of several panels, and a panel whose authority is not among them. Both are there for as
/// long as one of the panels.
struct Roots {
    file: PathBuf,
    stranger: Simulator,
}

impl Roots {
    fn of(panels: &[Panel]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let file = std::env::temp_dir().join(format!("runcloud-panels-{}-{number}.pem", std::process::id()));
        std::fs::write(&file, panels.iter().map(|panel| panel.ca_pem()).collect::<String>()).unwrap();
        Self { file, stranger: Simulator::start(Options::calm()) }
    }
}

impl Drop for Roots {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

impl Deref for Panel {
    type Target = Simulator;

    fn deref(&self) -> &Simulator {
        &self.simulator
    }
}

impl Panel {
    pub fn new() -> Self {
        let simulator = Simulator::start(Options::calm());
        let texts = SettingTexts {
            base_url: simulator.panel_url(),
            ca_file: simulator.ca_path().display().to_string(),
            ..SettingTexts::default()
        };
        Self { simulator, credentials: token("test-token"), texts, roots: None }
    }

    /// Panels that one HTTP client can talk to, as there is one in a process: it trusts the authorities of them all.
    pub fn several(count: usize) -> Vec<Self> {
        let mut panels: Vec<_> = (0..count).map(|_| Self::new()).collect();
        let roots = Arc::new(Roots::of(&panels));
        for panel in &mut panels {
            panel.texts.ca_file = roots.file.display().to_string();
            panel.roots = Some(Arc::clone(&roots));
        }
        panels
    }

    /// One of several: a panel whose authority this one's clients do not know.
    pub fn stranger_url(&self) -> String {
        self.roots.as_ref().unwrap().stranger.panel_url()
    }

    /// The same panel by API v2.
    pub fn with_key_pair(mut self) -> Self {
        self.credentials = key_pair();
        self
    }

    pub fn with_settings(mut self, change: impl FnOnce(&mut SettingTexts)) -> Self {
        change(&mut self.texts);
        self
    }

    /// One call.
    pub fn call<T>(&self, operation: impl FnOnce(&Session<'_>) -> Result<T, Error>) -> Result<T, Error> {
        operation(&Session::begin(&self.credentials, self.texts.check()?))
    }

    /// The requests so far, as `POST /domains -> 200`, paths shortened to what follows the web application.
    pub fn requests(&self) -> Vec<String> {
        let short = |path: &str| match path.split_once("/webapps/2001/") {
            Some((_, rest)) => format!("/{rest}"),
            None => path.replace("/api", ""),
        };
        let line = |e: &runcloud_simulator::HistoryEntry| match e.status {
            Some(status) => format!("{} {} -> {status}", e.method, short(&e.path)),
            None => format!("{} {} -> nothing", e.method, short(&e.path)),
        };
        self.history().iter().map(line).collect()
    }

    /// Makes the panel hold `count` aliases `d1.example`... beside the primary domain; their ids are 5001...
    pub fn hold_domains(&self, count: u64) {
        self.hold((1..=count).map(|n| format!("d{n}.example")));
    }

    /// As [`Self::hold_domains`], with these names.
    pub fn hold(&self, names: impl IntoIterator<Item = impl Into<String>>) {
        let mut domains =
            vec![json!({"id": 3001, "webapp_id": 2001, "name": "network.example", "type": "primary"})];
        domains.extend((5001..).zip(names).map(|(id, name)| json!({"id": id, "name": name.into()})));
        self.set_state(json!({ "domains": domains }));
    }

    /// How many requests there were with this method.
    pub fn count(&self, method: &str) -> usize {
        self.history().iter().filter(|entry| entry.method == method).count()
    }

    /// The names that the panel holds.
    pub fn names(&self) -> Vec<String> {
        let state = self.state();
        let name = |d: &Value| d["name"].as_str().unwrap().to_owned();
        state["domains"].as_array().unwrap().iter().map(name).collect()
    }

    /// Makes `call`; the first `times` that it asks for this page of the domains, `change` is made before it gets it.
    pub fn meanwhile<T>(
        &self,
        page: u64,
        times: usize,
        change: impl Fn(&mut Vec<Value>) + Sync,
        call: impl FnOnce() -> T,
    ) -> T {
        const LATEST: Duration = Duration::from_secs(60);
        let query = format!("page={page}&");
        self.add_fault(json!({"kind": "latency", "ms": 400, "match": {"path": query}, "times": times}));
        thread::scope(|scope| {
            scope.spawn(|| {
                let end = Instant::now() + LATEST;
                for time in 1..=times {
                    let asked = || self.history().iter().filter(|e| e.query.starts_with(&query)).count();
                    while asked() < time && Instant::now() < end {
                        thread::sleep(Duration::from_millis(2));
                    }
                    let mut domains = self.state()["domains"].as_array().unwrap().clone();
                    change(&mut domains);
                    self.set_state(json!({ "domains": domains }));
                }
            });
            call()
        })
    }

    /// Sets the SSL mode of the web application, and its basic certificate.
    pub fn set_ssl(&self, advanced: bool, automatic: bool, certificate: &Value) {
        self.set_state(json!({"ssl": {"2001": {"advancedSSL": advanced, "autoSSL": automatic, "certificate": certificate}}}));
    }
}

/// For API v2.
pub fn key_pair() -> Credentials {
    Credentials::choose(None, Some("test-key"), Some("test-secret"), NAMES).unwrap()
}

/// For API v3.
pub fn token(token: &str) -> Credentials {
    Credentials::choose(Some(token), None, None, NAMES).unwrap()
}
