//! The rows: all that can go wrong between here and the panel.

use runcloud::{http::Session, operations::ping};
use serde_json::{Value, json};

use crate::panel::Panel;

/// What the panel says in its refusals: nothing that may be repeated as it stands.
const SAID: &str = "Said by the panel:\r\n\u{1b}[31mtest-token\u{0}";

/// One fault.
pub struct Fault {
    pub name: &'static str,
    trouble: Trouble,
    pub times: Times,
}

/// Which time-out the fault runs into; that one is short, the others are so long that a starved machine does not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Times {
    Connecting,
    Answering,
    Neither,
}

enum Trouble {
    /// A fault of the simulator.
    Order(Value),
    /// The panel closes a connection that was used before.
    Stale,
    /// Content and switches of the panel. It stays by its nature.
    Panel(Value, Value),
    /// Another address of the panel. It stays by its nature.
    Address(fn(&Panel) -> String),
}

impl Fault {
    /// Whether the panel can get over it between two requests.
    pub fn can_strike_once(&self) -> bool {
        matches!(self.trouble, Trouble::Order(_) | Trouble::Stale)
    }

    /// Sets the panel up: for good, or for the first request that matches `once`.
    pub fn arrange(&self, panel: &mut Panel, once: Option<&Value>) {
        match &self.trouble {
            Trouble::Order(order) => order_fault(panel, order, once),
            Trouble::Stale => {}
            Trouble::Panel(state, switches) => {
                panel.patch_switches(switches);
                panel.set_state(state);
            }
            Trouble::Address(address) => panel.texts.base_url = address(panel),
        }
    }

    /// What can be arranged only for a connection that is there: `session` keeps its own, whoever else calls in this process.
    pub fn arrange_within(&self, session: &Session<'_>, panel: &Panel, once: Option<&Value>) {
        if let Trouble::Stale = self.trouble {
            ping(session).unwrap();
            let mut matching = once.cloned().unwrap_or_else(|| json!({}));
            matching["reused"] = true.into();
            panel.add_fault(json!({"kind": "drop_before", "match": matching, "times": once.map(|_| 1)}));
        }
    }

    /// Lets the panel be well again.
    pub fn lift(&self, panel: &mut Panel) {
        panel.clear_faults();
        panel.texts.base_url = panel.panel_url();
        if let Trouble::Panel(state, _) = &self.trouble {
            let nothing: Value =
                state.as_object().unwrap().keys().map(|key| (key.clone(), Value::Null)).collect();
            panel.set_state(nothing);
        }
    }
}

fn order_fault(panel: &Panel, order: &Value, once: Option<&Value>) {
    let mut order = order.clone();
    if let Some(matching) = once {
        order["match"] = matching.clone();
        order["times"] = 1.into();
    }
    if order["kind"] == "redirect" {
        order["location"] = format!("{}/v3/ping", panel.panel_url()).into();
    }
    panel.add_fault(order);
}

/// All faults, in the order of the rows.
pub fn all() -> Vec<Fault> {
    let fault = |name, order| Fault { name, trouble: Trouble::Order(order), times: Times::Neither };
    let late = |name, order| Fault { name, trouble: Trouble::Order(order), times: Times::Answering };
    let status = |name, status: u16| {
        fault(name, json!({"kind": "status", "status": status, "body": {"message": SAID}}))
    };
    let wait = |name, status: u16, retry_after: Value| {
        fault(name, json!({"kind": "status", "status": status, "retry_after": retry_after}))
    };
    let plain = |name, kind: &str| fault(name, json!({ "kind": kind }));
    let elsewhere = |name, times, address| Fault { name, trouble: Trouble::Address(address), times };
    let quota = |name, status: &str| Fault {
        name,
        trouble: Trouble::Panel(json!({"monthly_quota": 0}), json!({"quota_spent": status})),
        times: Times::Neither,
    };
    vec![
        fault("301", json!({"kind": "redirect", "status": 301})),
        fault("302", json!({"kind": "redirect", "status": 302})),
        status("400", 400),
        status("401", 401),
        status("403", 403),
        status("404", 404),
        status("405", 405),
        status("408", 408),
        status("409", 409),
        status("422", 422),
        status("429", 429),
        status("500", 500),
        status("502", 502),
        status("503", 503),
        status("504", 504),
        fault("500 after the work", json!({"kind": "processed_status", "status": 500})),
        fault("408 after the work", json!({"kind": "processed_status", "status": 408})),
        wait("429, wait 1 s", 429, json!(1)),
        wait("429, wait until a date", 429, json!("date:+1")),
        wait("503, wait 1 s", 503, json!(1)),
        wait("429, wait 30 years", 429, json!(999_999_999)),
        wait("429, wait nonsense", 429, json!("-1 fortnight")),
        quota("quota spent, 429", "429"),
        quota("quota spent, 403", "403"),
        plain("dropped before the work", "drop_before"),
        plain("dropped after the work", "drop_after"),
        Fault { name: "stale connection", trouble: Trouble::Stale, times: Times::Neither },
        late("slow", json!({"kind": "slow", "ms": 1500})),
        late("trickle", json!({"kind": "trickle", "ms": 500})),
        plain("truncated", "truncated"),
        fault("HTML, 502", json!({"kind": "html", "status": 502})),
        fault("HTML, 200", json!({"kind": "html", "status": 200})),
        plain("wrong content type", "wrong_type"),
        fault("huge body", json!({"kind": "huge", "bytes": 5_000_000})),
        plain("deep JSON", "deep_json"),
        plain("invalid UTF-8", "invalid_utf8"),
        plain("wrong types", "wrong_types"),
        plain("empty body", "empty"),
        elsewhere("certificate of another host", Times::Neither, |p| p.wrong_host_url()),
        elsewhere("expired certificate", Times::Neither, |p| p.expired_url()),
        elsewhere("refused port", Times::Neither, |_| "https://127.0.0.1:1/api".into()),
        elsewhere("unknown host", Times::Neither, |_| "https://nowhere.invalid/api".into()),
        elsewhere("no connection", Times::Connecting, |p| p.black_hole_url()),
        elsewhere("silent peer", Times::Connecting, |p| p.silent_url()),
    ]
}
