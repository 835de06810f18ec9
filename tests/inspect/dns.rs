//! Every outcome for every kind of record, and how the zone's own servers are found.

use runcloud::inspect::Source;
use serde_json::{Value, json};

use crate::view::{answers, look, look_at, options, short, world};

/// `shop.example.com` with all that a host can have; its alias is another name, since a name with an alias has nothing else.
fn full() -> Value {
    json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": {
            "shop.example.com A": ["127.0.0.1", "127.0.0.2"],
            "shop.example.com AAAA": ["2001:db8::1"],
            "shop.example.com NS": ["ns1.other.example"],
            "shop.example.com CAA": ["0 issue letsencrypt.org"],
            "_look.shop.example.com TXT": ["proof"],
            "alias.example.com CNAME": ["shop.example.com"],
            "alias2.example.com CNAME": ["alias.example.com"],
        },
    })
}

fn with(mut plan: Value, key: &str, name: &str, value: Value) -> Value {
    plan[key][name] = value;
    plan
}

/// The owner of each kind of record, and what is found there when all is well.
const OWNERS: [(&str, &str, &str, &str); 6] = [
    ("A", "shop.example.com", "shop.example.com", "found 127.0.0.1, 127.0.0.2"),
    ("AAAA", "shop.example.com", "shop.example.com", "found 2001:db8::1"),
    ("CNAME", "alias.example.com", "alias.example.com", "found shop.example.com"),
    ("NS", "shop.example.com", "shop.example.com", "found ns1.other.example"),
    ("CAA", "shop.example.com", "shop.example.com", "found 0 issue \"letsencrypt.org\""),
    ("TXT", "shop.example.com", "_look.shop.example.com", "found proof"),
];

/// What a name server may do, and the outcome.
pub(crate) const FAULTS: [(&str, &str); 12] = [
    ("refused", "refused refused"),
    ("server-failure", "failed server-failure"),
    ("silence", "too-late silence"),
    ("malformed", "failed malformed"),
    ("wrong-id", "failed malformed"),
    ("wrong-question", "failed malformed"),
    ("not-implemented", "failed error-code"),
    ("truncated-silence", "too-late silence"),
    ("truncated-malformed", "failed malformed"),
    ("truncated", WELL),
    ("no-edns", WELL),
    ("spoofed", WELL),
];
pub(crate) const WELL: &str = "as well as ever";

#[test]
fn each_kind_of_record_has_each_outcome_and_hides_no_other() {
    let mut plan =
        json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } }, "records": {}, "faults": {} });
    let mut expected = Vec::new();
    for (number, (fault, outcome)) in FAULTS.iter().enumerate() {
        for (kind, host, owner, found) in OWNERS {
            // The same records for each fault, under a zone's name of its own.
            let of = |name: &str| {
                name.replace("example.com", &format!("{}{number}.example.com", kind.to_lowercase()))
            };
            for (key, records) in full()["records"].as_object().unwrap() {
                plan["records"][of(key)] = records.clone();
            }
            plan["records"][of("alias.example.com CNAME")] = json!(["shop.example.com"]);
            plan["faults"][of(&format!("{owner} {kind}"))] = json!(fault);
            expected.push((of(host), kind, if *outcome == WELL { found } else { outcome }, host));
        }
    }
    let world = world(plan);
    let mut options = options(&world);
    options.txt_prefix = Some("_look".into());
    let hosts: Vec<&str> = expected.iter().map(|expected| expected.0.as_str()).collect();
    for (seen, (host, kind, outcome, plain)) in look_at(&hosts, &options).iter().zip(&expected) {
        for (other, answer) in answers(seen) {
            let well = OWNERS.iter().find(|owner| owner.0 == other && owner.1 == *plain).map(|owner| owner.3);
            if other == *kind {
                assert_eq!(answer, *outcome, "{other} of {host}");
            } else if let Some(well) = well {
                assert_eq!(answer, well, "{other} of {host}, where {kind} has a fault");
            }
        }
    }
}

#[test]
fn what_is_not_there_is_none_and_says_whether_the_name_is() {
    let world = world(full());
    let mut options = options(&world);
    options.txt_prefix = Some("_look".into());
    for (kind, answer) in answers(&look("nobody.example.com", &options)) {
        // Which authorities may issue is asked up to the top, where there is a name.
        assert_eq!(answer, if kind == "CAA" { "none no-such-record" } else { "none no-such-name" }, "{kind}");
    }
    let apex = look("example.com", &options);
    assert_eq!(short(&apex.dns.a), "none no-such-record");
    assert_eq!(short(&apex.dns.ns), "found ns1.example.com");
    assert_eq!(apex.dns.zone.as_deref(), Some("example.com"));
    assert_eq!(apex.dns.name_servers, ["ns1.example.com"]);
}

#[test]
fn what_fails_but_answers_with_checking_disabled_is_bogus() {
    for (kind, host, owner, found) in OWNERS {
        let mut plan = with(full(), "faults", &format!("resolver {owner} {kind}"), json!("bogus"));
        plan["zones"]["example.com"]["signed"] = json!(true);
        let world = world(plan);
        let mut options = options(&world);
        options.txt_prefix = Some("_look".into());
        for (other, answer) in answers(&look(host, &options)) {
            if other == kind {
                assert_eq!(answer, found.replace("found", "bogus"));
            } else {
                assert!(!answer.starts_with("bogus"), "{other} where {kind} is bogus");
            }
        }
    }
}

#[test]
fn a_zone_that_fails_dnssec_as_a_whole_is_bogus() {
    let mut plan = full();
    plan["faults"] = json!({
        "resolver example.com NS": "bogus",
        "resolver shop.example.com NS": "bogus",
        "resolver shop.example.com A": "bogus",
    });
    let seen = look("shop.example.com", &options(&world(plan)));
    assert_eq!(short(&seen.dns.a), "bogus 127.0.0.1, 127.0.0.2");
    assert_eq!(short(&seen.dns.aaaa), "found 2001:db8::1");
}

#[test]
fn the_zones_own_servers_are_asked_since_a_resolver_remembers_what_is_not_so_any_more() {
    let mut plan = full();
    plan["faults"] =
        json!({ "resolver shop.example.com A": "refused", "resolver shop.example.com AAAA": "lame" });
    let world = world(plan);
    let seen = look("shop.example.com", &options(&world));
    assert_eq!(short(&seen.dns.a), "found 127.0.0.1, 127.0.0.2");
    assert_eq!(short(&seen.dns.aaaa), "found 2001:db8::1");
    assert_eq!(seen.dns.a.source.map(Source::code), Some("zone"));
    assert!(!world.seen().contains(&"dns 127.0.0.53 shop.example.com A".to_owned()));
}

#[test]
fn the_resolver_answers_where_the_zones_servers_do_not() {
    for fault in ["refused", "server-failure", "silence", "lame", "malformed"] {
        let seen = look(
            "shop.example.com",
            &options(&world(with(full(), "faults", "zone shop.example.com A", json!(fault)))),
        );
        assert_eq!(short(&seen.dns.a), "found 127.0.0.1, 127.0.0.2", "{fault}");
        assert_eq!(seen.dns.a.source.map(Source::code), Some("resolver"), "{fault}");
    }
}

#[test]
fn another_server_of_the_zone_answers_where_the_first_does_not() {
    let mut plan = full();
    plan["zones"]["example.com"]["servers"] = json!(["127.0.1.99", "127.0.1.2"]);
    let world = world(plan);
    let mut options = options(&world);
    options.world.allowed.push([127, 0, 1, 99].into());
    let seen = look("shop.example.com", &options);
    // Nobody is at the first address.
    assert_eq!(short(&seen.dns.a), "found 127.0.0.1, 127.0.0.2");
    assert_eq!(seen.dns.a.source.map(Source::code), Some("zone"));
}

#[test]
fn a_lame_delegation_is_told() {
    let mut plan = full();
    plan["zones"]["example.com"]["lame"] = json!(true);
    plan["faults"] = json!({ "resolver shop.example.com A": "server-failure", "resolver shop.example.com AAAA": "server-failure" });
    let seen = look("shop.example.com", &options(&world(plan)));
    assert_eq!(short(&seen.dns.a), "refused refused");
    let mut plan = full();
    plan["faults"] =
        json!({ "zone shop.example.com A": "lame", "resolver shop.example.com A": "server-failure" });
    let seen = look("shop.example.com", &options(&world(plan)));
    assert_eq!(short(&seen.dns.a), "failed lame");
}

#[test]
fn a_zone_below_is_asked_at_its_own_servers() {
    let plan = json!({
        "zones": {
            "example.com": { "servers": ["127.0.1.1"] },
            "deep.example.com": { "servers": ["127.0.1.2"] },
            "very.deep.example.com": { "servers": ["127.0.1.3"] },
        },
        "records": { "shop.very.deep.example.com A": ["127.0.0.1"] },
    });
    let world = world(plan);
    let hosts = ["shop.very.deep.example.com", "other.very.deep.example.com"];
    let seen = look_at(&hosts, &options(&world));
    assert_eq!(short(&seen[0].dns.a), "found 127.0.0.1");
    assert_eq!(short(&seen[1].dns.a), "none no-such-name");
    assert_eq!(seen[0].dns.zone.as_deref(), Some("very.deep.example.com"));
    assert_eq!(seen[0].dns.name_servers, ["ns1.very.deep.example.com"]);
    assert!(world.seen().contains(&"dns 127.0.1.3 shop.very.deep.example.com A".to_owned()));
    assert!(!world.seen().contains(&"dns 127.0.0.53 shop.very.deep.example.com A".to_owned()));
}

#[test]
fn aliases_are_followed_from_zone_to_zone_and_told() {
    let plan = json!({
        "zones": {
            "example.com": { "servers": ["127.0.1.1"] },
            "example.net": { "servers": ["127.0.1.2"] },
        },
        "records": {
            "www.example.com CNAME": ["shop.example.com"],
            "shop.example.com CNAME": ["edge.example.net"],
            "edge.example.net A": ["127.0.0.1"],
            "round.example.com CNAME": ["about.example.com"],
            "about.example.com CNAME": ["round.example.com"],
            "lost.example.com CNAME": ["nobody.example.net"],
        },
    });
    let seen = look_at(&["www.example.com", "round.example.com", "lost.example.com"], &options(&world(plan)));
    assert_eq!(short(&seen[0].dns.a), "found 127.0.0.1");
    assert_eq!(seen[0].dns.a.aliases, ["shop.example.com", "edge.example.net"]);
    assert_eq!(short(&seen[0].dns.aaaa), "none no-such-record");
    assert_eq!(short(&seen[0].dns.cname), "found shop.example.com");
    assert_eq!(short(&seen[1].dns.a), "failed alias-loop");
    assert_eq!(short(&seen[2].dns.a), "none no-such-name");
    assert_eq!(seen[2].dns.a.aliases, ["nobody.example.net"]);
}

#[test]
fn a_chain_of_aliases_that_is_too_long_ends() {
    let mut plan = json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } }, "records": {} });
    for number in 0..30 {
        plan["records"][format!("a{number}.example.com CNAME")] =
            json!([format!("a{}.example.com", number + 1)]);
    }
    let seen = look("a0.example.com", &options(&world(plan)));
    assert_eq!(short(&seen.dns.a), "failed alias-loop");
    assert_eq!(seen.dns.a.aliases.len(), 8);
}

#[test]
fn authorities_are_looked_for_up_the_tree() {
    let mut plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] }, "com": { "servers": ["127.0.1.2"] } },
        "records": { "shop.example.com A": ["127.0.0.1"], "example.com CAA": ["0 issue ;"] },
    });
    let seen = look("www.shop.example.com", &options(&world(plan.clone())));
    assert_eq!(short(&seen.dns.caa), "found 0 issue \";\"");
    assert_eq!(seen.dns.caa.name, "example.com");
    // A failure in between is the answer: nobody would issue then.
    plan["faults"] = json!({ "shop.example.com CAA": "server-failure" });
    let seen = look("www.shop.example.com", &options(&world(plan.clone())));
    assert_eq!(short(&seen.dns.caa), "failed server-failure");
    assert_eq!(seen.dns.caa.name, "shop.example.com");
    // Up to the top.
    plan["records"] = json!({ "com CAA": ["0 issue letsencrypt.org"] });
    plan["faults"] = json!({});
    let seen = look("www.shop.example.com", &options(&world(plan)));
    assert_eq!(
        (short(&seen.dns.caa).as_str(), seen.dns.caa.name.as_str()),
        ("found 0 issue \"letsencrypt.org\"", "com")
    );
}

#[test]
fn a_dead_resolver_and_a_missing_one_are_told() {
    let world = world(full());
    let mut lonely = options(&world);
    lonely.world.resolvers = vec![([127, 0, 0, 66], world.ports().dns).into()];
    assert_eq!(short(&look("shop.example.com", &lonely).dns.a), "failed unreachable");
}
