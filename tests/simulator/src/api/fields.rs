//! Reading the fields of a request body as strictly as the documentation is written.

use crate::api::answer::Answer;
use crate::content::switches::{Switches, ValidationBody};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The fields of a body, and what is wrong with them.
pub(crate) struct Fields {
    fields: Map<String, Value>,
    errors: BTreeMap<String, Vec<String>>,
}

impl Fields {
    pub(crate) fn new(fields: Map<String, Value>) -> Self {
        Self { fields, errors: BTreeMap::new() }
    }

    /// A boolean; `None` when absent. Numbers and strings are refused: requests carry JSON booleans.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        match self.fields.get(name) {
            None => None,
            Some(Value::Bool(value)) => Some(*value),
            Some(_) => {
                self.refuse(name, &format!("The {name} field must be true or false."));
                None
            }
        }
    }

    pub(crate) fn required_boolean(&mut self, name: &str) -> bool {
        self.require(name);
        self.boolean(name).unwrap_or(false)
    }

    /// One of `choices`; `None` when absent.
    pub(crate) fn choice(&mut self, name: &str, choices: &[&str]) -> Option<String> {
        match self.fields.get(name) {
            None => None,
            Some(Value::String(value)) if choices.contains(&value.as_str()) => Some(value.clone()),
            Some(_) => {
                self.refuse(name, &format!("The selected {name} is invalid."));
                None
            }
        }
    }

    pub(crate) fn required_choice(&mut self, name: &str, choices: &[&str]) -> String {
        self.require(name);
        self.choice(name, choices).unwrap_or_default()
    }

    /// A text that is not empty.
    pub(crate) fn required_text(&mut self, name: &str) -> String {
        self.require(name);
        match self.fields.get(name) {
            Some(Value::String(value)) if !value.is_empty() => value.clone(),
            None => String::new(),
            Some(_) => {
                self.refuse(name, &format!("The {name} field must be a string that is not empty."));
                String::new()
            }
        }
    }

    /// A whole number between `low` and `high`; `None` when absent.
    pub(crate) fn number(&mut self, name: &str, low: u64, high: u64) -> Option<u64> {
        let value = self.fields.get(name)?;
        let number = value.as_u64().filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.refuse(name, &format!("The selected {name} is invalid."));
        }
        number
    }

    pub(crate) fn require(&mut self, name: &str) {
        if !self.fields.contains_key(name) {
            self.refuse(name, &format!("The {name} field is required."));
        }
    }

    pub(crate) fn refuse(&mut self, name: &str, text: &str) {
        self.errors.entry(name.to_owned()).or_default().push(text.to_owned());
    }

    /// 422 when anything was refused.
    pub(crate) fn finish(&self, switches: Switches) -> Result<(), Answer> {
        if self.errors.is_empty() { Ok(()) } else { Err(refusal(switches, &self.errors)) }
    }
}

/// A 422 that names one field.
pub(crate) fn refused(switches: Switches, field: &str, text: &str) -> Answer {
    refusal(switches, &BTreeMap::from([(field.to_owned(), vec![text.to_owned()])]))
}

fn refusal(switches: Switches, errors: &BTreeMap<String, Vec<String>>) -> Answer {
    let message = "The given data was invalid.";
    Answer::new(
        422,
        match switches.validation_body {
            ValidationBody::MessageAndErrors => json!({ "message": message, "errors": errors }),
            ValidationBody::Message => json!({ "message": message }),
        },
    )
}

/// Whether `name` is a host name that can be mapped, with an asterisk as its first label or without.
pub(crate) fn is_host_name(name: &str) -> bool {
    let name = name.strip_prefix("*.").unwrap_or(name);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_address = name.split('.').all(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    name.len() <= 253 && name.contains('.') && name.split('.').all(is_label) && !is_address
}
