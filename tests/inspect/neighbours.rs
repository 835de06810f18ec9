//! Nobody can make the server talk to its neighbours.

use runcloud::inspect::Source;
use serde_json::json;
use small_world::World;

use crate::view::{look, look_at, options, short, world};

fn nobody_came_to_the_neighbour(world: &World) {
    let visits: Vec<String> = world.seen().into_iter().filter(|seen| seen.contains("127.0.0.9")).collect();
    assert_eq!(visits, Vec::<String>::new());
}

#[test]
fn an_address_that_is_not_public_is_told_and_not_connected_to() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": {
            "a.example.com A": ["127.0.0.9"],
            "b.example.com AAAA": ["::ffff:127.0.0.9", "64:ff9b::7f00:9"],
            "c.example.com CNAME": ["a.example.com"],
        },
    }));
    let mut options = options(&world);
    options.probe_paths = vec!["/".into()];
    for seen in look_at(&["a.example.com", "b.example.com", "c.example.com"], &options) {
        assert_eq!(seen.http[0].error(), Some("not-public"), "{}", seen.host);
        assert!(seen.tls.iter().all(|look| look.error == Some("not-public")), "{}", seen.host);
        assert!(!seen.tls.is_empty(), "{}", seen.host);
    }
    nobody_came_to_the_neighbour(&world);
}

#[test]
fn an_address_that_changes_between_look_up_and_connection_is_not_connected_to() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "shop.example.com A": ["127.0.0.1"], "other.example.com A": ["127.0.0.2"] },
        "later": { "shop.example.com A": ["127.0.0.9"], "other.example.com A": ["127.0.0.9"] },
        "pages": {
            "shop.example.com/": { "status": 302, "location": "https://other.example.com/" },
            "other.example.com/": { "status": 302, "location": "https://shop.example.com/again" },
            "shop.example.com/again": { "status": 302, "location": "https://other.example.com/again" },
        },
    }));
    let mut options = options(&world);
    options.probe_paths = vec!["/".into(), "/again".into()];
    let seen = look("shop.example.com", &options);
    assert_eq!(short(&seen.dns.a), "found 127.0.0.1");
    assert_eq!(seen.http[0].hops.len(), 4);
    assert!(seen.http[0].hops.iter().all(|hop| hop.status.is_some()), "{:?}", seen.http[0].hops);
    nobody_came_to_the_neighbour(&world);
}

#[test]
fn a_name_server_that_is_a_neighbour_is_not_asked() {
    let world = world(json!({
        "zones": {
            "example.com": { "servers": ["127.0.0.9"] },
            "example.net": { "servers": ["127.0.1.1"] },
            "deep.example.net": { "servers": ["127.0.0.9"] },
        },
        "records": { "shop.example.com A": ["127.0.0.1"], "shop.deep.example.net A": ["127.0.0.1"] },
    }));
    let seen = look_at(&["shop.example.com", "shop.deep.example.net"], &options(&world));
    for seen in &seen {
        // The resolver knows; it is not we who asked the neighbour.
        assert_eq!(short(&seen.dns.a), "found 127.0.0.1");
        assert_eq!(seen.dns.a.source.map(Source::code), Some("resolver"));
    }
    nobody_came_to_the_neighbour(&world);
}

#[test]
fn glue_from_a_parent_that_does_not_stand_for_the_server_is_not_believed() {
    let world = world(json!({
        "zones": {
            "example.com": { "servers": ["127.0.1.1"] },
            "deep.example.com": { "servers": ["127.0.1.2"] },
        },
        "records": {
            "deep.example.com NS": ["ns1.example.net"],
            "ns1.example.net A": ["127.0.0.9"],
            "shop.deep.example.com A": ["127.0.0.1"],
        },
    }));
    let seen = look("shop.deep.example.com", &options(&world));
    assert_eq!(short(&seen.dns.a), "found 127.0.0.1");
    // Its address is looked up instead.
    assert!(world.seen().contains(&"dns 127.0.0.53 ns1.example.net A".to_owned()));
    nobody_came_to_the_neighbour(&world);
}

#[test]
fn the_servers_own_address_may_be_any() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "shop.example.com A": ["127.0.0.9"] },
    }));
    let mut options = options(&world);
    options.server_addresses = vec![[127, 0, 0, 9].into()];
    options.probe_paths = vec!["/".into()];
    let seen = look("shop.example.com", &options);
    assert_eq!(seen.tls[0].verdict.code(), "trusted");
    assert_eq!(seen.http[0].status(), Some(404));
}
