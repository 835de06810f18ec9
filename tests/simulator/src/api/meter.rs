//! Two budgets: calls per minute and calls per month.

use crate::api::answer::Answer;
use crate::content::clock;
use crate::content::state::State;
use crate::content::switches::{QuotaSpent, RetryAfter, Switches};
use std::time::{Duration, Instant};

/// Shown as the limit while none is set: every answer carries the headers, but the number is not documented.
const NOMINAL_LIMIT: u64 = 60;

/// Calls counted in the running window.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meter {
    window: Option<Instant>,
    used: u64,
}

impl Meter {
    /// Counts one call; refuses it when a budget is spent.
    pub(crate) fn take(&mut self, state: &mut State, switches: Switches) -> Result<(), Answer> {
        if state.monthly_quota.is_some_and(|quota| state.calls_this_month >= quota) {
            let status = if switches.quota_spent == QuotaSpent::Forbidden { 403 } else { 429 };
            return Err(Answer::message(status, "The monthly API quota of this workspace is spent."));
        }
        let Some(limit) = state.rate_limit_per_minute else {
            state.calls_this_month += 1;
            return Ok(());
        };
        let length = Duration::from_millis(state.rate_limit_window_ms);
        let start = match self.window {
            Some(start) if start.elapsed() < length => start,
            _ => {
                self.used = 0;
                *self.window.insert(Instant::now())
            }
        };
        if self.used >= limit {
            let wait = length.saturating_sub(start.elapsed());
            let refusal = Answer::message(429, "Too Many Attempts.");
            return Err(match retry_after(switches.retry_after, wait) {
                Some(value) => refusal.with_header("retry-after", value),
                None => refusal,
            });
        }
        self.used += 1;
        state.calls_this_month += 1;
        Ok(())
    }

    /// The values of `X-RateLimit-Limit` and `X-RateLimit-Remaining`.
    pub(crate) fn headers(self, state: &State) -> (u64, u64) {
        let Some(limit) = state.rate_limit_per_minute else { return (NOMINAL_LIMIT, NOMINAL_LIMIT - 1) };
        let length = Duration::from_millis(state.rate_limit_window_ms);
        let used = if self.window.is_some_and(|start| start.elapsed() < length) { self.used } else { 0 };
        (limit, limit.saturating_sub(used))
    }
}

/// A `Retry-After` of `wait` in the form that the switch asks for.
pub(crate) fn retry_after(form: RetryAfter, wait: Duration) -> Option<String> {
    match form {
        RetryAfter::Seconds => Some(wait.as_millis().div_ceil(1000).to_string()),
        RetryAfter::Date => Some(clock::http_date(wait)),
        RetryAfter::Absent => None,
    }
}
