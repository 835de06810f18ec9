//! The control plane.

use crate::support::{Panel, keys};
use runcloud_simulator::{Options, VERSION};
use serde_json::{Value, json};

#[test]
fn it_says_what_it_is() {
    let panel = Panel::start(Options { seed: Some(5), ..Options::calm() });
    let about = panel.control("GET", "/", &Value::Null).json();
    assert_eq!((&about["version"], &about["seed"]), (&json!(VERSION), &json!(5)));
    assert!(about["uptime"].is_u64());
}

#[test]
fn the_history_shows_requests_in_order_and_no_secret() {
    let panel = Panel::calm();
    panel.send("GET", "/v3/ping?x=1", "");
    panel.app("POST", "/domains", r#"{"name":"a.example"}"#);
    panel.app("PUT", "/ssl/9", "no json");
    let history = panel.control("GET", "/history", &Value::Null).json();
    assert_eq!(history[0]["n"], 1);
    let first = &history[0];
    assert_eq!(
        (&first["method"], &first["path"], &first["query"]),
        (&json!("GET"), &json!("/api/v3/ping"), &json!("x=1"))
    );
    assert_eq!(
        (&first["version"], &first["body"], &first["status"]),
        (&json!("v3"), &json!(null), &json!(200))
    );
    assert_eq!((&first["fault"], &first["processed"]), (&json!(null), &json!(true)));
    assert_eq!(first["headers"]["authorization"], "Bearer (ok)");
    assert_eq!(history[1]["body"], json!({ "name": "a.example" }));
    assert_eq!((&history[2]["body"], &history[2]["status"]), (&json!("no json"), &json!(404)));
    assert!(first["at"].as_u64() <= history[2]["at"].as_u64());
    assert!(!history.to_string().contains("test-token"));
}

#[test]
fn numbers_go_on_after_the_history_was_cleared() {
    let panel = Panel::calm();
    panel.get("");
    assert_eq!(panel.control("DELETE", "/history", &Value::Null).status, 200);
    assert!(panel.simulator.history().is_empty());
    panel.get("");
    assert_eq!(panel.simulator.history()[0].n, 2);
}

#[test]
fn put_state_replaces_the_keys_given_and_no_other() {
    let panel = Panel::calm();
    let state = panel
        .control("PUT", "/state", &json!({ "domains": [{ "name": "a.example" }], "tokens": ["other"] }))
        .json();
    let domain = &state["domains"][0];
    assert_eq!(
        (&domain["id"], &domain["webapp_id"], &domain["type"]),
        (&json!(3002), &json!(2001), &json!("alias"))
    );
    assert_eq!(state["servers"][0]["id"], 1001);
    assert_eq!(panel.get("").status, 401);
    assert_eq!(panel.control("GET", "/state", &Value::Null).json(), state);
}

#[test]
fn an_id_is_never_given_twice() {
    let panel = Panel::calm();
    panel.app("POST", "/domains", r#"{"name":"a.example"}"#);
    panel.app("DELETE", "/domains/3002", "");
    panel.simulator.set_state(json!({ "monthly_quota": null }));
    assert_eq!(panel.app("POST", "/domains", r#"{"name":"b.example"}"#).json()["id"], 3003);
}

#[test]
fn a_reset_brings_everything_back() {
    let panel = Panel::calm();
    let state = |panel: &Panel| {
        let mut state = panel.simulator.state();
        for key in ["servers", "webapps", "ssl", "domains"] {
            state.as_object_mut().unwrap().remove(key); // they carry times
        }
        (state, panel.names())
    };
    let before = state(&panel);
    panel.app("POST", "/domains", r#"{"name":"a.example"}"#);
    panel.simulator.set_state(json!({ "tokens": [], "rate_limit_per_minute": 1 }));
    panel.simulator.patch_switches(json!({ "pagination": "lastPage" }));
    panel.simulator.patch_chaos(json!({ "close": 1 }));
    panel.simulator.add_fault(json!({ "kind": "empty" }));
    assert_eq!(panel.control("POST", "/reset", &Value::Null).status, 200);
    assert_eq!(state(&panel), before);
    assert_eq!(panel.control("GET", "/switches", &Value::Null).json()["pagination"], "pagination");
    assert_eq!(panel.simulator.chaos()["close"], 0.0);
    assert_eq!((panel.simulator.faults(), panel.simulator.history().len()), (json!([]), 0));
}

#[test]
fn a_reset_can_bring_content_seed_and_chaos_with_it() {
    let panel = Panel::calm();
    let order = json!({ "domains": [{ "name": "a.example" }], "seed": 9, "calm": false });
    assert_eq!(panel.control("POST", "/reset", &order).json()["seed"], 9);
    assert_eq!(panel.names(), ["a.example"]);
    assert_eq!(panel.simulator.chaos()["status_500"], 0.01);
}

#[test]
fn faults_are_resources() {
    let panel = Panel::calm();
    let first = panel.control("POST", "/faults", &json!({ "kind": "empty" })).json();
    let second =
        panel.control("POST", "/faults", &json!({ "kind": "html", "status": 503, "skip": 2 })).json();
    assert_eq!((&first["id"], &second["id"]), (&json!(1), &json!(2)));
    assert_eq!(panel.control("GET", "/faults", &Value::Null).json(), json!([first, second]));
    assert_eq!(panel.control("DELETE", "/faults/1", &Value::Null).status, 200);
    assert_eq!(panel.control("DELETE", "/faults/1", &Value::Null).status, 404);
    assert_eq!(panel.control("GET", "/faults", &Value::Null).json(), json!([second]));
    panel.control("DELETE", "/faults", &Value::Null);
    assert_eq!(panel.simulator.faults(), json!([]));
}

#[test]
fn switches_and_knobs_are_shown_and_moved() {
    let panel = Panel::calm();
    let switches = panel.control("PATCH", "/switches", &json!({ "links": "array" })).json();
    assert_eq!(switches["links"], "array");
    assert_eq!(panel.control("GET", "/switches", &Value::Null).json(), switches);
    let knobs = panel.control("PATCH", "/chaos", &json!({ "latency_ms": 3, "html": 0.5 })).json();
    assert_eq!((&knobs["latency_ms"], &knobs["html"]), (&json!(3), &json!(0.5)));
    assert_eq!(panel.control("GET", "/chaos", &Value::Null).json(), knobs);
}

#[test]
fn an_empty_map_may_be_written_as_php_writes_it() {
    let panel = Panel::calm();
    for (method, path, body) in [
        ("PUT", "/state", json!({ "ssl": [], "domain_certificates": [] })),
        ("POST", "/faults", json!({ "kind": "empty", "match": [] })),
        ("PATCH", "/switches", json!([])),
        ("PATCH", "/chaos", json!([])),
        ("POST", "/reset", json!([])),
    ] {
        assert_eq!(panel.control(method, path, &body).status, 200, "{method} {path}");
    }
}

#[test]
fn nonsense_is_refused_with_a_sentence_and_changes_nothing() {
    let panel = Panel::calm();
    let everything = || {
        ["/state", "/switches", "/chaos", "/faults"]
            .map(|path| panel.control("GET", path, &Value::Null).json())
    };
    let before = everything();
    for (method, path, body, word) in [
        ("PUT", "/state", json!({ "domain": [] }), "domain"),
        ("PUT", "/state", json!({ "domains": [{ "nam": "a.example" }] }), "nam"),
        ("PUT", "/state", json!({ "domains": [{ "webapp_id": 9, "name": "a.example" }] }), "web app 9"),
        ("PUT", "/state", json!({ "domains": [{ "id": 4 }, { "id": 4 }] }), "4"),
        ("PUT", "/state", json!([1]), "object"),
        ("POST", "/reset", json!({ "seed": "x" }), "seed"),
        ("POST", "/reset", json!({ "calm": 1 }), "calm"),
        ("POST", "/reset", json!({ "sead": 1 }), "sead"),
        ("PATCH", "/switches", json!({ "pagination": "other" }), "lastPage"),
        ("PATCH", "/switches", json!({ "paging": "other" }), "paging"),
        ("PATCH", "/chaos", json!({ "html": 2 }), "between 0 and 1"),
        ("PATCH", "/chaos", json!({ "latency_ms": -1 }), "-1"),
        ("POST", "/faults", json!({ "kind": "other" }), "drop_before"),
        ("POST", "/faults", json!({ "kind": "drop_before", "ms": 5 }), "ms"),
        ("POST", "/faults", json!({ "kind": "status", "status": 99 }), "99"),
        ("POST", "/faults", json!({ "kind": "status", "retry_after": "date:+x" }), "date:+N"),
        ("POST", "/faults", json!({ "kind": "redirect", "location": "a\nb" }), "location"),
        ("POST", "/faults", json!({ "kind": "trickle", "chunk": 0 }), "chunk"),
        ("POST", "/faults", json!({ "kind": "empty", "probability": 2 }), "probability"),
        ("POST", "/faults", json!({ "kind": "empty", "match": { "verb": "GET" } }), "verb"),
        ("POST", "/faults", json!("empty"), "object"),
    ] {
        let reply = panel.control(method, path, &body);
        let message = reply.json()["message"].as_str().unwrap().to_owned();
        assert_eq!(reply.status, 422, "{method} {path} {body}");
        assert!(message.contains(word) && message.ends_with('.'), "{message}");
    }
    assert_eq!(everything(), before);
    assert_eq!(panel.control("GET", "/nowhere", &Value::Null).status, 404);
    assert_eq!(keys(&panel.control("DELETE", "/faults/x", &Value::Null).json()), ["message"]);
}
