//! How many questions are asked: shared, bounded, and none to servers that never answer.

use std::time::Duration;

use serde_json::json;

use crate::view::{look, look_at, options, short, world};

#[test]
fn hosts_of_one_zone_share_what_leads_to_it() {
    let plan = json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } } });
    let world = world(plan);
    let hosts: Vec<String> = (0..50).map(|number| format!("shop{number}.example.com")).collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    assert!(look_at(&hosts, &options(&world)).iter().all(|seen| short(&seen.dns.a) == "none no-such-name"));
    let times = |what: &str| world.seen().iter().filter(|seen| *seen == what).count();
    assert_eq!(times("dns 127.0.0.53 example.com NS"), 1);
    assert_eq!(times("dns 127.0.0.53 ns1.example.com A"), 1);
    assert_eq!(times("dns 127.0.1.1 example.com CAA"), 1);
}

#[test]
fn a_host_may_cost_only_so_many_questions() {
    // Each label is a zone of its own, whose authorities are asked for up to the top.
    let mut plan = json!({ "zones": {} });
    let mut name = "example.com".to_owned();
    for _ in 0..110 {
        // Nobody is at the first two.
        plan["zones"][&name] = json!({ "servers": ["127.0.1.98", "127.0.1.99", "127.0.1.1"] });
        name = format!("a.{name}");
    }
    let world = world(plan);
    let mut options = options(&world);
    options.world.allowed.extend([98, 99].map(|n| std::net::IpAddr::from([127, 0, 1, n])));
    assert_eq!(short(&look(&name, &options).dns.caa), "failed too-many-questions");
    assert!(world.seen().len() <= 160, "{} questions", world.seen().len());
}

/// How often name servers of zones were asked, and how many of them.
fn questions_to_zones(world: &small_world::World) -> (usize, usize) {
    let asked: Vec<String> = world
        .seen()
        .iter()
        .filter_map(|seen| Some(seen.strip_prefix("dns 127.0.1.")?.split(' ').next()?.to_owned()))
        .collect();
    (asked.len(), asked.iter().collect::<std::collections::HashSet<_>>().len())
}

#[test]
fn a_name_server_that_never_answers_is_not_asked_again_and_again() {
    let plan = json!({ "zones": { "example.com": { "servers": ["127.0.1.3"] } }, "dead": ["127.0.1.3"] });
    let world = world(plan);
    let mut options = options(&world);
    options.concurrency = 1;
    options.limits.zone_question = Duration::from_millis(200);
    let hosts: Vec<String> = (0..20).map(|number| format!("shop{number}.example.com")).collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    assert!(look_at(&hosts, &options).iter().all(|seen| short(&seen.dns.a) == "none no-such-name"));
    // Five kinds of records of the first host at once, and of the one that begins meanwhile.
    assert!(questions_to_zones(&world).0 <= 15, "{:?}", questions_to_zones(&world));
}

#[test]
fn where_only_the_resolver_can_be_asked_the_others_are_left_alone() {
    let mut plan = json!({ "zones": {}, "dead": [] });
    let mut hosts = Vec::new();
    for number in 1..=16 {
        plan["dead"].as_array_mut().unwrap().push(json!(format!("127.0.1.{number}")));
        plan["zones"][format!("zone{number}.example")] = json!({ "servers": [format!("127.0.1.{number}")] });
        hosts.push(format!("zone{number}.example"));
    }
    let world = world(plan);
    let mut options = options(&world);
    options.concurrency = 1;
    options.limits.zone_question = Duration::from_millis(100);
    options.limits.slow = Duration::from_secs(60);
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    assert!(look_at(&hosts, &options).iter().all(|seen| short(&seen.dns.a) == "none no-such-record"));
    assert_eq!(questions_to_zones(&world).1, 12);
}
