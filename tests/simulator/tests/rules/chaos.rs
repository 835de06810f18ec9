//! Chaos: by default, by seed, by knob, and never on the control plane.

use crate::support::{Panel, keys};
use runcloud_simulator::Options;
use serde_json::{Value, json};

/// What became of 60 requests, as the history tells it.
fn fates(panel: &Panel) -> Vec<(Option<u16>, Option<&'static str>, bool)> {
    for n in 0..60 {
        // Chaos decides whether there is an answer.
        let _ = panel.try_send(
            "POST",
            "/v3/servers/1001/webapps/2001/domains",
            &format!(r#"{{"name":"a{n}.example"}}"#),
        );
    }
    panel.simulator.history().iter().map(|entry| (entry.status, entry.fault, entry.processed)).collect()
}

/// Chaos dense enough to be seen in a few requests, and quick.
fn dense() -> Value {
    let misfortunes =
        ["status_500", "status_503", "status_429", "html", "drop_before", "drop_after", "truncated"];
    let mut knobs: serde_json::Map<String, Value> =
        misfortunes.iter().map(|knob| ((*knob).to_owned(), json!(0.1))).collect();
    knobs.insert("latency_ms".to_owned(), json!(1));
    Value::Object(knobs)
}

fn with_seed(seed: u64) -> Panel {
    let panel = Panel::start(Options { seed: Some(seed), ..Options::default() });
    panel.simulator.patch_chaos(dense());
    panel
}

#[test]
fn the_same_seed_and_the_same_requests_give_the_same_chaos() {
    let first = fates(&with_seed(42));
    assert!(first.iter().any(|fate| fate.1.is_some()) && first.iter().any(|fate| fate.1.is_none()));
    assert_eq!(first, fates(&with_seed(42)));
}

#[test]
fn another_seed_gives_another_chaos() {
    assert_ne!(fates(&with_seed(42)), fates(&with_seed(43)));
}

#[test]
fn a_reset_starts_the_same_chaos_again() {
    let panel = with_seed(42);
    let first = fates(&panel);
    panel.simulator.reset();
    panel.simulator.patch_chaos(dense());
    assert_eq!(first, fates(&panel));
    panel.control("POST", "/reset", &json!({ "seed": 43 }));
    panel.simulator.patch_chaos(dense());
    assert_ne!(first, fates(&panel));
}

#[test]
fn chaos_is_on_by_default_and_off_when_calm() {
    let on = Panel::start(Options::default()).simulator.chaos();
    let off = Panel::calm().simulator.chaos();
    for knob in keys(&on) {
        assert!(on[knob].as_f64().unwrap() > 0.0, "{knob}");
        assert!(off[knob].as_f64().unwrap() == 0.0, "{knob}");
    }
}

#[test]
fn every_probability_alone_brings_its_own_misfortune() {
    for (knob, fault, status) in [
        ("status_500", "status", Some(500)),
        ("status_503", "status", Some(503)),
        ("status_429", "status", Some(429)),
        ("html", "html", Some(502)),
        ("drop_before", "drop_before", None),
        ("drop_after", "drop_after", None),
        ("processed_status", "processed_status", Some(500)),
        ("truncated", "truncated", Some(200)),
        ("trickle", "trickle", Some(200)),
    ] {
        let panel = Panel::calm();
        panel.simulator.patch_chaos(json!({ knob: 1 }));
        let _ = panel.try_send("GET", "/v3/ping", "");
        let entry = panel.simulator.history().remove(0);
        assert_eq!((entry.fault, entry.status, entry.chaos), (Some(fault), status, true), "{knob}");
    }
}

#[test]
fn chaos_says_when_to_come_back_in_both_forms() {
    let panel = Panel::calm();
    panel.simulator.patch_chaos(json!({ "status_429": 1 }));
    let forms = [(); 40].map(|()| panel.get("").header("retry-after").unwrap().len());
    assert!(forms.contains(&1) && forms.contains(&"Sun, 22 Nov 2026 07:23:54 GMT".len()), "{forms:?}");
}

#[test]
fn close_ends_the_connection_after_the_answer() {
    let panel = Panel::calm();
    panel.simulator.patch_chaos(json!({ "close": 1 }));
    let reply = panel.get("");
    assert_eq!((reply.status, reply.header("connection")), (200, Some("close")));
}

#[test]
fn a_knob_does_not_change_what_the_others_do() {
    let struck = |extra: &str| {
        let panel = Panel::start(Options { seed: Some(1), ..Options::calm() });
        panel.simulator.patch_chaos(json!({ "html": 0.3, extra: 0 }));
        fates(&panel).iter().map(|fate| fate.1 == Some("html")).collect::<Vec<_>>()
    };
    let panel = Panel::start(Options { seed: Some(1), ..Options::calm() });
    panel.simulator.patch_chaos(json!({ "html": 0.3, "latency_ms": 1, "trickle": 0.5, "close": 0.5 }));
    let together: Vec<_> = fates(&panel).iter().map(|fate| fate.1 == Some("html")).collect();
    assert_eq!(struck("trickle"), together);
}

#[test]
fn an_ordered_fault_goes_before_chaos() {
    let panel = Panel::calm();
    panel.simulator.patch_chaos(json!({ "drop_before": 1 }));
    panel.simulator.add_fault(json!({ "kind": "status", "status": 418 }));
    assert_eq!(panel.get("").status, 418);
}

#[test]
fn chaos_never_touches_the_control_plane() {
    let panel = Panel::calm();
    panel.simulator.patch_chaos(json!({ "drop_before": 1, "status_500": 1, "close": 1 }));
    panel.simulator.add_fault(json!({ "kind": "drop_before" }));
    for _ in 0..20 {
        assert_eq!(panel.control("GET", "/", &Value::Null).status, 200);
    }
    assert!(panel.simulator.history().is_empty());
}
