//! Both positions of every switch.

use crate::support::{INSTALL, Panel, keys};
use serde_json::{Value, json};

/// A calm panel with one switch moved.
fn with(switch: &str, position: &str) -> Panel {
    let panel = Panel::calm();
    panel.simulator.patch_switches(json!({ switch: position }));
    panel
}

#[test]
fn pagination_tells_everything_or_only_the_last_page() {
    let meta = |position: &str| with("pagination", position).get("/domains").json()["meta"].clone();
    assert_eq!(keys(&meta("pagination")), ["pagination"]);
    assert_eq!(meta("lastPage"), json!({ "lastPage": 1 }));
}

#[test]
fn links_are_an_object_or_an_empty_list() {
    let links = |position: &str| {
        with("links", position).get("/domains").json()["meta"]["pagination"]["links"].clone()
    };
    assert_eq!((links("object"), links("array")), (json!({}), json!([])));
}

#[test]
fn links_name_the_neighbours_in_both_positions() {
    let panel = Panel::with_aliases(50);
    for position in ["object", "array"] {
        panel.simulator.patch_switches(json!({ "links": position }));
        let links = panel.get("/domains?page=2").json()["meta"]["pagination"]["links"].clone();
        assert_eq!(keys(&links), ["next", "previous"], "{position}");
        let next = links["next"].as_str().unwrap();
        assert!(
            next.starts_with(&panel.simulator.panel_url()) && next.ends_with("/domains?page=3"),
            "{next}"
        );
    }
}

#[test]
fn a_page_over_40_is_clamped_or_ignored() {
    let panel = Panel::with_aliases(99);
    for (position, size) in [("clamp", 40), ("ignore", 20)] {
        panel.simulator.patch_switches(json!({ "page_size_over_40": position }));
        let list = panel.get("/domains?perPage=50").json();
        assert_eq!(list["data"].as_array().unwrap().len(), size, "{position}");
        assert_eq!(
            panel.get("/domains?perPage=40").json()["data"].as_array().unwrap().len(),
            40,
            "{position}"
        );
    }
}

#[test]
fn booleans_have_three_forms() {
    for (position, www, mode) in [
        ("int", json!(0), json!(false)),
        ("bool", json!(false), json!(false)),
        ("string", json!("0"), json!("0")),
    ] {
        let panel = with("booleans", position);
        assert_eq!(panel.get("/domains/3001").json()["www"], www, "{position}");
        assert_eq!(panel.get("/ssl/advanced").json()["advancedSSL"], mode, "{position}");
    }
}

#[test]
fn a_domain_is_full_or_minimal() {
    let of = |position: &str| with("domain_object", position).get("/domains/3001").json();
    assert_eq!(keys(&of("full")).len(), 9);
    assert_eq!(keys(&of("minimal")), ["created_at", "id", "name"]);
}

#[test]
fn unknown_fields_are_absent_or_present() {
    for (position, expected) in [("absent", false), ("present", true)] {
        let panel = with("unknown_fields", position);
        for path in ["", "/domains/3001", "/ssl", "/ssl/advanced"] {
            assert_eq!(panel.get(path).json().get("added_later").is_some(), expected, "{position} {path}");
        }
    }
}

#[test]
fn ssl_that_is_not_installed_is_404_or_200() {
    for (position, status) in [("404", 404), ("200", 200)] {
        let panel = with("ssl_not_installed", position);
        panel.simulator.set_state(json!({ "ssl": {} }));
        for path in ["/ssl", "/domains/3001/ssl"] {
            let reply = panel.get(path);
            assert_eq!(
                (reply.status, reply.json()),
                (status, json!({ "message": "SSL not installed!" })),
                "{path}"
            );
        }
    }
}

#[test]
fn a_write_to_ssl_answers_the_certificate_or_nothing() {
    for (position, empty) in [("certificate", false), ("empty", true)] {
        let panel = with("ssl_write_answer", position);
        let mut answers = vec![panel.app("PUT", "/ssl/4001", "").json()];
        answers.push(panel.app("PATCH", "/ssl/4001", "{}").json());
        panel.app("POST", "/ssl/advanced", r#"{"advancedSSL":true}"#);
        answers.push(panel.app("POST", "/domains/3001/ssl", INSTALL).json());
        answers.push(panel.app("DELETE", "/domains/3001/ssl/4002", "").json());
        for answer in answers {
            assert_eq!(answer == json!({}), empty, "{position}: {answer}");
        }
    }
}

#[test]
fn a_basic_certificate_is_redeployed_for_all_names_of_the_moment_or_for_those_that_it_had() {
    for (position, names) in [
        ("all_names", json!(["network.example", "b.example", "www.b.example"])),
        ("same_names", json!(["network.example", "a.example"])),
    ] {
        let panel = with("basic_redeploy", position);
        let covered = || panel.simulator.state()["ssl"]["2001"]["certificate"]["names"].clone();
        let a = panel.app("POST", "/domains", r#"{"name":"a.example"}"#).json()["id"].clone();
        panel.app("DELETE", "/ssl/4001", "");
        let body = r#"{"provider":"letsencrypt","authorizationMethod":"http-01","environment":"live"}"#;
        let id = panel.app("POST", "/ssl", body).json()["id"].clone();
        assert_eq!(covered(), json!(["network.example", "a.example"]), "{position}: a new certificate");
        panel.app("DELETE", &format!("/domains/{a}"), "");
        panel.app("POST", "/domains", r#"{"name":"b.example","www":true}"#);
        let answer = panel.app("PUT", &format!("/ssl/{id}"), "").json();
        assert_eq!(covered(), names, "{position}");
        // Which names it covers RunCloud does not say.
        assert_eq!(keys(&answer), keys(&panel.get("/ssl").json()), "{position}");
        assert!(answer.get("names").is_none(), "{position}: {answer}");
    }
}

#[test]
fn a_certificate_of_one_domain_is_redeployed_for_its_names_of_the_moment() {
    let panel = with("basic_redeploy", "same_names");
    panel.app("POST", "/ssl/advanced", r#"{"advancedSSL":true}"#);
    panel.app("POST", "/domains/3001/ssl", INSTALL);
    panel.app("PATCH", "/domains/3001/meta", r#"{"www":true}"#);
    panel.app("PUT", "/domains/3001/ssl/4002", "");
    let names = panel.simulator.state()["domain_certificates"]["3001"]["names"].clone();
    assert_eq!(names, json!(["network.example", "www.network.example"]));
}

#[test]
fn a_validation_error_lists_its_fields_or_not() {
    let body = |position: &str| with("validation_body", position).app("POST", "/domains", "{}");
    assert_eq!(keys(&body("message_and_errors").json()), ["errors", "message"]);
    assert_eq!(keys(&body("message").json()), ["message"]);
    assert_eq!(body("message").status, 422);
}

#[test]
fn a_missing_token_may_get_the_usual_text() {
    let text = |position: &str| {
        with("missing_token_text", position).raw("GET", "/v3/ping", &[]).json()["message"].clone()
    };
    assert_eq!((text("missing"), text("generic")), (json!("Missing API Token."), json!("Unauthenticated.")));
}

#[test]
fn a_spent_limit_says_when_to_come_back_in_two_forms_or_not_at_all() {
    let form = |position: &str| {
        let panel = with("retry_after", position);
        panel.simulator.set_state(json!({ "rate_limit_per_minute": 0 }));
        panel.get("").header("retry-after").map(str::to_owned)
    };
    assert!((1..=60).contains(&form("seconds").unwrap().parse::<u64>().unwrap()));
    assert!(httpdate::parse_http_date(&form("date").unwrap()).unwrap() > std::time::SystemTime::now());
    assert_eq!(form("absent"), None);
}

#[test]
fn a_spent_quota_is_429_or_403() {
    for (position, status) in [("429", 429), ("403", 403)] {
        let panel = with("quota_spent", position);
        panel.simulator.set_state(json!({ "monthly_quota": 0 }));
        let reply = panel.get("");
        assert_eq!((reply.status, reply.header("retry-after")), (status, None), "{position}");
    }
}

#[test]
fn a_name_that_is_there_is_refused_or_becomes_a_second_domain() {
    for (position, status, names) in [("refuse", 422, 2), ("accept", 200, 3)] {
        let panel = with("duplicate_name", position);
        let add = || panel.app("POST", "/domains", r#"{"name":"a.example"}"#).status;
        assert_eq!((add(), add()), (200, status), "{position}");
        assert_eq!(panel.simulator.state()["domains"].as_array().unwrap().len(), names, "{position}");
    }
}

#[test]
fn domains_are_sorted_in_three_ways() {
    for (position, sorted) in [
        ("oldest_first", ["network.example", "a.example", "b.example"]),
        ("newest_first", ["b.example", "a.example", "network.example"]),
        ("by_name", ["a.example", "b.example", "network.example"]),
    ] {
        let panel = with("list_order", position);
        for name in ["a.example", "b.example"] {
            panel.app("POST", "/domains", &json!({ "name": name }).to_string());
        }
        let list = panel.get("/domains").json();
        let names: Vec<_> =
            list["data"].as_array().unwrap().iter().map(|d| d["name"].as_str().unwrap()).collect();
        assert_eq!(names, sorted, "{position}");
    }
}

#[test]
fn every_position_of_every_switch_is_tested_here() {
    let tests = include_str!("switches.rs");
    let switches: Value = Panel::calm().control("GET", "/switches", &Value::Null).json();
    for switch in keys(&switches) {
        assert!(tests.contains(&format!("\"{switch}\"")), "{switch}");
    }
}
