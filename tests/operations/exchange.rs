use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use runcloud::{
    api::Redirection,
    http::{Error, ErrorKind},
    operations::{add_domain, domains, ping},
};
use serde_json::json;

use crate::panel::{APP, Panel, token};

fn failure(panel: &Panel) -> Error {
    panel.call(ping).expect_err("succeeded")
}

#[test]
fn reads_are_repeated_when_the_panel_or_the_connection_fails() {
    for fault in [
        json!({"kind": "status", "status": 500, "times": 2}),
        json!({"kind": "status", "status": 503, "retry_after": 0, "times": 2}),
        json!({"kind": "status", "status": 429, "retry_after": "date:+0", "times": 2}),
        json!({"kind": "drop_before", "times": 2}),
        json!({"kind": "truncated", "times": 2}),
        json!({"kind": "html", "status": 502, "times": 1}),
    ] {
        let panel = Panel::new();
        panel.add_fault(&fault);
        assert_eq!(
            panel.call(|s| domains(s, APP)).map(|d| d.len()).map_err(|e| e.to_string()),
            Ok(1),
            "{fault}"
        );
    }
}

#[test]
fn what_cannot_get_better_is_not_repeated() {
    for status in [302, 400, 401, 403, 405, 409, 422] {
        let panel = Panel::new();
        panel.add_fault(json!({"kind": "status", "status": status}));
        let error = failure(&panel);
        assert_eq!((error.status(), error.attempts(), error.is_retryable()), (Some(status), 1, false));
        assert_eq!(panel.requests().len(), 1, "{status}");
    }
}

#[test]
fn a_wait_longer_than_the_deadline_is_handed_to_the_caller() {
    for (retry_after, seconds) in [(json!(90), 90), (json!(999_999_999), 86_400)] {
        let panel = Panel::new();
        panel.add_fault(json!({"kind": "status", "status": 429, "retry_after": retry_after}));
        let error = failure(&panel);
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimit, Some(Duration::from_secs(seconds)))
        );
        assert_eq!(panel.requests().len(), 1);
    }
}

#[test]
fn a_rate_limit_without_a_hint_is_not_hammered() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "status", "status": 429}));
    let error = failure(&panel);
    assert_eq!((error.kind(), error.retry_after(), error.is_retryable()), (ErrorKind::RateLimit, None, true));
    assert_eq!(panel.requests().len(), 1);
}

#[test]
fn the_deadline_bounds_a_call_against_a_panel_that_trickles() {
    let panel = Panel::new().with_settings(|t| t.deadline = "1".into());
    panel.add_fault(json!({"kind": "trickle", "ms": 3000, "chunk": 5000}));
    let error = failure(&panel);
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Timeout, true));
    assert!(error.message().contains("runcloud.deadline"), "{error}");
}

#[test]
fn redirects_are_not_followed() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "redirect", "location": format!("{}/v3/ping", panel.panel_url())}));
    assert_eq!(failure(&panel).kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(panel.requests().len(), 1);
}

#[test]
fn a_body_larger_than_any_documented_one_is_not_read() {
    let panel = Panel::new();
    panel.add_fault(json!({"kind": "huge", "bytes": 20_000_000}));
    let error = failure(&panel);
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert!(error.message().contains("4 MiB"), "{error}");
}

#[test]
fn a_wrong_token_is_told_with_its_causes() {
    let mut panel = Panel::new();
    panel.credentials = token("wrong-marker");
    let error = failure(&panel);
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(!error.message().contains("wrong-marker"));
}

#[test]
fn tls_trusts_only_the_right_name_and_a_valid_certificate_of_a_known_root() {
    let right = Panel::new();
    let urls = [right.wrong_host_url(), right.expired_url()];
    for url in urls {
        let panel = Panel::new().with_settings(|t| {
            t.base_url = url;
            t.ca_file = right.ca_path().display().to_string();
        });
        let error = failure(&panel);
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.message().contains("certificate"), "{error}");
    }
    let unknown_root = Panel::new().with_settings(|t| t.ca_file = String::new());
    assert!(failure(&unknown_root).message().contains("not trusted"));
    assert!(unknown_root.requests().is_empty());
}

#[test]
fn a_server_that_answers_in_an_older_version_of_tls_is_told_by_that() {
    // What servers say that know nothing of TLS 1.3: a ServerHello of TLS 1.1, with a random of 32 bytes.
    let mut hello = vec![22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0xc0, 0x13, 0]);
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let panel = Panel::new().with_settings(|t| {
        t.base_url = format!("https://{}/api", server.local_addr().unwrap());
        t.max_retries = "0".into();
    });
    let error = thread::scope(|scope| {
        scope.spawn(|| {
            let (mut connection, _) = server.accept().unwrap();
            connection.read_exact(&mut [0; 5]).unwrap();
            connection.write_all(&hello).unwrap();
            // Until the client has had enough.
            connection.read_to_end(&mut Vec::new())
        });
        failure(&panel)
    });
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.message().contains("TLS 1.2"), "{error}: {:?}", error.cause());
}

#[test]
fn a_panel_that_is_not_there_is_a_connection_error_that_was_never_sent() {
    let panel = Panel::new().with_settings(|t| {
        t.base_url = "https://127.0.0.1:1/api".into();
        t.deadline = "5".into();
    });
    let error = panel.call(|s| add_domain(s, APP, "a.example", false, Redirection::None)).unwrap_err();
    assert_eq!((error.kind(), error.is_answer_lost(), error.attempts()), (ErrorKind::Connection, false, 3));
    let nowhere = Panel::new().with_settings(|t| t.base_url = "https://nowhere.invalid/api".into());
    assert!(failure(&nowhere).message().contains("DNS"));
}

#[test]
fn an_unusable_ca_file_is_named() {
    let panel = Panel::new();
    for (file, why) in [("/nonexistent.pem", "cannot be read"), ("/etc/hostname", "no PEM certificate")] {
        let panel = Panel::new().with_settings(|t| t.ca_file = file.into());
        let error = failure(&panel);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.message().contains(file) && error.message().contains(why), "{error}");
    }
    assert!(panel.requests().is_empty());
}

#[test]
fn requests_are_counted_and_the_rate_limit_is_seen() {
    let panel = Panel::new();
    panel.set_state(json!({"rate_limit_per_minute": 60}));
    panel.hold_domains(99);
    let (requests, remaining) = panel
        .call(|s| {
            domains(s, APP)?;
            Ok((s.requests(), s.rate_limit_remaining()))
        })
        .unwrap();
    assert_eq!((requests, remaining), (3, Some(57)));
}
