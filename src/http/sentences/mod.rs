//! The one place where a reason and its details become a sentence: what is wrong, where, and what to do. Each is safe to show.

mod answers;
mod network;
mod setup;
mod work;

use super::{
    details::{Details, Value},
    reason::Reason,
};

/// Said after the sentence of a failure when an earlier try of the same change had no answer.
pub(super) const EARLIER_TRY: &str = " RunCloud may have carried out an earlier try.";

/// The sentences for `reason`: what was being done when it came up, the failure itself, and how far the work had come.
pub(super) fn of(reason: Reason, details: &Details) -> String {
    let arguments = Arguments(details);
    let failure = setup::sentence(reason, &arguments)
        .or_else(|| network::sentence(reason, &arguments))
        .unwrap_or_else(|| answers::sentence(reason, &arguments));
    format!("{}{failure}{}", work::before(&arguments), work::after(reason, &arguments))
}

/// The details of a reason, read by the name.
struct Arguments<'a>(&'a Details);

impl Arguments<'_> {
    /// The value as a text; empty when there is none.
    fn text(&self, name: &str) -> String {
        self.0.get(name).map(Value::to_string).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    /// Whether the value is this text.
    fn is(&self, name: &str, text: &str) -> bool {
        matches!(self.0.get(name), Some(Value::Text(value)) if value == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_whole_sentences_even_without_details() {
        for reason in Reason::ALL {
            let sentence = of(*reason, &Details::default());
            assert!(
                !sentence.is_empty() && (sentence.ends_with('.') || sentence.ends_with('"')),
                "{reason:?}: {sentence}"
            );
        }
    }
}
