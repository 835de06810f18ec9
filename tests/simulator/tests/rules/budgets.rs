//! Calls per minute and per month.

use crate::support::Panel;
use serde_json::json;
use std::time::{Duration, Instant};

#[test]
fn the_limit_per_minute_counts_down_and_refuses() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "rate_limit_per_minute": 3 }));
    for (status, remaining) in [(200, "2"), (200, "1"), (200, "0"), (429, "0")] {
        let reply = panel.get("");
        assert_eq!((reply.status, reply.header("x-ratelimit-remaining")), (status, Some(remaining)));
        assert_eq!(reply.header("x-ratelimit-limit"), Some("3"));
        assert_eq!(reply.header("retry-after").is_some(), status == 429);
    }
}

#[test]
fn a_refused_request_changes_nothing() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "rate_limit_per_minute": 0 }));
    assert_eq!(panel.app("POST", "/domains", r#"{"name":"a.example"}"#).status, 429);
    assert_eq!(panel.names(), ["network.example"]);
}

#[test]
fn the_budget_comes_back_with_the_next_window() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "rate_limit_per_minute": 1, "rate_limit_window_ms": 50 }));
    assert_eq!(panel.get("").status, 200);
    let deadline = Instant::now() + Duration::from_secs(10);
    while panel.get("").status == 429 {
        assert!(Instant::now() < deadline, "the window never ended");
    }
}

#[test]
fn the_monthly_quota_counts_calls_until_it_is_spent() {
    let panel = Panel::calm();
    panel.simulator.set_state(json!({ "monthly_quota": 10, "calls_this_month": 8 }));
    let statuses = [200, 200, 429, 429].map(|expected| (panel.get("").status, expected));
    assert!(statuses.iter().all(|(status, expected)| status == expected), "{statuses:?}");
    assert_eq!(panel.simulator.state()["calls_this_month"], 10);
}

#[test]
fn who_may_not_call_uses_no_budget() {
    let panel = Panel::calm();
    panel.raw("GET", "/v3/ping", &[("authorization", "Bearer wrong")]);
    assert_eq!(panel.simulator.state()["calls_this_month"], 0);
}
