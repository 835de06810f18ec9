//! What is served beside a domain's name.

use runcloud::{
    api::{Domain, Redirection},
    http::{Error, ErrorKind},
    operations::{add_domain, update_domain},
};
use serde_json::json;

use crate::panel::{APP, Panel};

fn update(
    panel: &Panel,
    id: u64,
    www: Option<bool>,
    redirection: Option<Redirection>,
) -> Result<Domain, Error> {
    panel.call(|s| update_domain(s, APP, id, www, redirection))
}

#[test]
fn settings_are_changed_with_the_documented_body_and_read_back() {
    let panel = Panel::new();
    panel.hold_domains(1);
    let domain = update(&panel, 5001, Some(true), Some(Redirection::Www)).unwrap();
    assert!(domain.www && domain.redirection == Redirection::Www);
    assert_eq!(
        panel.requests(),
        ["GET /domains/5001 -> 200", "PATCH /domains/5001/meta -> 200", "GET /domains/5001 -> 200"]
    );
    assert_eq!(panel.history()[1].body, json!({"type": "alias", "www": true, "redirection": "www"}));
    // What is not said stays.
    let domain = update(&panel, 5001, None, Some(Redirection::NonWww)).unwrap();
    assert!(domain.www && domain.redirection == Redirection::NonWww);
}

#[test]
fn the_primary_domain_stays_primary() {
    let panel = Panel::new();
    update(&panel, 3001, Some(true), None).unwrap();
    assert_eq!(panel.state()["domains"][0]["type"], "primary");
}

#[test]
fn what_is_so_already_takes_one_request() {
    let panel = Panel::new();
    panel.hold_domains(1);
    update(&panel, 5001, Some(false), Some(Redirection::None)).unwrap();
    assert_eq!(panel.requests(), ["GET /domains/5001 -> 200"]);
}

#[test]
fn what_does_not_go_together_is_refused_before_anything_is_changed() {
    let panel = Panel::new();
    panel.hold(["*.a.example", "www.b.example", "c.example"]);
    assert_eq!(update(&panel, 5003, None, None).unwrap_err().kind(), ErrorKind::Configuration);
    for (id, www, redirection) in [
        (5001, Some(true), None),
        (5002, Some(true), None),
        (5003, None, Some(Redirection::Www)),
        (5003, Some(false), Some(Redirection::Www)),
    ] {
        let error = update(&panel, id, www, redirection).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidDomain, "{id}: {error}");
    }
    update(&panel, 5003, Some(true), Some(Redirection::Www)).unwrap();
    assert!(update(&panel, 5003, Some(false), None).is_err(), "the redirection would lead nowhere");
    assert_eq!(panel.count("PATCH"), 1);
}

#[test]
fn an_id_that_is_not_there_is_a_complete_404() {
    let panel = Panel::new();
    let error = update(&panel, 77, Some(true), None).unwrap_err();
    assert_eq!(error.message(), "Web app 2001 has no domain with the id 77 (HTTP 404): check the id.");
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::NotFound, Some(404), 2));
}

#[test]
fn a_change_whose_answer_was_lost_is_read_back() {
    for (kind, after) in [("drop_after", None), ("processed_status", Some(422))] {
        let panel = Panel::new().with_settings(|t| t.max_retries = "0".into());
        panel.hold_domains(1);
        let matching = json!({"method": "PATCH"});
        let lost = panel.add_fault(json!({"kind": kind, "match": matching, "times": 1}));
        panel.add_fault(
            json!({"kind": "status", "status": after.unwrap_or(503), "match": matching, "after": lost}),
        );
        assert!(update(&panel, 5001, Some(true), None).unwrap().www, "{kind}");
    }
}

#[test]
fn a_change_that_cannot_be_read_back_is_in_doubt() {
    let panel = Panel::new();
    panel.hold_domains(1);
    let done = panel.add_fault(json!({"kind": "wrong_type", "match": {"method": "PATCH"}}));
    panel.add_fault(json!({"kind": "status", "status": 403, "after": done}));
    let error = update(&panel, 5001, Some(true), None).unwrap_err();
    assert_eq!((error.kind(), error.is_outcome_unknown()), (ErrorKind::Permission, true));
}

#[test]
fn a_domain_that_is_there_says_how_it_is_served_and_can_be_changed() {
    let panel = Panel::new();
    panel.hold_domains(1);
    let added = panel.call(|s| add_domain(s, APP, "d1.example", true, Redirection::NonWww)).unwrap();
    assert!(!added.created && !added.domain.www && added.domain.redirection == Redirection::None);
    let domain = update(&panel, added.domain.id, Some(true), Some(Redirection::NonWww)).unwrap();
    assert!(domain.www && domain.redirection == Redirection::NonWww);
}
