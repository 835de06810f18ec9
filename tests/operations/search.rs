//! One domain among very many, under the rate limit and in every order that a panel may list them in.

use runcloud::{
    api::Redirection,
    http::{Error, ErrorKind},
    operations::{Added, add_domain, find_domain},
};
use serde_json::{Value, json};

use crate::panel::{APP, Panel};

const ORDERS: [&str; 3] = ["oldest_first", "newest_first", "by_name"];

fn add(panel: &Panel, host: &str) -> Result<Added, Error> {
    panel.call(|s| add_domain(s, APP, host, false, Redirection::None))
}

/// 10,000 domains, of which sixty requests a minute can read a quarter.
fn crowded(order: &str) -> Panel {
    let panel = Panel::new();
    panel.hold_domains(9_999);
    panel.patch_switches(json!({"list_order": order, "duplicate_name": "accept"}));
    panel.set_state(json!({"rate_limit_per_minute": 60}));
    panel
}

#[test]
fn a_lost_answer_costs_a_handful_of_requests_among_ten_thousand_domains() {
    for order in ORDERS {
        let panel = crowded(order);
        panel.add_fault(json!({"kind": "drop_after", "times": 1, "match": {"method": "POST"}}));
        // In the order of names this one is the last.
        let added = add(&panel, "zoo.example").unwrap();
        assert!(!added.created, "{order}");
        assert!(panel.requests().len() <= 4, "{order}: {:?}", panel.requests());
    }
}

#[test]
fn a_domain_that_is_not_among_the_newest_is_sent_again_where_the_list_shows_its_order() {
    for order in ["oldest_first", "newest_first"] {
        let panel = crowded(order);
        panel.add_fault(json!({"kind": "drop_before", "times": 1, "match": {"method": "POST"}}));
        assert!(add(&panel, "zoo.example").unwrap().created, "{order}");
        assert!(panel.requests().len() <= 5, "{order}: {:?}", panel.requests());
        assert_eq!(panel.names().len(), 10_001);
    }
}

#[test]
fn a_domain_that_cannot_be_looked_for_to_the_end_is_never_said_not_to_be_there() {
    for (fault, host) in [("drop_before", "d5.example-new.example"), ("drop_after", "d5555a.example")] {
        let panel = crowded("by_name");
        panel.add_fault(json!({"kind": fault, "times": 1, "match": {"method": "POST"}}));
        let error = add(&panel, host).unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::RateLimit, true), "{error}");
        assert!(error.is_outcome_unknown(), "{error}");
        assert!(error.message().contains("pages that were read"), "{error}");
        assert_eq!(panel.count("POST"), 1);
    }
    // Refused, and in the middle.
    let panel = crowded("oldest_first");
    panel.patch_switches(json!({"duplicate_name": "refuse"}));
    let error = add(&panel, "d5000.example").unwrap_err();
    assert_eq!((error.kind(), error.is_outcome_unknown()), (ErrorKind::RateLimit, false), "{error}");
    let error = panel.call(|s| find_domain(s, APP, "d5000.example")).unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::RateLimit, true), "{error}");
}

#[test]
fn a_search_that_cannot_be_finished_leaves_requests_to_others() {
    let panel = crowded("oldest_first");
    panel.call(|s| find_domain(s, APP, "d5000.example")).unwrap_err();
    assert_eq!(panel.requests().len(), 50);
    // One that can be finished uses what there is.
    let panel = Panel::new();
    panel.hold_domains(200);
    panel.set_state(json!({"rate_limit_per_minute": 6}));
    assert_eq!(panel.call(|s| find_domain(s, APP, "gone.example")).unwrap(), None);
    assert_eq!(panel.requests().len(), 6);
}

#[test]
fn a_list_in_the_order_of_names_and_by_chance_of_ids_proves_nothing() {
    let panel = Panel::new();
    panel.hold((1..=200).map(|n| format!("z{n:03}.example")));
    panel.patch_switches(json!({"list_order": "by_name", "duplicate_name": "accept"}));
    panel.add_fault(json!({"kind": "drop_after", "times": 1, "match": {"method": "POST"}}));
    assert!(!add(&panel, "z100a.example").unwrap().created);
    assert_eq!(panel.names().iter().filter(|name| *name == "z100a.example").count(), 1);
}

#[test]
fn a_list_in_the_order_of_types_proves_nothing() {
    let panel = Panel::new();
    // An alias in the middle, between the aliases that were there and the redirects.
    let names = (1..=100).map(|n| format!("d{n}.example")).chain(["shop.example".into()]);
    panel.hold(names);
    let mut domains = panel.state()["domains"].as_array().unwrap().clone();
    domains.extend(
        (7000..7090).map(|id| json!({"id": id, "name": format!("r{id}.example"), "type": "redirect"})),
    );
    panel.set_state(json!({ "domains": domains }));
    panel.patch_switches(json!({"duplicate_name": "accept"}));
    panel.add_fault(json!({"kind": "status", "status": 500, "match": {"method": "POST"}}));
    assert_eq!(add(&panel, "shop.example").unwrap().domain.id, 5101);
}

#[test]
fn a_new_domain_that_others_have_pushed_from_the_last_page_is_found() {
    let panel = Panel::new();
    // With the primary domain it is the 120th of 123, so the last one of the third page.
    let others = |n: u64| if n == 119 { "shop.example".to_owned() } else { format!("d{n}.example") };
    panel.hold((1..=122).map(others));
    panel.patch_switches(json!({"duplicate_name": "accept"}));
    panel.add_fault(json!({"kind": "status", "status": 500, "match": {"method": "POST"}}));
    let added = add(&panel, "shop.example").unwrap();
    assert_eq!((added.created, added.domain.id), (false, 5119));
}

#[test]
fn a_domain_is_found_wherever_it_stands_in_every_order_and_in_both_pagination_shapes() {
    for order in ORDERS {
        for shape in ["pagination", "lastPage"] {
            let panel = Panel::new();
            panel.hold_domains(210);
            panel.patch_switches(json!({"list_order": order, "pagination": shape}));
            for n in [1, 39, 40, 41, 79, 80, 81, 120, 160, 161, 200, 210] {
                let host = format!("d{n}.example");
                let found = panel.call(|s| find_domain(s, APP, &host)).unwrap();
                assert_eq!(found.map(|domain| domain.id), Some(5000 + n), "{order}, {shape}: {host}");
            }
            panel.clear_history();
            assert_eq!(panel.call(|s| find_domain(s, APP, "gone.example")).unwrap(), None);
            let pages: u64 = 6;
            let requests = panel.requests().len() as u64;
            assert!((pages..=pages + 1).contains(&requests), "{order}, {shape}: {requests} requests");
        }
    }
}

type Change = fn(&mut Vec<Value>);

/// The order, which of 210 aliases is wanted, the page that is asked for when something changes, and what: domains that are
/// removed where the list begins, or added where the list of that order begins.
#[test]
fn what_comes_and_goes_while_pages_are_read_hides_no_domain() {
    let remove = |panel: &mut Vec<Value>| drop(panel.drain(1..=2));
    let remove_newest = |panel: &mut Vec<Value>| panel.truncate(panel.len() - 2);
    let add = |panel: &mut Vec<Value>| panel.extend(["x.example", "y.example"].map(|n| json!({ "name": n })));
    let cases: [(&str, u64, u64, Change); 5] = [
        // Read downwards: 1, 6, 5, 4, 3, 2. The first one of page 2 moves to page 1.
        ("oldest_first", 40, 3, remove),
        // Read upwards: 1, 6, 2, 3, 4, 5. The first one of page 3 moves to page 2.
        ("newest_first", 210 - 80, 3, remove_newest),
        // The last one of page 3 moves to page 4, and the last one of page 5 to page 6.
        ("newest_first", 210 - 119, 3, add),
        ("newest_first", 210 - 199, 4, add),
        // Between the two ends: the first one of page 2 moves to page 1.
        ("newest_first", 210 - 40, 6, remove_newest),
    ];
    for (order, wanted, page, change) in cases {
        let panel = Panel::new();
        panel.hold_domains(210);
        panel.patch_switches(json!({ "list_order": order }));
        let host = format!("d{wanted}.example");
        let found = panel.meanwhile(page, 1, change, || panel.call(|s| find_domain(s, APP, &host))).unwrap();
        assert_eq!(found.map(|domain| domain.name), Some(host), "{order}, page {page}");
    }
}

#[test]
fn an_error_in_the_middle_of_a_search_says_what_was_seen() {
    let panel = Panel::new();
    panel.hold_domains(210);
    panel.add_fault(json!({"kind": "status", "status": 500, "match": {"path": "page=4"}}));
    let error = panel.call(|s| find_domain(s, APP, "gone.example")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Server);
    assert!(
        error.message().ends_with("\"gone.example\" is not on the 3 of 6 pages that were read before."),
        "{error}"
    );
}
