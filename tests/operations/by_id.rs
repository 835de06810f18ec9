//! One domain by its id, one page, one certificate: what is absent is known, not guessed.

use runcloud::{
    http::{Error, ErrorKind},
    operations::{Certificate, certificate, dns_records, domain, domains_page, redeploy_ssl},
};
use serde_json::{Value, json};

use crate::panel::{APP, Panel};

#[test]
fn a_page_has_its_number_and_says_how_many_there_are() {
    let panel = Panel::new();
    panel.hold_domains(99);
    for (number, count) in [(1, 40), (3, 20), (4, 0)] {
        let page = panel.call(|s| domains_page(s, APP, number)).unwrap();
        assert_eq!((page.domains.len(), page.page), (count, number));
        assert_eq!((page.pages, page.total), (Some(3), Some(100)));
    }
    panel.patch_switches(json!({"pagination": "lastPage"}));
    let page = panel.call(|s| domains_page(s, APP, 2)).unwrap();
    assert_eq!((page.pages, page.total), (Some(3), None));
    assert_eq!(panel.requests().len(), 4);
    assert_eq!(panel.call(|s| domains_page(s, APP, 0)).unwrap_err().kind(), ErrorKind::Configuration);
}

#[test]
fn a_domain_is_absent_only_when_the_panel_says_so_and_has_the_web_app() {
    let panel = Panel::new();
    panel.hold_domains(1);
    assert_eq!(panel.call(|s| domain(s, APP, 5001)).unwrap().unwrap().name, "d1.example");
    assert_eq!(panel.requests(), ["GET /domains/5001 -> 200"]);
    panel.clear_history();
    assert_eq!(panel.call(|s| domain(s, APP, 77)).unwrap(), None);
    assert_eq!(panel.requests().len(), 2);

    let mut app = APP;
    app.web_app_id = 9;
    let error = panel.call(|s| domain(s, app, 5001)).unwrap_err();
    assert_eq!(error.message(), "Server 1001 has no web app 9 (HTTP 404): check the web app id.");
    app.server_id = 8;
    assert!(panel.call(|s| domain(s, app, 5001)).unwrap_err().message().contains("no server 8"));
}

#[test]
fn nothing_but_the_panels_own_404_is_an_absence() {
    let page = json!({"kind": "html", "status": 404});
    let empty = json!({"kind": "status", "status": 404, "body": ""});
    for fault in
        [page, empty, json!({"kind": "status", "status": 410}), json!({"kind": "status", "status": 500})]
    {
        let panel = Panel::new();
        panel.add_fault(&fault);
        let error = panel.call(|s| domain(s, APP, 77)).unwrap_err();
        assert_eq!(error.is_retryable(), fault["status"] != 410, "{fault}: {error}");
        assert!(panel.call(|s| certificate(s, APP, None)).is_err(), "{fault}");
        assert!(panel.call(|s| certificate(s, APP, Some(3001))).is_err(), "{fault}");
    }
    // The domain's own 404 is true, but whether the web app is there is not known.
    for fault in [json!({"kind": "status", "status": 500}), json!({"kind": "html", "status": 404})] {
        let panel = Panel::new();
        let mut fault = fault;
        fault["match"] = json!({"path_ends_with": "/webapps/2001"});
        panel.add_fault(fault);
        assert!(panel.call(|s| domain(s, APP, 77)).is_err());
        panel.set_ssl(false, false, &Value::Null);
        assert!(panel.call(|s| certificate(s, APP, None)).is_err());
    }
}

#[test]
fn a_certificate_is_told_without_its_key() {
    let panel = Panel::new();
    panel.hold_domains(1);
    let shown = panel.call(|s| certificate(s, APP, None)).unwrap().unwrap();
    assert_eq!((shown.id, shown.method.as_deref(), shown.staging), (4001, Some("letsencrypt"), Some(false)));
    assert!(shown.valid_until.is_some() && shown.renewal_date.is_some());
    assert!(!format!("{shown:?}").contains("SIMULATOR"));

    panel.set_ssl(true, false, &Value::Null);
    panel.set_state(
        json!({"domain_certificates": {"5001": {"id": 4007, "method": "custom", "staging": true}}}),
    );
    let shown = panel.call(|s| certificate(s, APP, Some(5001))).unwrap().unwrap();
    assert_eq!((shown.id, shown.method.as_deref(), shown.staging), (4007, Some("custom"), Some(true)));
}

#[test]
fn no_certificate_is_no_error_but_no_domain_and_no_web_app_are() {
    for shape in ["404", "200"] {
        let panel = Panel::new();
        panel.hold_domains(1);
        panel.set_ssl(true, false, &Value::Null);
        panel.patch_switches(json!({"ssl_not_installed": shape}));
        let ask = |id| -> Result<Option<Certificate>, Error> { panel.call(|s| certificate(s, APP, id)) };
        assert_eq!((ask(None).unwrap(), ask(Some(5001)).unwrap()), (None, None), "{shape}");
        let error = ask(Some(77)).unwrap_err();
        assert_eq!(
            error.message(),
            "Web app 2001 has no domain with the id 77 (HTTP 404): check the id.",
            "{shape}"
        );
        assert_eq!((error.status(), error.attempts()), (Some(404), 2));
        let mut app = APP;
        app.web_app_id = 9;
        assert!(panel.call(|s| certificate(s, app, None)).unwrap_err().message().contains("no web app 9"));
    }
}

#[test]
fn a_name_that_is_not_there_is_a_complete_404() {
    for (count, requests) in [(1, 1), (90, 3)] {
        let panel = Panel::new();
        panel.hold_domains(count);
        panel.set_ssl(true, false, &Value::Null);
        let dns = panel.call(|s| dns_records(s, APP, "gone.example", None)).map(|_| ());
        let ssl = panel.call(|s| redeploy_ssl(s, APP, Some("gone.example"), None, None)).map(|_| ());
        for error in [dns.unwrap_err(), ssl.unwrap_err()] {
            assert_eq!(error.message(), "Web app 2001 has no domain \"gone.example\": add it first.");
            assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)));
            assert_eq!((error.attempts(), error.is_retryable()), (requests, false));
        }
        // The mode, and the pages twice; nothing to find out who is missing.
        assert_eq!(panel.requests().len(), 2 * requests as usize + 1);
    }
}
