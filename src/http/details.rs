//! What belongs to a [`super::Reason`]: the host, the setting, the status.

use std::time::Duration;

/// One argument of a reason.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A text, fit to be shown.
    Text(String),
    /// A whole number: an id, a status, a count.
    Number(i64),
    /// A time in seconds.
    Seconds(f64),
}

/// The arguments of a reason by name, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details(Vec<(&'static str, Value)>);

impl Details {
    /// Each name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Sets the value of this name.
    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Seconds(seconds) => write!(f, "{seconds} s"),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Duration> for Value {
    fn from(time: Duration) -> Self {
        Self::Seconds(time.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_a_space_and_without_needless_digits() {
        for (milliseconds, text) in [(3000, "3 s"), (300, "0.3 s"), (1, "0.001 s"), (600_000, "600 s")] {
            assert_eq!(Value::from(Duration::from_millis(milliseconds)).to_string(), text);
        }
    }

    #[test]
    fn details_keep_their_order_and_each_name_once() {
        let mut details = Details::default();
        for (name, value) in [("host", "a"), ("setting", "b"), ("host", "c")] {
            details.set(name, value.into());
        }
        let shown: Vec<_> = details.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(shown, ["host=c", "setting=b"]);
    }
}
