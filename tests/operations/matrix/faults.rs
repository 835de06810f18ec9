//! The rows: all that can go wrong between here and the panel.

use std::borrow::Cow;

use runcloud::{http::Session, operations::ping};
use serde_json::{Value, json};

use super::{operations::Operation, section::Strike};
use crate::panel::Panel;

/// A row of the page.
pub struct Fault {
    name: Cow<'static, str>,
    trouble: Trouble,
    pub times: Times,
}

/// Which limit the fault runs into; that one is short, the others are so long that a starved machine does not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Times {
    Connecting,
    Answering,
    /// As `Answering`, with a deadline that is long enough for all that follows.
    AnsweringTwice,
    /// The time-outs are longer than the deadline and the fault: without the deadline the call would go well.
    Deadline,
    None,
}

impl Times {
    /// Connect time-out, time-out and deadline in seconds.
    fn seconds(self) -> [u32; 3] {
        match self {
            Self::Connecting => [1, 30, 100],
            Self::Answering => [20, 2, 12],
            Self::AnsweringTwice => [20, 2, 100],
            Self::Deadline => [20, 30, 4],
            Self::None => [20, 30, 100],
        }
    }

    pub fn set(self, panel: &mut Panel) {
        let [connect_timeout, timeout, deadline] = self.seconds().map(|seconds| seconds.to_string());
        (panel.texts.connect_timeout, panel.texts.timeout, panel.texts.deadline) =
            (connect_timeout, timeout, deadline);
    }
}

/// What the second fault of a pair meets.
#[derive(Clone, Copy)]
pub enum Then {
    /// Every request after the first fault.
    Everything,
    /// The next request that does the work.
    TheWork,
}

enum Trouble {
    /// A fault of the simulator.
    Order(Value),
    /// Two of them, of which the second waits for the first.
    Pair(Value, Value, Then),
    /// The panel closes a connection that was used before.
    Stale,
    /// Content and switches of the panel. It stays by its nature.
    Panel(Value, Value),
    /// The panel closes the connection after each answer. It stays by its nature.
    Closing,
    /// Another address of the panel. It stays by its nature.
    Address(fn(&Panel) -> String),
}

impl Fault {
    /// A second fault that follows a first one.
    pub fn pair(name: String, first: &Value, second: &Value, then: Then) -> Self {
        let times = if second["kind"] == "slow" { Times::AnsweringTwice } else { Times::None };
        Self { name: name.into(), trouble: Trouble::Pair(first.clone(), second.clone(), then), times }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it can meet some requests of a call and leave others alone.
    pub fn can_be_aimed(&self) -> bool {
        matches!(self.trouble, Trouble::Order(_) | Trouble::Stale)
    }

    /// The simulator's name of it, where it has one.
    pub fn kind(&self) -> Option<&str> {
        match &self.trouble {
            Trouble::Order(order) => order["kind"].as_str(),
            _ => None,
        }
    }

    /// Sets the panel up for `operation`.
    pub fn arrange(&self, panel: &mut Panel, operation: &Operation, strike: Strike) {
        self.times.set(panel);
        match &self.trouble {
            Trouble::Order(order) => {
                order_fault(panel, order, operation, aimed(operation, strike));
            }
            Trouble::Pair(first, second, then) => {
                let first = order_fault(panel, first, operation, aimed(operation, Strike::Once));
                let mut terms = match then {
                    Then::Everything => json!({}),
                    Then::TheWork => aimed(operation, Strike::Once),
                };
                terms["after"] = first.into();
                order_fault(panel, second, operation, terms);
            }
            Trouble::Stale => {}
            Trouble::Closing => panel.patch_chaos(json!({"close": 1.0})),
            Trouble::Panel(state, switches) => {
                panel.patch_switches(switches);
                panel.set_state(state);
            }
            Trouble::Address(address) => panel.texts.base_url = address(panel),
        }
    }

    /// What can be arranged only for a connection that is there: `session` keeps its own, whoever else calls in this process.
    pub fn arrange_within(
        &self,
        session: &Session<'_>,
        panel: &Panel,
        operation: &Operation,
        strike: Strike,
    ) {
        if let Trouble::Stale = self.trouble {
            ping(session).unwrap();
            let mut order = aimed(operation, strike);
            order["kind"] = "drop_before".into();
            order["match"]["reused"] = true.into();
            panel.add_fault(order);
        }
    }

    /// Lets the panel be well again.
    pub fn lift(&self, panel: &mut Panel) {
        panel.clear_faults();
        panel.patch_chaos(json!({"close": 0.0}));
        panel.texts.base_url = panel.panel_url();
        if self.times != Times::Connecting {
            Times::None.set(panel);
        }
        if let Trouble::Panel(state, _) = &self.trouble {
            let nothing: Value =
                state.as_object().unwrap().keys().map(|key| (key.clone(), Value::Null)).collect();
            panel.set_state(nothing);
        }
    }
}

/// Which requests a fault of the simulator meets.
fn aimed(operation: &Operation, strike: Strike) -> Value {
    match strike {
        Strike::Stays => json!({}),
        Strike::Work => json!({"match": (operation.decisive)()}),
        Strike::Once | Strike::Pair => json!({"match": (operation.decisive)(), "times": 1}),
    }
}

fn order_fault(panel: &Panel, order: &Value, operation: &Operation, terms: Value) -> u64 {
    let mut order = order.clone();
    if let (Some(order), Value::Object(terms)) = (order.as_object_mut(), terms) {
        order.extend(terms);
    }
    if order["kind"] == "status" && order["retry_after"].is_null() {
        // Nothing that may be repeated as it stands.
        let said = format!("Said by the panel:\r\n\u{1b}[31m{}\u{0}", operation.secret());
        order["body"] = json!({ "message": said });
    }
    if order["kind"] == "redirect" {
        order["location"] = format!("{}/v3/ping", panel.panel_url()).into();
    }
    panel.add_fault(order)
}

/// All faults, in the order of the rows.
pub fn all() -> Vec<Fault> {
    let ordered =
        |name: &'static str, order, times| Fault { name: name.into(), trouble: Trouble::Order(order), times };
    let fault = |name, order| ordered(name, order, Times::None);
    let late = |name, order| ordered(name, order, Times::Answering);
    let too_late = |name, order| ordered(name, order, Times::Deadline);
    let redirect = |name, status: u16| fault(name, json!({"kind": "redirect", "status": status}));
    let status = |name, status: u16| fault(name, json!({"kind": "status", "status": status}));
    let wait = |name, status: u16, retry_after: Value| {
        fault(name, json!({"kind": "status", "status": status, "retry_after": retry_after}))
    };
    let plain = |name, kind: &str| fault(name, json!({ "kind": kind }));
    let here = |name: &'static str, trouble| Fault { name: name.into(), trouble, times: Times::None };
    let quota = |name, status: &str| {
        here(name, Trouble::Panel(json!({"monthly_quota": 0}), json!({"quota_spent": status})))
    };
    let elsewhere = |name: &'static str, times, address| Fault {
        name: name.into(),
        trouble: Trouble::Address(address),
        times,
    };
    vec![
        redirect("301", 301),
        redirect("302", 302),
        redirect("303", 303),
        redirect("307", 307),
        redirect("308", 308),
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
        here("stale connection", Trouble::Stale),
        here("closed after each answer", Trouble::Closing),
        late("late", json!({"kind": "latency", "ms": 8000})),
        late("slow", json!({"kind": "slow", "ms": 3000})),
        late("trickle", json!({"kind": "trickle", "ms": 1000})),
        too_late("late, past the deadline", json!({"kind": "latency", "ms": 5500})),
        too_late("slow, past the deadline", json!({"kind": "slow", "ms": 8000})),
        too_late("trickle, past the deadline", json!({"kind": "trickle", "ms": 5000, "chunk": 5000})),
        plain("truncated", "truncated"),
        fault("HTML, 403", json!({"kind": "html", "status": 403})),
        fault("HTML, 404", json!({"kind": "html", "status": 404})),
        fault("HTML, 502", json!({"kind": "html", "status": 502})),
        fault("HTML, 200", json!({"kind": "html", "status": 200})),
        plain("wrong content type", "wrong_type"),
        fault("huge body", json!({"kind": "huge", "bytes": 5_000_000})),
        plain("deep JSON", "deep_json"),
        plain("invalid UTF-8", "invalid_utf8"),
        plain("wrong types", "wrong_types"),
        plain("empty body", "empty"),
        elsewhere("certificate of another host", Times::None, |p| p.wrong_host_url()),
        elsewhere("expired certificate", Times::None, |p| p.expired_url()),
        elsewhere("certificate of an unknown authority", Times::None, Panel::stranger_url),
        elsewhere("refused port", Times::None, |_| "https://127.0.0.1:1/api".into()),
        elsewhere("unknown host", Times::None, |_| "https://nowhere.invalid/api".into()),
        elsewhere("no connection", Times::Connecting, |p| p.black_hole_url()),
        elsewhere("silent peer", Times::Connecting, |p| p.silent_url()),
        elsewhere("no connection, past the deadline", Times::Deadline, |p| p.black_hole_url()),
        elsewhere("silent peer, past the deadline", Times::Deadline, |p| p.silent_url()),
    ]
}
