use std::collections::HashSet;

use runcloud::http::ErrorKind;
use runcloud::operations::{discover, dns_records, domains, find_domain, ping, server, web_app};
use serde_json::json;

use crate::panel::{APP, Panel};

#[test]
fn a_hundred_domains_are_listed_in_three_requests_in_both_pagination_shapes() {
    for shape in ["pagination", "lastPage"] {
        let panel = Panel::new();
        panel.hold_domains(99);
        panel.patch_switches(json!({ "pagination": shape }));
        let all = panel.call(|s| domains(s, APP)).unwrap();
        assert_eq!(all.iter().map(|d| &d.name).collect::<HashSet<_>>().len(), 100, "{shape}");
        assert_eq!(panel.requests().len(), 3, "{shape}");
        assert!(panel.history().iter().all(|e| e.query.contains("perPage=40")));
    }
}

#[test]
fn every_guess_about_the_panels_lists_may_be_wrong() {
    for switch in [
        json!({"page_size_over_40": "ignore"}),
        json!({"links": "array"}),
        json!({"booleans": "bool"}),
        json!({"booleans": "string"}),
    ] {
        let panel = Panel::new();
        panel.hold_domains(70);
        panel.patch_switches(&switch);
        assert_eq!(panel.call(|s| domains(s, APP)).unwrap().len(), 71, "{switch}");
    }
}

#[test]
fn a_domain_is_found_by_any_spelling_and_the_search_ends_there() {
    let panel = Panel::new();
    panel.hold_domains(90);
    assert_eq!(panel.call(|s| find_domain(s, APP, "D5.EXAMPLE.")).unwrap().unwrap().id, 5005);
    assert_eq!(panel.requests().len(), 1);
    assert_eq!(panel.call(|s| find_domain(s, APP, "nowhere.example")).unwrap(), None);
}

/// Makes a call; the first `times` that it asks for the second page, `count` domains of the first one are removed before
/// it gets it.
fn while_domains_go<T>(panel: &Panel, times: usize, count: usize, call: impl FnOnce() -> T) -> T {
    panel.meanwhile(2, times, |domains| drop(domains.drain(1..=count)), call)
}

#[test]
fn what_is_removed_while_pages_are_read_hides_nothing_else() {
    for count in [1, 25] {
        let panel = Panel::new();
        panel.hold_domains(60);
        let all = while_domains_go(&panel, 1, count, || panel.call(|s| domains(s, APP))).unwrap();
        let listed: HashSet<_> = all.into_iter().map(|domain| domain.name).collect();
        assert!(panel.names().iter().all(|name| listed.contains(name)), "{count} removed: {listed:?}");
        assert_eq!(listed.len(), 61, "{count} removed");

        panel.hold_domains(60);
        panel.clear_faults();
        panel.clear_history();
        // The first one of the second page.
        let found = while_domains_go(&panel, 1, count, || panel.call(|s| find_domain(s, APP, "d40.example")));
        assert!(found.unwrap().is_some(), "{count} removed");
    }
}

#[test]
fn a_list_that_never_stops_shrinking_is_read_to_its_end() {
    let panel = Panel::new();
    panel.hold_domains(70);
    while_domains_go(&panel, 11, 1, || panel.call(|s| domains(s, APP))).unwrap();
    assert!(panel.requests().len() <= 2 + 10 * 2, "{:?}", panel.requests());
}

#[test]
fn dns_records_are_those_of_the_panel() {
    let panel = Panel::new();
    panel.hold_domains(1);
    for (id, requests) in [(Some(5001), 1), (None, 2), (Some(77), 3)] {
        panel.clear_history();
        assert_eq!(panel.call(|s| dns_records(s, APP, "d1.example", id)).unwrap().len(), 2);
        assert_eq!(panel.requests().len(), requests, "{id:?}");
    }
    let records = panel.call(|s| dns_records(s, APP, "d1.example", None)).unwrap();
    assert_eq!((records[0].kind.as_str(), records[0].hostname.as_str()), ("A", "d1.example"));
    let error = panel.call(|s| dns_records(s, APP, "gone.example", None)).unwrap_err();
    assert_eq!(error.message(), "Web app 2001 has no domain \"gone.example\": add it first.");
}

#[test]
fn dns_records_of_another_domain_are_not_told_as_those_of_this_one() {
    let panel = Panel::new();
    panel.hold_domains(2);
    let error = panel.call(|s| dns_records(s, APP, "d1.example", Some(5002))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDomain);
    assert!(error.message().starts_with("Domain id 5002 is \"d2.example\" at RunCloud"), "{error}");
}

#[test]
fn server_web_app_and_token_can_be_checked() {
    let panel = Panel::new();
    panel.call(ping).unwrap();
    assert_eq!(panel.call(|s| server(s, APP)).unwrap().ip_address.as_deref(), Some("203.0.113.10"));
    assert_eq!(
        panel.call(|s| web_app(s, APP)).unwrap().root_path.as_deref(),
        Some("/home/runcloud/webapps/network")
    );
}

#[test]
fn the_web_app_of_a_folder_is_discovered() {
    let panel = Panel::new();
    for root in [
        "/home/runcloud/webapps/network",
        "/home/runcloud/webapps/network/",
        "/home/runcloud/webapps/network/public",
    ] {
        let found = panel.call(|s| discover(s, root)).unwrap();
        assert_eq!(
            found.iter().map(|l| (l.server_id, l.web_app.id)).collect::<Vec<_>>(),
            [(1001, 2001)],
            "{root}"
        );
    }
    assert!(panel.call(|s| discover(s, "/home/runcloud/webapps/network2")).unwrap().is_empty());
    assert!(panel.call(|s| discover(s, "webapps")).is_err());
}
