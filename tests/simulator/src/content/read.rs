//! Reading what PHP writes: there an empty map becomes `[]`.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::{Map, Value};

/// The fields of an object; none for `[]` and `null`.
pub(crate) fn object(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(fields) => Some(fields.clone()),
        Value::Array(items) if items.is_empty() => Some(Map::new()),
        Value::Null => Some(Map::new()),
        _ => None,
    }
}

/// For fields that hold a map: `[]` is an empty one.
pub(crate) fn map<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = match Value::deserialize(deserializer)? {
        Value::Array(items) if items.is_empty() => Value::Object(Map::new()),
        value => value,
    };
    T::deserialize(value).map_err(D::Error::custom)
}
