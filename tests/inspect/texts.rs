//! The texts of many names.

use std::time::Duration;

use runcloud::inspect::Source;
use serde_json::json;

use crate::{
    dns::{FAULTS, WELL},
    view::{options, text_answers, texts, world},
};

const NAME: &str = "_sync.shop.example.com";

#[test]
fn each_fault_has_its_outcome_and_spoils_no_other_name() {
    let mut plan =
        json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } }, "records": {}, "faults": {} });
    let mut names = vec![NAME.to_owned()];
    plan["records"][format!("{NAME} TXT")] = json!(["proof"]);
    for (fault, _) in FAULTS {
        let name = format!("_sync.{fault}.example.com");
        plan["records"][format!("{name} TXT")] = json!(["proof"]);
        plan["faults"][format!("{name} TXT")] = json!(fault);
        names.push(name);
    }
    let world = world(plan);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let said = texts(&names, &options(&world));
    assert_eq!(said[0], "found proof");
    for ((fault, outcome), said) in FAULTS.iter().zip(&said[1..]) {
        assert_eq!(said, if *outcome == WELL { "found proof" } else { outcome }, "{fault}");
    }
}

#[test]
fn what_is_not_there_is_none_and_says_whether_the_name_is() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "_sync.shop.example.com A": ["127.0.0.1"] },
    });
    let said = texts(&[NAME, "_sync.other.example.com"], &options(&world(plan)));
    assert_eq!(said, ["none no-such-record", "none no-such-name"]);
}

#[test]
fn a_record_counts_as_soon_as_the_zones_own_server_has_it() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "_sync.shop.example.com TXT": ["proof"] },
        "faults": { "resolver _sync.shop.example.com TXT": "lame" },
    });
    let world = world(plan);
    let answer = text_answers(&[NAME], &options(&world)).remove(0);
    assert_eq!(answer.records, [b"proof"]);
    assert_eq!(answer.name, NAME);
    assert_eq!(answer.source.map(Source::code), Some("zone"));
    assert!(!world.seen().contains(&format!("dns 127.0.0.53 {NAME} TXT")));
}

#[test]
fn the_resolver_answers_where_the_zones_servers_do_not() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "_sync.shop.example.com TXT": ["proof"] },
        "faults": { "zone _sync.shop.example.com TXT": "refused" },
    });
    let answer = text_answers(&[NAME], &options(&world(plan))).remove(0);
    assert_eq!(answer.records, [b"proof"]);
    assert_eq!(answer.source.map(Source::code), Some("resolver"));
}

#[test]
fn texts_that_fail_dnssec_are_bogus() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"], "signed": true } },
        "records": { "_sync.shop.example.com TXT": ["proof"], "_sync.other.example.com TXT": ["proof"] },
        "faults": { "resolver _sync.shop.example.com TXT": "bogus" },
    });
    let said = texts(&[NAME, "_sync.other.example.com"], &options(&world(plan)));
    assert_eq!(said, ["bogus proof", "found proof"]);
}

#[test]
fn a_name_may_be_delegated_by_aliases() {
    let plan = json!({
        "zones": {
            "example.com": { "servers": ["127.0.1.1"] },
            "example.net": { "servers": ["127.0.1.2"] },
        },
        "records": {
            "_sync.shop.example.com CNAME": ["_a.agency.example.net"],
            "_a.agency.example.net CNAME": ["b.agency.example.net"],
            "b.agency.example.net TXT": ["proof"],
            "_sync.round.example.com CNAME": ["_sync.about.example.com"],
            "_sync.about.example.com CNAME": ["_sync.round.example.com"],
            "_sync.lost.example.com CNAME": ["nobody.example.net"],
        },
    });
    let names = [NAME, "_sync.round.example.com", "_sync.lost.example.com"];
    let world = world(plan);
    let answers = text_answers(&names, &options(&world));
    assert_eq!(answers[0].records, [b"proof"]);
    assert_eq!(answers[0].aliases, ["_a.agency.example.net", "b.agency.example.net"]);
    assert!(world.seen().contains(&"dns 127.0.1.2 b.agency.example.net TXT".to_owned()));
    assert_eq!(texts(&names, &options(&world))[1..], ["failed alias-loop", "none no-such-name"]);
}

#[test]
fn the_strings_of_a_text_are_one_text_and_each_record_is_its_own() {
    let long = "0123456789".repeat(60);
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "_sync.shop.example.com TXT": [
            r#""one " "two" "" "three""#, r#""""#, r#""a \"quote\" and \195\188""#, long,
        ] },
    });
    let said = text_answers(&[NAME], &options(&world(plan))).remove(0);
    let said: Vec<_> = said.records.iter().map(|text| std::str::from_utf8(text).unwrap()).collect();
    assert_eq!(said, ["one twothree", "", "a \"quote\" and \u{fc}", &long]);
}

#[test]
fn what_is_no_utf_8_is_replaced_and_no_answer_takes_more_than_there_is_room_for() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": {
            "_sync.shop.example.com TXT": [
                r#""proof\255\254.""#, r#""\195" "\188""#, format!("{}\u{fc}", "x".repeat(1023)),
            ],
            "_sync.bytes.example.com TXT": [format!("\"{}\" ", r"\255".repeat(250)).repeat(8)],
            "_sync.many.example.com TXT": (0..60).map(|_| "x".repeat(1000)).collect::<Vec<_>>(),
            "_sync.huge.example.com TXT": ["x".repeat(60_000)],
        },
    });
    let names = [NAME, "_sync.bytes.example.com", "_sync.many.example.com", "_sync.huge.example.com"];
    let answers = text_answers(&names, &options(&world(plan)));
    let said: Vec<Vec<_>> = answers
        .iter()
        .map(|answer| answer.records.iter().map(|text| std::str::from_utf8(text).unwrap()).collect())
        .collect();
    assert_eq!(said[0], ["proof\u{fffd}\u{fffd}.", "\u{fc}", &"x".repeat(1023)]);
    assert_eq!(said[1], ["\u{fffd}".repeat(341)]);
    assert_eq!(said[2], vec!["x".repeat(1000); 32]);
    assert_eq!(said[3], ["x".repeat(1024)]);
}

#[test]
fn what_can_be_no_name_is_not_asked_for() {
    let world = world(json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } } }));
    let names =
        ["", "_sync", "_sync.*.example.com", "*.example.com", "_Sync.example.com", "_sync.\u{fc}.example"];
    for (name, answer) in names.iter().zip(text_answers(&names, &options(&world))) {
        assert_eq!((answer.outcome.code(), answer.detail), ("none", Some("not-a-host")), "{name}");
        assert_eq!(answer.name, "");
    }
    assert_eq!(world.seen(), Vec::<String>::new());
}

#[test]
fn names_are_asked_once_and_share_what_leads_to_their_zone() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "_sync.shop.example.com TXT": ["proof"] },
    });
    let world = world(plan);
    let others: Vec<String> = (0..50).map(|number| format!("_sync.shop{number}.example.com")).collect();
    let mut names = vec![NAME; 3];
    names.extend(others.iter().map(String::as_str));
    let said = texts(&names, &options(&world));
    assert_eq!(said[..3], ["found proof"; 3]);
    assert!(said[3..].iter().all(|said| said == "none no-such-name"));
    let times = |what: &str| world.seen().iter().filter(|seen| *seen == what).count();
    assert_eq!(times(&format!("dns 127.0.1.1 {NAME} TXT")), 1);
    assert_eq!(times("dns 127.0.0.53 example.com NS"), 1);
}

#[test]
fn names_that_hang_hold_nobody_up_and_the_deadline_holds() {
    let mut plan = json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] }, "example.net": { "servers": ["127.0.1.2"] } },
        "records": { "_sync.shop.example.com TXT": ["proof"] },
        "dead": ["127.0.1.2"],
        "faults": {},
    });
    let hanging: Vec<String> = (0..40).map(|number| format!("_sync.shop{number}.example.net")).collect();
    for name in &hanging {
        plan["faults"][format!("resolver {name} TXT")] = json!("silence");
    }
    let world = world(plan);
    let mut options = options(&world);
    options.concurrency = 4;
    options.deadline = Duration::from_secs(2);
    options.limits.zone_question = Duration::from_secs(9);
    options.limits.resolver_question = Duration::from_secs(9);
    options.limits.slow = Duration::from_millis(50);
    // Four places, and eight more for those that hang.
    let mut names: Vec<&str> = hanging.iter().take(8).map(String::as_str).collect();
    names.push(NAME);
    names.extend(hanging.iter().skip(8).map(String::as_str));
    let said = texts(&names, &options);
    assert_eq!(said[8], "found proof");
    assert!(said.iter().filter(|said| *said == "too-late deadline").count() == 40, "{said:?}");
}

#[test]
fn a_server_of_the_inside_is_not_asked() {
    let plan = json!({
        "zones": { "example.com": { "servers": ["127.0.0.9"] } },
        "records": { "_sync.shop.example.com TXT": ["proof"] },
        "faults": { "resolver _sync.shop.example.com TXT": "server-failure" },
    });
    let world = world(plan);
    assert_eq!(texts(&[NAME], &options(&world)), ["failed server-not-public"]);
    assert!(!world.seen().iter().any(|seen| seen.contains("127.0.0.9")));
}
