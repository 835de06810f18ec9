//! The panel's times: `YYYY-MM-DD HH:MM:SS`, in UTC.

use std::time::{Duration, SystemTime};
use time::OffsetDateTime;

pub(crate) fn now() -> String {
    text(OffsetDateTime::now_utc())
}

pub(crate) fn in_days(days: i64) -> String {
    text(OffsetDateTime::now_utc() + time::Duration::days(days))
}

/// The moment `wait` from now in the form of HTTP headers, rounded up so that nobody comes back too early.
pub(crate) fn http_date(wait: Duration) -> String {
    let wait = Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0));
    httpdate::fmt_http_date(SystemTime::now() + wait)
}

fn text(moment: OffsetDateTime) -> String {
    let (date, time) = (moment.date(), moment.time());
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}
