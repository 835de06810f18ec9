use runcloud::{
    api::Redirection,
    http::{Error, ErrorKind, Reason},
    operations::{Added, add_domain},
};
use runcloud_properties::sentences;
use serde_json::{Value, json};

use crate::panel::{APP, Panel};

fn add(panel: &Panel, host: &str) -> Result<Added, Error> {
    panel.call(|s| add_domain(s, APP, host, false, Redirection::None))
}

#[test]
fn adding_takes_one_request_in_both_generations() {
    for panel in [Panel::new(), Panel::new().with_key_pair()] {
        let added = panel.call(|s| add_domain(s, APP, "Shop.Example", true, Redirection::NonWww)).unwrap();
        assert!(added.created && added.domain.www && added.domain.redirection == Redirection::NonWww);
        assert_eq!(added.domain.name, "shop.example");
        assert_eq!(panel.requests().len(), 1);
        assert_eq!(
            panel.history()[0].body,
            json!({"name": "shop.example", "www": true, "redirection": "non-www", "type": "alias"})
        );
    }
}

#[test]
fn a_domain_that_is_there_already_is_a_success_that_did_not_create_it() {
    let panel = Panel::new();
    panel.hold_domains(90);
    let added = add(&panel, "d85.example").unwrap();
    assert_eq!((added.created, added.domain.id), (false, 5085));
    assert_eq!(panel.requests(), ["POST /domains -> 422", "GET /domains -> 200", "GET /domains -> 200"]);
    assert_eq!(panel.names().len(), 91);
}

#[test]
fn a_refused_domain_that_is_not_there_is_a_validation_error() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "status", "status": 422, "body": {"message": "Bad.", "errors": {"name": ["Not this one."]}}, "match": {"method": "POST"}}));
    let error = add(&panel, "taken.example").unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Validation, false));
    assert_eq!(error.reason(), Reason::ValidationRefused);
    assert_eq!(error.fields()["name"], ["Not this one."]);
}

/// A panel with a second web application, and these domains.
fn with_two_web_apps(domains: &Value) -> Panel {
    let panel = Panel::new();
    let mut apps = panel.state()["webapps"].clone();
    let mut other = apps[0].clone();
    other["id"] = json!(2002);
    other["name"] = json!("other");
    apps.as_array_mut().unwrap().push(other);
    panel.set_state(json!({ "webapps": apps, "domains": domains }));
    panel
}

#[test]
fn a_name_that_another_web_application_has_is_taken() {
    let panel = with_two_web_apps(&json!([{"id": 5001, "webapp_id": 2002, "name": "shop.example"}]));
    let error = add(&panel, "Shop.Example").unwrap_err();
    assert_eq!((error.reason(), error.kind()), (Reason::DomainTaken, ErrorKind::Validation));
    assert_eq!((error.is_retryable(), error.is_outcome_unknown(), error.status()), (false, false, Some(422)));
    assert_eq!(
        error.message(),
        "\"shop.example\" was not added. RunCloud refused the name as one that is in use (HTTP 422), and web app 2001 does not have it: \
         look in RunCloud's dashboard which other web application does, and remove it there first. RunCloud says: \"The given data was \
         invalid. The name has already been taken.\""
    );
    assert_eq!(error.fields()["name"], ["The name has already been taken."]);
    assert_eq!(sentences::fault_of(&error), None);
    assert_eq!(panel.requests(), ["POST /domains -> 422", "GET /domains -> 200"]);
}

#[test]
fn a_panel_that_does_not_say_why_has_just_refused() {
    let panel = with_two_web_apps(&json!([{"id": 5001, "webapp_id": 2002, "name": "shop.example"}]));
    panel.patch_switches(json!({"validation_body": "message"}));
    assert_eq!(add(&panel, "shop.example").unwrap_err().reason(), Reason::ValidationRefused);
}

#[test]
fn a_name_that_the_web_application_may_have_itself_is_not_said_to_be_taken() {
    let taken = json!({"kind": "status", "status": 422, "match": {"method": "POST"}, "body": {"message": "The name has already been taken."}});
    // By the "www" of another domain of its own, or of this one.
    for (there, www_there, host, www, reason) in [
        ("shop.example", true, "www.shop.example", false, Reason::ValidationRefused),
        ("www.shop.example", false, "shop.example", true, Reason::ValidationRefused),
        ("shop.example", false, "www.shop.example", false, Reason::DomainTaken),
        ("www.shop.example", false, "shop.example", false, Reason::DomainTaken),
        ("www.other.example", true, "shop.example", true, Reason::DomainTaken),
    ] {
        let panel = with_two_web_apps(&json!([{"id": 5001, "name": there, "www": www_there}]));
        panel.add_fault(&taken);
        let error = panel.call(|s| add_domain(s, APP, host, www, Redirection::None)).unwrap_err();
        assert_eq!(error.reason(), reason, "{host} beside {there}");
    }
    // By a try whose answer was lost, of which no list says anything yet.
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "drop_before", "times": 1, "match": {"method": "POST"}}));
    panel.add_fault(&taken);
    let error = add(&panel, "shop.example").unwrap_err();
    assert_eq!((error.reason(), error.is_outcome_unknown()), (Reason::ValidationRefused, true));
}

#[test]
fn a_post_whose_answer_was_lost_is_read_back_and_never_doubled() {
    for fault in [
        json!({"kind": "drop_after", "times": 1, "match": {"method": "POST"}}),
        json!({"kind": "processed_status", "status": 502, "times": 1, "match": {"method": "POST"}}),
        json!({"kind": "truncated", "times": 1, "match": {"method": "POST"}}),
        json!({"kind": "empty", "times": 1, "match": {"method": "POST"}}),
    ] {
        let panel = Panel::new();
        panel.add_fault(&fault);
        let added = add(&panel, "shop.example").unwrap();
        assert!(!added.created, "{fault}");
        assert_eq!(panel.requests().len(), 2, "{fault}: {:?}", panel.requests());
        assert_eq!(panel.names(), ["network.example", "shop.example"], "{fault}");
    }
}

#[test]
fn a_post_that_was_lost_on_the_way_is_sent_again_after_reading_back() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "drop_before", "times": 1, "match": {"method": "POST"}}));
    assert!(add(&panel, "shop.example").unwrap().created);
    assert_eq!(panel.requests(), ["POST /domains -> nothing", "GET /domains -> 200", "POST /domains -> 200"]);
}

#[test]
fn resends_end_with_the_retries() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "status", "status": 503, "match": {"method": "POST"}}));
    let error = add(&panel, "shop.example").unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Server, 3, true));
    assert_eq!(panel.requests().len(), 6);
}

#[test]
fn a_post_is_repeated_at_once_when_the_panel_says_that_it_was_not_taken() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "status", "status": 429, "retry_after": 0, "times": 1}));
    assert!(add(&panel, "shop.example").unwrap().created);
    assert_eq!(panel.requests(), ["POST /domains -> 429", "POST /domains -> 200"]);
}

#[test]
fn a_bad_host_sends_nothing() {
    let panel = Panel::new();
    assert_eq!(add(&panel, "https://shop.example").unwrap_err().kind(), ErrorKind::InvalidDomain);
    assert!(panel.requests().is_empty());
}

#[test]
fn www_and_a_redirection_that_cannot_be_served_are_refused_in_one_sentence() {
    for (host, www, redirection, why) in [
        ("*.shop.example", true, Redirection::None, "serves \"www.shop.example\" already"),
        ("www.shop.example", true, Redirection::None, "pass \"shop.example\" with www"),
        ("shop.example", false, Redirection::Www, "leads nowhere"),
        ("*.shop.example", false, Redirection::Www, "leads nowhere"),
    ] {
        let panel = Panel::new();
        let error = panel.call(|s| add_domain(s, APP, host, www, redirection)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidDomain, "{host}");
        assert!(error.message().contains(why), "{error}");
        assert_eq!(sentences::fault_of(&error), None);
        assert!(panel.requests().is_empty());
    }
    // As in RunCloud's own example.
    let panel = Panel::new();
    panel.call(|s| add_domain(s, APP, "shop.example", false, Redirection::NonWww)).unwrap();
    panel.call(|s| add_domain(s, APP, "www.other.example", false, Redirection::None)).unwrap();
}

#[test]
fn a_404_says_which_of_server_and_web_app_is_missing() {
    let panel = Panel::new();
    let mut app = APP;
    app.web_app_id = 9;
    let error = panel.call(|s| add_domain(s, app, "a.example", false, Redirection::None)).unwrap_err();
    assert_eq!(error.message(), "Server 1001 has no web app 9 (HTTP 404): check the web app id.");
    app.server_id = 8;
    let error = panel.call(|s| add_domain(s, app, "a.example", false, Redirection::None)).unwrap_err();
    assert!(error.message().starts_with("RunCloud has no server 8"), "{error}");
    assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)));
}
