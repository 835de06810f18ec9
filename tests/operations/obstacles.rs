//! What is told of a request that went wrong, where a panel that answers as a simulator does cannot show it: raw answers,
//! connections that do not come about, tries that follow a lost one.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use runcloud::{
    api::Redirection,
    http::{Error, ErrorKind, Reason},
    operations::{add_domain, domains, ping, redeploy_ssl},
};
use serde_json::json;

use crate::panel::{APP, Panel};

/// The error of a ping whose answer is `answer`, bytes as they stand.
fn failure_of(answer: &[u8]) -> Error {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let panel = Panel::new().with_settings(|t| {
        t.base_url = format!("http://{}/api", server.local_addr().unwrap());
        t.max_retries = "0".into();
    });
    thread::scope(|scope| {
        scope.spawn(|| {
            let (connection, _) = server.accept().unwrap();
            let mut lines = BufReader::new(&connection).lines();
            while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
            (&connection).write_all(answer).unwrap();
        });
        panel.call(ping).expect_err("succeeded")
    })
}

#[test]
fn an_answer_that_no_panel_sends_is_told_by_what_is_wrong_with_it() {
    let headers = "x-more: 1\r\n".repeat(200);
    let compressed =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00";
    for (answer, reason, word) in [
        (format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes(), Reason::TooManyHeaders, "headers"),
        (compressed.to_vec(), Reason::AnswerCompressed, "gzip"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec(), Reason::AnswerNotHttp, "HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec(), Reason::AnswerBroken, "broke off"),
    ] {
        let error = failure_of(&answer);
        assert_eq!(error.reason(), reason, "{error}: {:?}", error.cause());
        assert!(error.message().contains(word) && error.message().contains("GET ping"), "{error}");
        // The panel may have done what it was asked for.
        assert!(error.is_answer_lost() && error.is_retryable(), "{error}");
    }
}

#[test]
fn a_date_to_wait_for_is_meant_by_the_clock_of_whoever_wrote_it() {
    let answer = |date: &str| {
        format!("HTTP/1.1 429 Too Many Requests\r\n{date}Retry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\n\r\n")
    };
    let wait = |date: &str| failure_of(answer(date).as_bytes()).retry_after();
    assert_eq!(wait("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), Some(Duration::from_secs(30)));
    assert_eq!(wait("Date: Sun, 06 Nov 1994 09:00:00 GMT\r\n"), Some(Duration::ZERO));
    assert_eq!(wait("Date: soon\r\n"), Some(Duration::ZERO));
}

#[test]
fn a_time_out_while_connecting_is_no_lost_answer() {
    for url in [|p: &Panel| p.black_hole_url(), |p: &Panel| p.silent_url()] {
        for (setting, reason) in [
            ("runcloud.connect_timeout", Reason::ConnectTimeout),
            ("runcloud.timeout", Reason::ConnectTimeout),
            ("runcloud.deadline", Reason::DeadlinePassed),
        ] {
            let panel = Panel::new();
            let address = url(&panel);
            let panel = panel.with_settings(|t| {
                t.base_url = address;
                (t.connect_timeout, t.timeout, t.deadline) = ("60".into(), "60".into(), "60".into());
                match setting {
                    "runcloud.connect_timeout" => t.connect_timeout = "0.2".into(),
                    "runcloud.timeout" => t.timeout = "0.2".into(),
                    _ => t.deadline = "0.2".into(),
                }
                t.max_retries = "0".into();
            });
            let mut requests = 0;
            let error = panel
                .call(|s| {
                    let result = add_domain(s, APP, "a.example", false, Redirection::None);
                    requests = s.requests();
                    result
                })
                .unwrap_err();
            assert_eq!((error.reason(), error.kind(), requests), (reason, ErrorKind::Timeout, 1), "{error}");
            assert!(!error.is_answer_lost() && !error.is_outcome_unknown(), "{error}");
            assert!(error.message().contains(setting) && error.message().contains("0.2 s"), "{error}");
        }
    }
}

#[test]
fn a_refusal_does_not_hide_that_an_earlier_try_may_have_been_carried_out() {
    for refusal in [json!({"status": 403}), json!({"status": 429}), json!({"status": 422})] {
        let panel = Panel::new();
        panel.add_fault(json!({"kind": "processed_status", "match": {"method": "PUT"}, "times": 1}));
        let mut fault = refusal.clone();
        fault["kind"] = "status".into();
        panel.add_fault(fault);
        let error = panel.call(|s| redeploy_ssl(s, APP, None, Some(4001), None)).unwrap_err();
        assert_eq!(
            (error.status(), error.attempts()),
            (refusal["status"].as_u64().map(|s| s.try_into().unwrap()), 2)
        );
        assert!(error.is_answer_lost() && error.is_outcome_unknown(), "{error}");
        assert!(error.message().contains("earlier try"), "{error}");
    }
}

#[test]
fn what_only_reads_leaves_no_outcome_unknown() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "status", "status": 500, "times": 1}));
    panel.add_fault(json!({"kind": "status", "status": 403}));
    let error = panel.call(ping).unwrap_err();
    assert!(error.is_answer_lost() && !error.is_outcome_unknown(), "{error}");
    assert!(!error.message().contains("earlier try"), "{error}");
}

#[test]
fn a_change_whose_last_answer_was_lost_leaves_its_outcome_unknown() {
    let panel = Panel::new().with_settings(|t| t.max_retries = "0".into());
    panel.add_fault(json!({"kind": "status", "status": 500, "match": {"method": "PUT"}}));
    let error = panel.call(|s| redeploy_ssl(s, APP, None, Some(4001), None)).unwrap_err();
    assert!(error.is_answer_lost() && error.is_outcome_unknown(), "{error}");
    assert!(!error.message().contains("earlier try"), "{error}");
}

#[test]
fn the_deadline_counts_the_time_that_the_client_takes_to_be_made() {
    let panel = Panel::new();
    let file = std::env::temp_dir().join(format!("runcloud-many-authorities-{}.pem", std::process::id()));
    // Its authorities take a while to be read.
    std::fs::write(&file, panel.ca_pem().repeat(10_000)).unwrap();
    let panel = panel.with_settings(|t| {
        t.ca_file = file.display().to_string();
        t.deadline = "0.005".into();
    });
    let mut requests = None;
    let error = panel.call(|s| {
        let result = ping(s);
        requests = Some(s.requests());
        result
    });
    std::fs::remove_file(&file).unwrap();
    assert_eq!((error.unwrap_err().reason(), requests), (Reason::DeadlinePassed, Some(0)));
}

#[test]
fn a_bad_item_of_a_list_is_told_by_its_place() {
    let panel = Panel::new();
    panel.hold_domains(5);
    panel.add_fault(json!({"kind": "status", "status": 200, "body": {"data": [
        {"id": 1, "name": "a.example"}, {"id": 2, "name": "b.example"}, {"id": 3, "name": "c.example"}, {"id": "none", "name": "d.example"},
    ]}}));
    let error = panel.call(|s| domains(s, APP)).unwrap_err();
    assert!(error.message().contains("at data[3].id"), "{error}");
}

#[test]
fn a_reason_and_its_details_say_what_the_sentence_says() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "status", "status": 429, "retry_after": 90}));
    let error = panel.call(ping).unwrap_err();
    let details: Vec<_> = error.details().iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(error.reason().code(), "rate-limited");
    assert_eq!(details, ["request=GET ping", "status=429", "seconds=90 s", "says=Too Many Requests"]);
}
