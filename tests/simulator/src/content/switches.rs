//! Switches: each guess about the panel has a position for every answer that fits what is documented.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The position of every switch. The first value of each is the default.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Switches {
    pub(crate) pagination: Pagination,
    pub(crate) links: Links,
    pub(crate) page_size_over_40: PageSize,
    pub(crate) booleans: Booleans,
    pub(crate) domain_object: DomainObject,
    pub(crate) unknown_fields: Presence,
    pub(crate) ssl_not_installed: NotInstalled,
    pub(crate) ssl_write_answer: WriteAnswer,
    pub(crate) basic_redeploy: BasicRedeploy,
    pub(crate) validation_body: ValidationBody,
    pub(crate) missing_token_text: TokenText,
    pub(crate) retry_after: RetryAfter,
    pub(crate) quota_spent: QuotaSpent,
    pub(crate) duplicate_name: DuplicateName,
    pub(crate) list_order: ListOrder,
}

/// Declares the values of one switch.
macro_rules! positions {
    ($name:ident { $first:ident = $text:literal $(, $other:ident = $other_text:literal)* $(,)? }) => {
        #[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
        pub(crate) enum $name {
            #[default]
            #[serde(rename = $text)]
            $first,
            $(#[serde(rename = $other_text)] $other,)*
        }
    };
}

positions!(Pagination { Pagination = "pagination", LastPage = "lastPage" });
positions!(Links { Object = "object", Array = "array" });
positions!(PageSize { Clamp = "clamp", Ignore = "ignore" });
positions!(Booleans { Int = "int", Bool = "bool", String = "string" });
positions!(DomainObject { Full = "full", Minimal = "minimal" });
positions!(Presence { Absent = "absent", Present = "present" });
positions!(NotInstalled { NotFound = "404", Ok = "200" });
positions!(WriteAnswer { Certificate = "certificate", Empty = "empty" });
positions!(BasicRedeploy { AllNames = "all_names", SameNames = "same_names" });
positions!(ValidationBody { MessageAndErrors = "message_and_errors", Message = "message" });
positions!(TokenText { Missing = "missing", Generic = "generic" });
positions!(RetryAfter { Seconds = "seconds", Date = "date", Absent = "absent" });
positions!(QuotaSpent { TooMany = "429", Forbidden = "403" });
positions!(ListOrder { OldestFirst = "oldest_first", NewestFirst = "newest_first", ByName = "by_name" });
positions!(DuplicateName { Refuse = "refuse", Accept = "accept" });

impl Switches {
    /// Moves the switches named in `patch`; on an error a sentence says what is wrong and nothing moved.
    pub(crate) fn patched(self, patch: &Value) -> Result<Self, String> {
        merge(&self, patch, "switches")
    }
}

/// Replaces the top-level keys of `current` that `patch` names, and reads the result back strictly.
pub(crate) fn merge<T>(current: &T, patch: &Value, what: &str) -> Result<T, String>
where
    T: Serialize + serde::de::DeserializeOwned,
{
    let patch =
        crate::content::read::object(patch).ok_or_else(|| format!("The {what} must be a JSON object."))?;
    let mut merged = serde_json::to_value(current).map_err(|error| error.to_string())?;
    if let Value::Object(fields) = &mut merged {
        fields.extend(patch);
    }
    serde_json::from_value(merged).map_err(|error| format!("The {what} cannot be read: {error}."))
}
