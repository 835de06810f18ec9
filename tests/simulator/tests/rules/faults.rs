//! Every kind of fault, and when it strikes.

use crate::support::{Panel, WEB_APP, client, reply, sent, wait_for};
use serde_json::{Value, json};
use std::time::Duration;

const CREATE: &str = r#"{"name":"a.example"}"#;

/// A calm panel that waits with this fault, once.
fn with(mut fault: Value) -> Panel {
    let panel = Panel::calm();
    fault["times"] = json!(1);
    panel.simulator.add_fault(fault);
    panel
}

/// Whether the panel carried out what [`CREATE`] asks for.
fn was_created(panel: &Panel) -> bool {
    let created = panel.names().contains(&"a.example".to_owned());
    assert_eq!(panel.simulator.history()[0].processed, created, "the history tells the same");
    created
}

#[test]
fn status_answers_at_once_and_carries_nothing_out() {
    for status in [301, 302, 400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 502, 503, 504] {
        let panel = with(json!({ "kind": "status", "status": status }));
        let reply = panel.app("POST", "/domains", CREATE);
        assert_eq!(reply.status, status);
        assert!(reply.json()["message"].is_string());
        assert!(!was_created(&panel), "{status}");
        assert_eq!(panel.app("POST", "/domains", CREATE).status, 200, "the fault struck once");
    }
}

#[test]
fn status_can_say_when_to_come_back_in_every_form() {
    for (wanted, sent) in
        [(json!(7), "7"), (json!("soon"), "soon"), (json!(-1), "-1"), (json!("99999999999"), "99999999999")]
    {
        let panel = with(json!({ "kind": "status", "status": 429, "retry_after": wanted }));
        assert_eq!(panel.get("").header("retry-after"), Some(sent));
    }
    let panel = with(json!({ "kind": "status", "status": 503, "retry_after": "date:+30" }));
    let date = httpdate::parse_http_date(panel.get("").header("retry-after").unwrap()).unwrap();
    let wait = date.duration_since(std::time::SystemTime::now()).unwrap();
    assert!(wait > Duration::from_secs(20) && wait <= Duration::from_secs(31), "{wait:?}");
}

#[test]
fn status_can_have_a_body_of_its_own() {
    let panel = with(json!({ "kind": "status", "status": 422, "body": { "errors": { "name": "taken" } } }));
    assert_eq!(panel.get("").json()["errors"]["name"], "taken");
    let reply = with(json!({ "kind": "status", "status": 500, "body": "Oops" })).get("");
    assert_eq!(
        (reply.text.as_str(), reply.header("content-type")),
        ("Oops", Some("text/html; charset=UTF-8"))
    );
}

#[test]
fn processed_status_carries_out_and_denies_it() {
    let panel = with(json!({ "kind": "processed_status", "status": 504 }));
    assert_eq!(panel.app("POST", "/domains", CREATE).status, 504);
    assert!(was_created(&panel));
}

#[test]
fn drop_before_closes_without_carrying_out() {
    let panel = with(json!({ "kind": "drop_before" }));
    assert!(panel.try_send("POST", "/v3/servers/1001/webapps/2001/domains", CREATE).is_err());
    assert!(!was_created(&panel));
    assert_eq!(panel.simulator.history()[0].status, None);
}

#[test]
fn drop_after_carries_out_and_closes_without_a_word() {
    let panel = with(json!({ "kind": "drop_after" }));
    assert!(panel.try_send("POST", "/v3/servers/1001/webapps/2001/domains", CREATE).is_err());
    assert!(was_created(&panel));
    assert_eq!(panel.simulator.history()[0].status, None);
}

#[test]
fn slow_carries_out_at_once_although_the_client_gives_up() {
    let panel = impatient(json!({ "kind": "slow", "ms": 600_000, "times": 1 }));
    wait_for(|| panel.simulator.history()[0].processed.then_some(()));
    assert!(was_created(&panel));
    assert_eq!(panel.simulator.history()[0].status, None);
}

#[test]
fn latency_carries_out_late_although_the_client_has_left() {
    let panel = impatient(json!({ "kind": "latency", "ms": 400, "times": 1 }));
    wait_for(|| panel.simulator.history()[0].processed.then_some(()));
    assert!(was_created(&panel));
}

#[test]
fn a_request_that_waits_through_a_reset_touches_nothing() {
    let panel = impatient(json!({ "kind": "latency", "ms": 300, "times": 1 }));
    panel.simulator.reset();
    panel.simulator.add_fault(json!({ "kind": "latency", "ms": 600, "times": 1 }));
    panel.get(""); // arrives after the forgotten request would have been carried out
    assert_eq!(panel.names(), ["network.example"]);
    assert_eq!(panel.simulator.history().len(), 1);
}

/// Sends [`CREATE`] into the fault and leaves before it is answered.
fn impatient(fault: Value) -> Panel {
    let panel = Panel::calm();
    panel.simulator.add_fault(fault);
    drop(sent(&panel.simulator, "POST", &format!("{WEB_APP}/domains"), CREATE));
    panel
}

#[test]
fn trickle_sends_the_right_body_piece_by_piece() {
    let panel = with(json!({ "kind": "trickle", "ms": 1, "chunk": 30 }));
    let slow = panel.get("");
    assert_eq!(slow.json(), panel.get("").json());
    assert_eq!(slow.header("content-length").unwrap(), slow.text.len().to_string());
}

#[test]
fn truncated_breaks_off_in_the_middle_of_the_body() {
    let panel = with(json!({ "kind": "truncated" }));
    assert!(panel.try_send("POST", "/v3/servers/1001/webapps/2001/domains", CREATE).is_err());
    assert!(was_created(&panel));
    assert_eq!(panel.simulator.history()[0].status, Some(200));
}

#[test]
fn html_answers_a_page() {
    let panel = with(json!({ "kind": "html" }));
    let reply = panel.app("POST", "/domains", CREATE);
    assert_eq!((reply.status, reply.header("content-type")), (502, Some("text/html; charset=UTF-8")));
    assert!(reply.text.contains("502 Bad Gateway"));
    assert!(!was_created(&panel));
}

#[test]
fn huge_is_json_of_the_size_asked_for() {
    let reply = with(json!({ "kind": "huge", "bytes": 3_000_000 })).get("");
    assert!(reply.text.len() > 3_000_000 && reply.json().is_object());
    assert_eq!(reply.header("content-length"), None);
}

#[test]
fn deep_json_is_lists_in_lists() {
    let reply = with(json!({ "kind": "deep_json", "depth": 5 })).get("");
    assert_eq!((reply.status, reply.text.as_str()), (200, "[[[[[]]]]]"));
}

#[test]
fn invalid_utf8_is_not_utf8() {
    let panel = with(json!({ "kind": "invalid_utf8" }));
    let url = format!("{}/v3/ping", panel.simulator.panel_url());
    let bytes = panel.http.get(url).send().unwrap().bytes().unwrap();
    assert!(std::str::from_utf8(&bytes).is_err());
}

#[test]
fn wrong_type_declares_the_right_body_as_a_page() {
    let panel = with(json!({ "kind": "wrong_type" }));
    let reply = panel.get("");
    assert_eq!(reply.header("content-type"), Some("text/html; charset=UTF-8"));
    assert_eq!(reply.json(), panel.get("").json());
}

#[test]
fn wrong_types_keeps_the_structure_and_no_type() {
    let panel = with(json!({ "kind": "wrong_types" }));
    let domain = panel.app("POST", "/domains", CREATE).json();
    assert_eq!((&domain["id"], &domain["name"], &domain["status"]), (&json!("seven"), &json!(7), &json!([])));
    assert!(was_created(&panel));
}

#[test]
fn empty_has_the_right_status_and_no_body() {
    let panel = with(json!({ "kind": "empty" }));
    let reply = panel.app("POST", "/domains", CREATE);
    assert_eq!((reply.status, reply.text.as_str()), (200, ""));
    assert!(was_created(&panel));
}

#[test]
fn redirect_points_elsewhere() {
    let panel = with(json!({ "kind": "redirect", "status": 307, "location": "https://elsewhere.example/" }));
    let reply = panel.app("POST", "/domains", CREATE);
    assert_eq!((reply.status, reply.header("location")), (307, Some("https://elsewhere.example/")));
    assert!(!was_created(&panel));
}

#[test]
fn a_fault_can_say_itself_whether_the_request_is_carried_out() {
    for (fault, created) in [
        (json!({ "kind": "html", "processed": true }), true),
        (json!({ "kind": "empty", "processed": false }), false),
    ] {
        let panel = with(fault);
        panel.app("POST", "/domains", CREATE);
        assert_eq!(was_created(&panel), created);
    }
}

#[test]
fn a_fault_strikes_what_it_matches() {
    for (matching, get_domains, get_one, post_domains) in [
        (json!({}), true, true, true),
        (json!({ "method": "post" }), false, false, true),
        (json!({ "path": "/domains" }), true, true, true),
        (json!({ "path": "/domains/" }), false, true, false),
        (json!({ "path_ends_with": "/domains" }), true, false, true),
        (json!({ "path": "perPage=7" }), true, false, false),
        (json!({ "method": "GET", "path_ends_with": "/domains" }), true, false, false),
    ] {
        let panel = Panel::calm();
        panel.simulator.add_fault(json!({ "kind": "status", "status": 599, "match": matching }));
        let struck = [("GET", "/domains?perPage=7"), ("GET", "/domains/3001"), ("POST", "/domains")]
            .map(|(method, path)| panel.app(method, path, "").status == 599);
        assert_eq!(struck, [get_domains, get_one, post_domains], "{matching}");
    }
}

#[test]
fn a_fault_can_wait_for_a_connection_that_was_used_before() {
    let panel = Panel::calm();
    panel.simulator.add_fault(json!({ "kind": "status", "status": 599, "match": { "reused": true } }));
    let http = client(&panel.simulator, 1);
    let ping = || {
        reply(http.get(format!("{}/v3/ping", panel.simulator.panel_url())).send().unwrap()).unwrap().status
    };
    assert_eq!((ping(), ping()), (401, 599));
}

#[test]
fn a_fault_skips_and_strikes_as_often_as_asked() {
    let panel = Panel::calm();
    panel.simulator.add_fault(json!({ "kind": "status", "skip": 1, "times": 2 }));
    let statuses = [(); 5].map(|()| panel.get("").status);
    assert_eq!(statuses, [200, 500, 500, 200, 200]);
    let fault = &panel.simulator.faults()[0];
    assert_eq!((&fault["seen"], &fault["fired"]), (&json!(3), &json!(2)));
}

#[test]
fn a_probable_fault_strikes_now_and_then_and_the_same_seed_repeats_it() {
    let run = || {
        let panel = Panel::start(runcloud_simulator::Options {
            seed: Some(7),
            ..runcloud_simulator::Options::calm()
        });
        panel.simulator.add_fault(json!({ "kind": "status", "probability": 0.5 }));
        [(); 40].map(|()| panel.get("").status)
    };
    let statuses = run();
    assert!(statuses.contains(&200) && statuses.contains(&500), "{statuses:?}");
    assert_eq!(statuses, run());
}

#[test]
fn the_first_fault_that_matches_strikes() {
    let panel = Panel::calm();
    panel.simulator.add_fault(json!({ "kind": "status", "status": 503, "times": 1 }));
    panel.simulator.add_fault(json!({ "kind": "status", "status": 502 }));
    assert_eq!([(); 3].map(|()| panel.get("").status), [503, 502, 502]);
    panel.simulator.clear_faults();
    assert_eq!(panel.get("").status, 200);
}

#[test]
fn a_fault_can_wait_for_another_one() {
    let panel = Panel::calm();
    let first = panel.simulator.add_fault(json!({ "kind": "status", "status": 503, "skip": 1, "times": 1 }));
    panel.simulator.add_fault(json!({ "kind": "status", "status": 401, "after": first }));
    assert_eq!([(); 4].map(|()| panel.get("").status), [200, 503, 401, 401]);
}

#[test]
fn the_history_names_the_fault() {
    let panel = with(json!({ "kind": "html" }));
    panel.get("");
    panel.get("");
    let faults: Vec<_> = panel.simulator.history().iter().map(|entry| (entry.fault, entry.chaos)).collect();
    assert_eq!(faults, [(Some("html"), false), (None, false)]);
}
