//! Whether something may have been carried out although no answer said so.

use runcloud::{
    api::Redirection,
    http::Error,
    operations::{add_domain, domains, find_domain, redeploy_ssl, remove_domain},
};
use serde_json::json;

use crate::panel::{APP, Panel};

fn add(panel: &Panel) -> Result<bool, Error> {
    Ok(panel.call(|s| add_domain(s, APP, "shop.example", false, Redirection::None))?.created)
}

#[test]
fn a_lost_answer_whose_look_is_refused_leaves_the_outcome_unknown() {
    for (lost, then) in [("drop_after", 403), ("drop_before", 401), ("drop_after", 429), ("drop_after", 500)]
    {
        let panel = Panel::new();
        let first = panel.add_fault(json!({"kind": lost, "match": {"method": "POST"}, "times": 1}));
        panel.add_fault(json!({"kind": "status", "status": then, "after": first}));
        let error = add(&panel).unwrap_err();
        assert_eq!((error.status(), error.is_outcome_unknown()), (Some(then), true), "{lost}, {then}");
        assert!(error.message().starts_with("\"shop.example\" may have been added"), "{error}");
    }
}

#[test]
fn what_the_panel_refused_has_a_known_outcome() {
    for status in [400, 401, 403, 404, 422, 429] {
        let panel = Panel::new();
        panel.hold_domains(1);
        panel.add_fault(json!({"kind": "status", "status": status, "match": {"method": "POST"}}));
        panel.add_fault(json!({"kind": "status", "status": status, "match": {"method": "DELETE"}}));
        panel.add_fault(json!({"kind": "status", "status": status, "match": {"method": "PUT"}}));
        let errors = [
            add(&panel).unwrap_err(),
            panel.call(|s| remove_domain(s, APP, "d1.example", None)).unwrap_err(),
            panel.call(|s| redeploy_ssl(s, APP, None, None, None)).unwrap_err(),
        ];
        assert!(errors.iter().all(|error| !error.is_outcome_unknown()), "{status}");
    }
}

#[test]
fn what_only_reads_and_what_was_never_sent_has_a_known_outcome() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "drop_after", "match": {"method": "GET"}}));
    assert!(!panel.call(|s| domains(s, APP)).unwrap_err().is_outcome_unknown());
    assert!(!panel.call(|s| remove_domain(s, APP, "d1.example", None)).unwrap_err().is_outcome_unknown());
    let nowhere = Panel::new().with_settings(|t| t.base_url = "https://127.0.0.1:1/api".into());
    assert!(!add(&nowhere).unwrap_err().is_outcome_unknown());
}

#[test]
fn an_addition_that_may_be_under_way_is_not_sent_again() {
    for fault in [
        json!({"kind": "status", "status": 504}),
        json!({"kind": "status", "status": 408}),
        json!({"kind": "latency", "ms": 3000}),
    ] {
        let panel = Panel::new().with_settings(|t| t.timeout = "1".into());
        panel.patch_switches(json!({"duplicate_name": "accept"}));
        let mut fault = fault;
        fault["match"] = json!({"method": "POST"});
        panel.add_fault(&fault);
        let error = add(&panel).unwrap_err();
        assert!(error.is_outcome_unknown() && error.is_retryable(), "{fault}: {error}");
        assert_eq!(panel.count("POST"), 1, "{fault}");
    }
}

/// Where the panel accepts a name that is there already, the extension cannot tell an addition from a second one. It never
/// makes a second one within a call, and who is in doubt looks first.
#[test]
fn a_panel_that_accepts_a_name_twice_gets_a_second_domain_by_a_second_call_only() {
    let panel = Panel::new();
    panel.patch_switches(json!({"duplicate_name": "accept"}));
    let shops = || panel.names().iter().filter(|name| *name == "shop.example").count();
    assert!(add(&panel).unwrap());
    assert!(panel.call(|s| find_domain(s, APP, "shop.example")).unwrap().is_some());
    assert!(add(&panel).unwrap());
    assert_eq!(shops(), 2);
    assert!(panel.call(|s| remove_domain(s, APP, "shop.example", None)).unwrap());
    assert_eq!(shops(), 1);
}
