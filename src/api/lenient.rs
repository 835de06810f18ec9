//! Reading what the panel really sends: its answers mix 0/1 with booleans and leave fields out.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor},
};
use serde_json::Value;

/// `true`, `1`, `"1"`, `"true"` and their opposites; null, a missing field (with `#[serde(default)]`) and anything
/// else is `false`. The documentation shows 0/1 in answers and booleans in requests.
pub fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(optional_boolean(deserializer)?.unwrap_or(false))
}

/// As [`boolean`], but what is neither true nor false is `None`.
pub fn optional_boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Bool(b) => Some(b),
        Value::Number(n) => n.as_f64().map(|n| n != 0.0),
        Value::String(s) => match s.as_str() {
            "1" | "true" => Some(true),
            "0" | "false" | "" => Some(false),
            _ => None,
        },
        _ => None,
    })
}

/// As [`boolean`], but what is neither true nor false nor null is an error: for what decides about a change.
pub fn definite_boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(false),
        value => optional_boolean(value)
            .map_err(de::Error::custom)?
            .ok_or_else(|| de::Error::custom("expected true or false")),
    }
}

/// An id as a positive integer, whether sent as `12` or `"12"`.
pub fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    optional_id(deserializer)?.ok_or_else(|| de::Error::custom("expected a positive integer id"))
}

/// As [`id`], but null and anything that is no id is `None`. Ids fit PHP's signed integers.
pub fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let id = match Value::deserialize(deserializer)? {
        Value::Number(n) => n.as_u64(),
        Value::String(s) => s.parse().ok(),
        _ => None,
    };
    Ok(id.filter(|id| *id > 0 && i64::try_from(*id).is_ok()))
}

/// As [`id`], but null is `None`.
pub fn nullable_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        value => id(value).map(Some).map_err(de::Error::custom),
    }
}

/// A text; numbers are taken as their digits, anything else is `None`.
pub fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(s) => Some(s),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    })
}

/// One of a few words; null and anything that is no text is the empty word.
#[derive(Debug, Deserialize)]
pub struct Word(#[serde(deserialize_with = "optional_text")] Option<String>);

impl Word {
    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

/// A list; `{}` (PHP's empty array) is the empty list. It is read as it comes, so that an error knows which item is bad.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct List<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                list.push(item);
            }
            Ok(list)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Vec<T>, A::Error> {
            match fields.next_key::<IgnoredAny>()? {
                None => Ok(Vec::new()),
                Some(_) => Err(de::Error::invalid_type(Unexpected::Map, &self)),
            }
        }
    }

    deserializer.deserialize_any(List(PhantomData))
}

/// Any JSON at all, unread: for answers whose content nobody documents.
#[derive(Debug, Default)]
pub struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}
