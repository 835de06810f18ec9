//! One deadline for all, an answer for each, and nobody spends the time of the others.

use std::time::Duration;

use runcloud::inspect::Verdict;
use serde_json::json;

use crate::view::{look, look_at, options, short, world};

#[test]
fn everything_hangs_and_the_deadline_holds() {
    let mut plan = json!({ "zones": {}, "records": {}, "faults": {}, "pages": {}, "certificates": {} });
    let mut hosts = Vec::new();
    for number in 0..300 {
        let zone = format!("zone{number}.example");
        plan["zones"][&zone] = json!({ "servers": ["127.0.1.1"] });
        plan["records"][format!("{zone} A")] = json!(["127.0.0.1"]);
        match number % 5 {
            0 => plan["faults"][format!("{zone} NS")] = json!("silence"),
            1 => plan["faults"][format!("{zone} A")] = json!("silence"),
            2 => plan["pages"][format!("{zone}/")] = json!({ "how": "hang" }),
            3 => plan["certificates"][&zone] = json!("hang"),
            _ => plan["records"][format!("{zone} A")] = json!(["127.0.0.77"]),
        }
        hosts.push(zone);
    }
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let world = world(plan);
    let mut options = options(&world);
    // Longer than the deadline, each of them.
    let long = Duration::from_secs(60);
    options.limits = runcloud::inspect::Limits {
        zone_question: long,
        resolver_question: long,
        connect: long,
        answer: long,
        slow: Duration::from_millis(100),
    };
    options.deadline = Duration::from_secs(2);
    options.probe_paths = vec!["/".into()];
    let seen = look_at(&hosts, &options);
    assert_eq!(seen.len(), 300);
    for seen in seen {
        assert!(seen.error.is_none() && !seen.http.is_empty(), "{seen:?}");
        let is_late = [short(&seen.dns.a), short(&seen.dns.ns)].contains(&"too-late deadline".to_owned())
            || seen.http[0].error().is_some()
            || seen.tls.iter().any(|look| look.verdict == Verdict::TooLate);
        assert!(is_late, "{seen:?}");
    }
}

#[test]
fn hosts_that_hang_do_not_hold_up_the_others() {
    let mut plan =
        json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } }, "records": {}, "pages": {} });
    let mut hosts = Vec::new();
    for number in 0..40 {
        plan["records"][format!("slow{number}.example.com A")] = json!(["127.0.0.1"]);
        plan["pages"][format!("slow{number}.example.com/")] = json!({ "how": "hang" });
        hosts.push(format!("slow{number}.example.com"));
    }
    for number in 0..40 {
        plan["records"][format!("quick{number}.example.com A")] = json!(["127.0.0.1"]);
        hosts.push(format!("quick{number}.example.com"));
    }
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let world = world(plan);
    let mut options = options(&world);
    options.probe_paths = vec!["/".into()];
    options.concurrency = 16;
    options.limits.answer = Duration::from_secs(60);
    options.deadline = Duration::from_secs(10);
    let seen = look_at(&hosts, &options);
    let quick: Vec<_> = seen[40..].iter().map(|seen| seen.http[0].status()).collect();
    // 40 slow ones hold 16 places in turn; they give them up after a fifth of a second.
    assert_eq!(quick, vec![Some(404); 40]);
}

#[test]
fn junk_and_duplicates_are_answered_in_their_place() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "shop.example.com A": ["127.0.0.1"] },
    }));
    let long = format!("{}.example.com", "a".repeat(64));
    let hosts = [
        "shop.example.com",
        "",
        "Shop.Example.com",
        "shop..example.com",
        "1.2.3.4",
        "localhost",
        "shop.example.com",
        "a b.example",
        "*",
        "*.*.example.com",
        "-a.example",
        &long,
        "b\u{fc}cher.example",
        "x.example\r\n",
        "[::1]",
    ];
    let seen = look_at(&hosts, &options(&world));
    for (host, seen) in hosts.iter().zip(&seen) {
        assert_eq!(seen.host, *host);
        if *host == "shop.example.com" {
            assert_eq!((seen.error, short(&seen.dns.a).as_str()), (None, "found 127.0.0.1"));
        } else {
            assert_eq!(
                (seen.error, short(&seen.dns.a).as_str()),
                (Some("not-a-host"), "none not-a-host"),
                "{host}"
            );
        }
    }
    assert_eq!(world.seen().iter().filter(|seen| *seen == "dns 127.0.1.1 shop.example.com A").count(), 1);
}

#[test]
fn no_hosts_are_no_answers() {
    assert!(look_at(&[], &options(&world(json!({})))).is_empty());
}

#[test]
fn an_address_that_never_answers_is_not_waited_for_again_and_again() {
    let mut plan = json!({ "zones": { "example.com": { "servers": ["127.0.1.1"] } }, "records": {} });
    let hosts: Vec<String> = (0..60).map(|number| format!("shop{number}.example.com")).collect();
    for host in &hosts {
        plan["records"][format!("{host} A")] = json!(["127.0.0.77"]);
    }
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let world = world(plan);
    let mut options = options(&world);
    options.probe_paths = vec!["/".into()];
    options.concurrency = 2;
    options.limits.slow = Duration::from_secs(60);
    options.limits.connect = Duration::from_secs(1);
    let seen = look_at(&hosts, &options);
    // 60 hosts, two at a time, would take 30 seconds: the deadline.
    assert!(seen.iter().all(|seen| seen.http[0].error() == Some("connect-timeout")));
    assert!(seen.iter().all(|seen| seen.tls[0].verdict == Verdict::TooLate));
}

#[test]
fn nothing_is_left_open_and_no_thread_remains() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "shop.example.com A": ["127.0.0.1", "127.0.0.77"] },
        "pages": { "shop.example.com/": { "how": "hang" } },
        "certificates": { "shop.example.com": "hang" },
    }));
    let mut options = options(&world);
    options.probe_paths = vec!["/".into()];
    options.deadline = Duration::from_millis(300);
    look("shop.example.com", &options);
    // Other tests run in this process, so what is counted is what leads to this world.
    let ports = [world.ports().http, world.ports().https].map(|port| format!(":{port:04X}"));
    let sockets = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let sockets: Vec<Vec<&str>> = sockets.lines().map(|line| line.split_whitespace().collect()).collect();
    let leads_here = |socket: &&Vec<&str>| {
        let (peer, state) = (socket[2], socket[3]);
        // Those who fill the machine at 127.0.0.77 are the world's own. They are connected, which we never are.
        let is_filler = peer.starts_with("4D00007F") && state == "01";
        ports.iter().any(|port| peer.ends_with(port)) && !is_filler
    };
    let ours: Vec<String> =
        sockets.iter().skip(1).filter(leads_here).map(|socket| format!("socket:[{}]", socket[9])).collect();
    let open = std::fs::read_dir("/proc/self/fd").unwrap();
    let open = open.filter_map(|fd| Some(std::fs::read_link(fd.ok()?.path()).ok()?.display().to_string()));
    assert_eq!(open.filter(|link| ours.contains(link)).collect::<Vec<_>>(), Vec::<String>::new());
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    assert_eq!(names.filter(|name| name.starts_with("tokio")).count(), 0);
}
