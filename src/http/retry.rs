//! When to try again.

use std::time::{Duration, SystemTime};

/// First wait before a retry, before jitter; doubled for each further one.
const BASE: Duration = Duration::from_millis(500);
/// Longest wait of our own, before jitter.
const CAP: Duration = Duration::from_secs(8);
/// Longest wait that is believed of a panel.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(86_400);

/// The wait before retry number `retry`, counted from 1: exponential, with full jitter, so that workers that failed
/// together do not come back together.
pub(crate) fn backoff(retry: u32) -> Duration {
    let ceiling = BASE.saturating_mul(1 << retry.saturating_sub(1).min(10)).min(CAP);
    ceiling.mul_f64(fastrand::f64())
}

/// Reads `Retry-After`: seconds, or an HTTP date (RFC 9110, section 10.2.3). At most a day; a date in the past is no
/// wait; anything else is as if the header were missing.
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

    #[test]
    fn the_backoff_has_full_jitter_below_a_ceiling_that_doubles() {
        for (retry, ceiling) in [(1, 500), (2, 1000), (3, 2000), (5, 8000), (9, 8000), (u32::MAX, 8000)] {
            let waits: Vec<_> = (0..200).map(|_| backoff(retry)).collect();
            assert!(waits.iter().all(|w| *w <= Duration::from_millis(ceiling)));
            assert!(waits.iter().any(|w| *w < Duration::from_millis(ceiling / 2)));
            assert!(waits.iter().any(|w| *w > Duration::from_millis(ceiling / 2)));
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
