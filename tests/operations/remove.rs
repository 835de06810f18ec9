use runcloud::{http::ErrorKind, operations::remove_domain};
use serde_json::json;

use crate::panel::{APP, Panel};

#[test]
fn removing_by_id_takes_two_requests_whatever_the_number_of_domains() {
    let panel = Panel::new();
    panel.hold_domains(300);
    assert!(panel.call(|s| remove_domain(s, APP, "D299.example", Some(5299))).unwrap());
    assert_eq!(panel.requests(), ["GET /domains/5299 -> 200", "DELETE /domains/5299 -> 200"]);
    assert_eq!(panel.names().len(), 300);
}

#[test]
fn removing_by_name_searches_all_pages() {
    let panel = Panel::new();
    panel.hold_domains(85);
    assert!(panel.call(|s| remove_domain(s, APP, "d50.example", None)).unwrap());
    assert_eq!(panel.requests().len(), 4);
}

#[test]
fn a_domain_that_is_not_there_is_not_removed() {
    let panel = Panel::new();
    assert!(!panel.call(|s| remove_domain(s, APP, "gone.example", None)).unwrap());
}

#[test]
fn an_id_that_is_gone_is_looked_up_by_name() {
    let panel = Panel::new();
    panel.hold_domains(3);
    assert!(panel.call(|s| remove_domain(s, APP, "d2.example", Some(77))).unwrap());
    assert_eq!(panel.names(), ["network.example", "d1.example", "d3.example"]);
}

#[test]
fn an_id_of_another_domain_removes_nothing() {
    let panel = Panel::new();
    panel.hold_domains(3);
    let error = panel.call(|s| remove_domain(s, APP, "d2.example", Some(5003))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDomain);
    assert!(error.message().contains("Domain id 5003 is \"d3.example\""), "{error}");
    assert_eq!((panel.names().len(), panel.requests().len()), (4, 1));
}

#[test]
fn the_primary_domain_is_never_removed() {
    let panel = Panel::new();
    for id in [None, Some(3001)] {
        let error = panel.call(|s| remove_domain(s, APP, "network.example", id)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidDomain);
        assert!(error.message().contains("primary domain"), "{error}");
    }
    assert!(panel.requests().iter().all(|r| r.starts_with("GET")));
}

#[test]
fn a_removal_whose_answer_was_lost_is_repeated_and_counts_as_ours() {
    for fault in ["drop_after", "truncated"] {
        let panel = Panel::new();
        panel.hold_domains(2);
        panel.add_fault(json!({"kind": fault, "times": 1, "match": {"method": "DELETE"}}));
        assert!(panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap(), "{fault}");
        assert_eq!(panel.names(), ["network.example", "d2.example"]);
    }
}

#[test]
fn a_domain_that_goes_between_look_and_removal_was_not_removed_by_us() {
    let panel = Panel::new();
    panel.hold_domains(1);
    panel.add_fault(json!({"kind": "processed_status", "status": 404, "match": {"method": "DELETE"}}));
    assert!(!panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap());
}

#[test]
fn a_404_to_a_removal_is_not_believed_while_the_domain_is_there() {
    let panel = Panel::new();
    panel.hold_domains(1);
    panel.add_fault(json!({"kind": "status", "status": 404, "times": 1, "match": {"method": "DELETE"}}));
    let error = panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::NotFound, true));
    assert!(panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap());
}

#[test]
fn a_404_after_a_lost_answer_is_not_believed_while_the_domain_is_there() {
    for first in [json!({"kind": "status", "status": 502}), json!({"kind": "drop_before"})] {
        let panel = Panel::new();
        panel.hold_domains(1);
        let mut first = first;
        first["match"] = json!({"method": "DELETE"});
        first["times"] = 1.into();
        let lost = panel.add_fault(first);
        panel.add_fault(json!({"kind": "status", "status": 404, "after": lost, "times": 1}));
        let error = panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::NotFound, true));
        assert!(error.is_outcome_unknown());
        assert_eq!(panel.names(), ["network.example", "d1.example"]);
    }
}

#[test]
fn a_removal_is_confirmed_by_a_look_that_the_web_app_is_there() {
    let panel = Panel::new();
    panel.hold_domains(1);
    let first =
        panel.add_fault(json!({"kind": "status", "status": 502, "match": {"method": "DELETE"}, "times": 1}));
    panel.add_fault(json!({"kind": "status", "status": 404, "after": first}));
    let error = panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap_err();
    assert!(error.kind() == ErrorKind::NotFound && error.is_outcome_unknown(), "{error}");
}

#[test]
fn a_removal_in_doubt_ends_with_a_look() {
    let panel = Panel::new();
    panel.hold_domains(1);
    let lost = panel.add_fault(json!({"kind": "drop_after", "match": {"method": "DELETE"}, "times": 1}));
    panel.add_fault(json!({"kind": "status", "status": 429, "after": lost, "times": 1}));
    assert!(panel.call(|s| remove_domain(s, APP, "d1.example", Some(5001))).unwrap());
}

#[test]
fn removing_from_a_missing_web_app_is_an_error_not_a_domain_that_is_gone() {
    let panel = Panel::new();
    let mut app = APP;
    app.web_app_id = 9;
    for id in [None, Some(5001)] {
        let error = panel.call(|s| remove_domain(s, app, "d1.example", id)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.message().contains("no web app 9"), "{error}");
    }
}
