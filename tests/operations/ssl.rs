use runcloud::{
    api::{Redirection, SslMode},
    http::{Error, ErrorKind},
    operations::{SslDeployment, SslOutcome, add_domain, redeploy_ssl, ssl_mode},
};
use serde_json::{Value, json};

use crate::panel::{APP, Panel};

fn redeploy(
    panel: &Panel,
    domain: Option<&str>,
    certificate: Option<u64>,
    domain_id: Option<u64>,
) -> Result<SslDeployment, Error> {
    panel.call(|s| redeploy_ssl(s, APP, domain, certificate, domain_id))
}

fn certificate(method: &str) -> Value {
    json!({"id": 4001, "method": method, "names": ["network.example"]})
}

#[test]
fn a_basic_certificate_is_redeployed_in_three_requests_and_in_one_when_known() {
    let panel = Panel::new();
    let cold = redeploy(&panel, Some("network.example"), None, None).unwrap();
    assert_eq!(
        (cold.outcome, cold.mode, cold.certificate_id),
        (SslOutcome::Redeployed, SslMode::Basic, Some(4001))
    );
    assert_eq!((cold.domain_id, cold.domain.as_deref()), (None, None));
    assert_eq!(panel.requests(), ["GET /ssl/advanced -> 200", "GET /ssl -> 200", "PUT /ssl/4001 -> 200"]);
    panel.clear_history();
    let warm = redeploy(&panel, Some("network.example"), cold.certificate_id, cold.domain_id).unwrap();
    assert_eq!(warm.outcome, SslOutcome::Redeployed);
    assert_eq!(panel.requests(), ["PUT /ssl/4001 -> 200"]);
}

#[test]
fn a_known_certificate_that_is_gone_is_looked_up_afresh() {
    let panel = Panel::new();
    let again = redeploy(&panel, None, Some(77), None).unwrap();
    assert_eq!((again.outcome, again.certificate_id), (SslOutcome::Redeployed, Some(4001)));
    assert_eq!(panel.requests().len(), 4);
}

#[test]
fn a_first_basic_certificate_is_left_to_the_admin_however_the_panel_says_that_there_is_none() {
    for shape in ["404", "200"] {
        let panel = Panel::new();
        panel.patch_switches(json!({ "ssl_not_installed": shape }));
        panel.set_ssl(false, false, &Value::Null);
        let none = redeploy(&panel, None, None, None).unwrap();
        assert_eq!((none.outcome, none.certificate_id), (SslOutcome::NotInstalled, None), "{shape}");
        assert!(panel.requests().iter().all(|r| r.starts_with("GET")));
    }
}

#[test]
fn a_certificate_from_elsewhere_is_left_alone() {
    for method in ["custom", "csr"] {
        let panel = Panel::new();
        panel.set_ssl(false, false, &certificate(method));
        let other = redeploy(&panel, None, None, None).unwrap();
        assert_eq!((other.outcome, other.method.as_deref()), (SslOutcome::NotRenewable, Some(method)));
        assert!(panel.requests().iter().all(|r| r.starts_with("GET")));
    }
}

#[test]
fn automatic_mode_needs_nothing() {
    let panel = Panel::new();
    panel.set_ssl(true, true, &Value::Null);
    assert_eq!(redeploy(&panel, None, None, None).unwrap().outcome, SslOutcome::Automatic);
    assert_eq!(panel.requests(), ["GET /ssl/advanced -> 200"]);
    assert_eq!(panel.call(|s| ssl_mode(s, APP)).unwrap(), SslMode::Automatic);
}

#[test]
fn what_one_panel_said_of_an_id_does_not_count_at_another() {
    let [there, here] = [Panel::new(), Panel::new()];
    there.set_ssl(true, false, &Value::Null);
    let add = |panel: &Panel, name| {
        panel.call(|s| add_domain(s, APP, name, false, Redirection::None)).unwrap().domain.id
    };
    let id = add(&there, "other.example");
    assert_eq!(add(&here, "shop.example"), id);

    assert!(redeploy(&there, Some("shop.example"), None, Some(id)).is_err());
    assert!(!there.requests().iter().any(|request| request.starts_with("POST") && request.contains("/ssl")));
}

#[test]
fn advanced_mode_installs_a_first_certificate_and_redeploys_it_later_in_one_request() {
    for answer in ["certificate", "empty"] {
        let panel = Panel::new();
        panel.hold_domains(2);
        panel.set_ssl(true, false, &Value::Null);
        panel.patch_switches(json!({ "ssl_write_answer": answer }));
        let first = redeploy(&panel, Some("d2.example"), None, Some(5002)).unwrap();
        assert_eq!((first.outcome, first.mode), (SslOutcome::Installed, SslMode::Advanced), "{answer}");
        assert_eq!((first.domain_id, first.domain.as_deref()), (Some(5002), Some("d2.example")));
        assert_eq!(
            panel.requests(),
            [
                "GET /ssl/advanced -> 200",
                "GET /domains/5002 -> 200",
                "GET /domains/5002/ssl -> 404",
                "POST /domains/5002/ssl -> 200"
            ]
        );
        let body = &panel.history()[3].body;
        assert_eq!(
            (&body["provider"], &body["authorizationMethod"], &body["environment"]),
            (&json!("letsencrypt"), &json!("http-01"), &json!("live"))
        );
        let second = redeploy(&panel, Some("d2.example"), None, None).unwrap();
        assert_eq!(second.outcome, SslOutcome::Redeployed);
        panel.clear_history();
        let third = redeploy(&panel, Some("d2.example"), second.certificate_id, second.domain_id).unwrap();
        assert_eq!((third.outcome, third.mode), (SslOutcome::Redeployed, SslMode::Advanced));
        assert_eq!(panel.requests().len(), 1);
    }
}

#[test]
fn advanced_mode_needs_a_domain_that_the_web_app_has() {
    let panel = Panel::new();
    panel.set_ssl(true, false, &Value::Null);
    assert_eq!(redeploy(&panel, None, None, None).unwrap_err().kind(), ErrorKind::InvalidDomain);
    let error = redeploy(&panel, Some("gone.example"), None, None).unwrap_err();
    assert_eq!(error.message(), "Web app 2001 has no domain \"gone.example\": add it first.");
}

#[test]
fn a_domain_id_of_an_earlier_life_is_looked_up_by_name() {
    let panel = Panel::new();
    panel.hold_domains(1);
    panel.set_ssl(true, false, &Value::Null);
    let found = redeploy(&panel, Some("d1.example"), None, Some(77)).unwrap();
    assert_eq!((found.outcome, found.domain_id), (SslOutcome::Installed, Some(5001)));
}

#[test]
fn a_redeploy_is_repeated_once_at_most_because_it_spends_certificates() {
    let panel = Panel::new().with_settings(|t| t.max_retries = "5".into());
    panel.add_fault(json!({"kind": "status", "status": 500, "match": {"method": "PUT"}}));
    let error = redeploy(&panel, None, Some(4001), None).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Server, 2));
    assert_eq!(panel.requests().len(), 2);
}

#[test]
fn an_installation_whose_answer_was_lost_is_read_back() {
    let panel = Panel::new();
    panel.hold_domains(1);
    panel.set_ssl(true, false, &Value::Null);
    panel.add_fault(json!({"kind": "drop_after", "times": 1, "match": {"method": "POST"}}));
    let installed = redeploy(&panel, Some("d1.example"), None, Some(5001)).unwrap();
    assert_eq!(installed.outcome, SslOutcome::Installed);
    assert!(installed.certificate_id.is_some());
    assert_eq!(panel.count("POST"), 1);
}

/// A panel in advanced mode with these domains, ids from 5001.
fn advanced(names: &[&str]) -> Panel {
    let panel = Panel::new();
    panel.hold(names.iter().copied());
    panel.set_ssl(true, false, &Value::Null);
    panel
}

#[test]
fn a_first_certificate_is_ordered_twice_at_most_and_read_back_in_between() {
    for fault in [json!({"kind": "status", "status": 500}), json!({"kind": "drop_before"})] {
        let panel = advanced(&["d1.example"]).with_settings(|t| t.max_retries = "5".into());
        let mut fault = fault;
        fault["match"] = json!({"method": "POST"});
        panel.add_fault(&fault);
        let error = redeploy(&panel, Some("d1.example"), None, Some(5001)).unwrap_err();
        assert_eq!((error.attempts(), error.is_outcome_unknown()), (2, true), "{fault}");
        let orders: Vec<String> = panel.requests().split_off(3);
        let ends: Vec<&str> = orders.iter().filter_map(|r| r.split_whitespace().next()).collect();
        assert_eq!(ends, ["POST", "GET", "POST", "GET"], "{fault}");
    }
}

#[test]
fn an_order_that_may_be_under_way_is_not_repeated() {
    for status in [408, 504] {
        let panel = advanced(&["d1.example"]);
        panel.add_fault(json!({"kind": "status", "status": status, "match": {"method": "POST"}}));
        let error = redeploy(&panel, Some("d1.example"), None, Some(5001)).unwrap_err();
        assert!(error.is_outcome_unknown() && error.is_retryable(), "{error}");
        assert_eq!(panel.count("POST"), 1, "{status}");

        let panel = Panel::new();
        panel.add_fault(json!({"kind": "status", "status": status, "match": {"method": "PUT"}}));
        let error = redeploy(&panel, None, Some(4001), None).unwrap_err();
        assert!(error.is_outcome_unknown() && error.is_retryable(), "{error}");
        assert_eq!(panel.count("PUT"), 1, "{status}");
    }
}

#[test]
fn a_404_after_a_lost_redeploy_leads_to_no_third_order() {
    let panel = Panel::new();
    let lost = panel.add_fault(
        json!({"kind": "processed_status", "status": 500, "match": {"method": "PUT"}, "times": 1}),
    );
    panel.add_fault(json!({"kind": "status", "status": 404, "after": lost, "times": 1}));
    let error = redeploy(&panel, None, Some(4001), None).unwrap_err();
    assert!(error.is_outcome_unknown() && error.is_retryable(), "{error}");
    assert_eq!(panel.count("PUT"), 2);
}

#[test]
fn an_id_of_another_domain_issues_nothing() {
    let panel = advanced(&["d1.example", "d2.example"]);
    for certificate in [None, Some(77)] {
        panel.clear_history();
        let error = redeploy(&panel, Some("d1.example"), certificate, Some(5002)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidDomain);
        assert!(error.message().starts_with("Domain id 5002 is \"d2.example\" at RunCloud"), "{error}");
        assert_eq!(panel.count("POST"), 0);
    }
    assert_eq!(panel.state()["domain_certificates"], json!({}));
}

#[test]
fn a_mapping_takes_four_requests_because_the_id_of_an_addition_is_known() {
    let panel = advanced(&["d1.example"]);
    let added = panel.call(|s| add_domain(s, APP, "shop.example", false, Redirection::None)).unwrap();
    let id = added.domain.id;
    let first = redeploy(&panel, Some("shop.example"), None, Some(id)).unwrap();
    assert_eq!(first.outcome, SslOutcome::Installed);
    assert_eq!(panel.requests().len(), 4, "{:?}", panel.requests());

    // Even both ids together are not believed when this process knows better.
    panel.clear_history();
    let error = redeploy(&panel, Some("d1.example"), first.certificate_id, Some(id)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDomain);
    assert_eq!(panel.count("PUT"), 0);
}

#[test]
fn an_id_of_an_addition_that_is_gone_is_looked_up_anew() {
    let panel = advanced(&["d1.example"]);
    let added = panel.call(|s| add_domain(s, APP, "shop.example", false, Redirection::None)).unwrap();
    panel.set_state(json!({"domains": [{"id": 9001, "name": "shop.example"}]}));
    let found = redeploy(&panel, Some("shop.example"), None, Some(added.domain.id)).unwrap();
    assert_eq!((found.outcome, found.domain_id), (SslOutcome::Installed, Some(9001)));
}

#[test]
fn no_certificate_is_ordered_because_something_in_between_says_404() {
    let panel = advanced(&["d1.example"]);
    panel.add_fault(
        json!({"kind": "html", "status": 404, "match": {"path_ends_with": "/ssl", "method": "GET"}}),
    );
    let error = redeploy(&panel, Some("d1.example"), None, Some(5001)).unwrap_err();
    assert!(error.is_retryable() && panel.count("POST") == 0, "{error}");
}
