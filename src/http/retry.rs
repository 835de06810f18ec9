//! When to try again.

use std::time::{Duration, SystemTime};

/// First wait before a retry, before jitter; doubled for each further one.
const BASE: Duration = Duration::from_millis(500);
/// Longest wait of our own, before jitter.
const CAP: Duration = Duration::from_secs(8);
/// Longest wait that is believed of a panel.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(86_400);
/// The part of a wait that the panel asked for by which workers come back at different times.
const SPREAD: u32 = 4;

/// The wait before retry number `retry`, counted from 1: exponential, with full jitter, so that workers that failed
/// together do not come back together.
pub(crate) fn backoff(retry: u32) -> Duration {
    ceiling(retry).mul_f64(fastrand::f64())
}

/// The wait before retry number `retry` when the panel asked for `asked`: never less than that, never sooner than without its
/// wish, and spread like the back-off, since all workers were asked for the same.
pub(super) fn at_least(asked: Duration, retry: u32) -> Duration {
    asked + ceiling(retry).max(asked / SPREAD).mul_f64(fastrand::f64())
}

fn ceiling(retry: u32) -> Duration {
    BASE.saturating_mul(1 << retry.saturating_sub(1).min(10)).min(CAP)
}

/// Reads `Retry-After`: seconds, or an HTTP date (RFC 9110, section 10.2.3). `now` is the time by the clock of whoever wrote it. At
/// most a day; a date in the past is no wait; anything else is as if the header were missing.
pub(crate) fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    let wait = if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().map_or(LONGEST_RETRY_AFTER, Duration::from_secs)
    } else {
        httpdate::parse_http_date(text).ok()?.duration_since(now).unwrap_or_default()
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the waits lie between the two, and everywhere between them.
    fn are_spread(waits: impl Fn() -> Duration, from: Duration, to: Duration) {
        let waits: Vec<_> = (0..200).map(|_| waits()).collect();
        let middle = (from + to) / 2;
        assert!(waits.iter().all(|w| (from..=to).contains(w)), "{waits:?}");
        assert!(waits.iter().any(|w| *w < middle) && waits.iter().any(|w| *w > middle), "{waits:?}");
    }

    #[test]
    fn the_backoff_has_full_jitter_below_a_ceiling_that_doubles() {
        for (retry, ceiling) in [(1, 500), (2, 1000), (3, 2000), (5, 8000), (9, 8000), (u32::MAX, 8000)] {
            are_spread(|| backoff(retry), Duration::ZERO, Duration::from_millis(ceiling));
        }
    }

    #[test]
    fn no_wait_that_the_panel_asks_for_is_shortened_and_none_is_the_same_for_all() {
        for (asked, retry, longest) in [(0, 1, 500), (0, 3, 2000), (1000, 1, 1500), (60_000, 1, 75_000)] {
            let asked = Duration::from_millis(asked);
            are_spread(|| at_least(asked, retry), asked, Duration::from_millis(longest));
        }
    }

    #[test]
    fn retry_after_is_read_in_seconds_and_as_a_date() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        for (text, seconds) in [
            ("0", Some(0)),
            (" 7 ", Some(7)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("99999999999999999999", Some(86_400)),
            ("100000", Some(86_400)),
            ("Sat, 06 Nov 2094 08:49:37 GMT", Some(86_400)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(text, now), seconds.map(Duration::from_secs), "{text:?}");
        }
    }
}
