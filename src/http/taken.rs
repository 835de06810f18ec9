//! Whether a refusal says that a name is in use.

use super::{
    details::Value,
    error::{Error, ErrorKind},
};

/// What can hardly mean anything else.
const IN_USE: [&str; 15] = [
    " already been taken ",
    " already taken ",
    " name has been taken ",
    " domain has been taken ",
    " already exist ",
    " already exists ",
    " already in use ",
    " already been used ",
    " already being used ",
    " already used by ",
    " in use by another ",
    " in use by other ",
    " used by another ",
    " belongs to another ",
    " taken by another ",
];
/// What makes it a condition, a guess or the contrary, in the same clause.
const DOUBTS: [&str; 23] = [
    "not", "never", "no", "cannot", "can't", "isn't", "hasn't", "doesn't", "may", "might", "could",
    "perhaps", "if", "unless", "whether", "when", "or", "check", "ensure", "sure", "must", "should", "until",
];
/// Where one clause ends and another begins, beside punctuation.
const JOINTS: [&str; 6] = ["and", "because", "but", "since", "so", "therefore"];
/// What else may exist already or be in use, to the last one. A word that begins with one of these counts, as in "records".
const OTHER_THINGS: [&str; 21] = [
    "account",
    "certificate",
    "config",
    "database",
    "directory",
    "dns",
    "email",
    "file",
    "folder",
    "job",
    "limit",
    "maximum",
    "plan",
    "primary",
    "process",
    "quota",
    "record",
    "request",
    "ssl",
    "task",
    "user",
];
/// It is said of the web application that was asked, which then does not have it: no other one is to blame.
const HERE: [&str; 8] = [
    " this web ",
    " this webapp ",
    " this app ",
    " this application ",
    " same web ",
    " same webapp ",
    " same app ",
    " your web application ",
];
/// Whom a message is about, where no field says so.
const SUBJECTS: [&str; 7] = ["name", "domain", "domainname", "host", "hostname", "subdomain", "alias"];

/// Whether `error` is a refusal of data (422) because `name` is in use: by what it says of the field `name`, or by its message
/// where no field is given.
///
/// A guess on words. RunCloud documents neither that it refuses such a name nor how, so only what can hardly mean anything else
/// counts; all other words stay a refusal like any other. Nothing here says who uses the name.
pub(super) fn says_in_use(error: &Error, name: &str) -> bool {
    if error.kind() != ErrorKind::Validation {
        return false;
    }
    if !error.fields().is_empty() {
        let texts = error.fields().get("name");
        return texts.is_some_and(|texts| texts.iter().any(|text| Text::read(text, name).is_in_use()));
    }
    match error.details().get("says") {
        Some(Value::Text(message)) => {
            let text = Text::read(message, name);
            text.is_about_a_name() && text.is_in_use()
        }
        _ => false,
    }
}

/// A text of the panel in words, and what it names.
struct Text {
    clauses: Vec<Vec<String>>,
    has_name: bool,
    has_other_names: bool,
}

impl Text {
    fn read(text: &str, name: &str) -> Self {
        let mut read = Self { clauses: vec![vec![]], has_name: false, has_other_names: false };
        for piece in text.to_ascii_lowercase().split_whitespace() {
            let word = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
            if JOINTS.contains(&word) {
                read.clauses.push(vec![]);
            } else if word == name {
                read.has_name = true;
            } else if word.contains('.') {
                read.has_other_names = true;
            } else if let (false, Some(clause)) = (word.is_empty(), read.clauses.last_mut()) {
                clause.push(word.to_owned());
            }
            if piece.ends_with(['.', ':', ';', ',', '!', '?', ')']) {
                read.clauses.push(vec![]);
            }
        }
        read
    }

    fn is_in_use(&self) -> bool {
        let is_of_others = self.words().any(|word| OTHER_THINGS.iter().any(|thing| word.starts_with(thing)));
        let line = |words: &[String]| format!(" {} ", words.join(" "));
        !self.has_other_names
            && !is_of_others
            && !self.clauses.iter().any(|clause| HERE.iter().any(|here| line(clause).contains(here)))
            && self.clauses.iter().any(|clause| {
                IN_USE.iter().any(|phrase| line(clause).contains(phrase))
                    && !clause.iter().any(|word| DOUBTS.contains(&word.as_str()))
            })
    }

    fn is_about_a_name(&self) -> bool {
        self.has_name || self.words().any(|word| SUBJECTS.contains(&word))
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.clauses.iter().flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{super::reason::Reason, Error, says_in_use};

    const NAME: &str = "planet.example";

    fn message(says: &str) -> Error {
        Error::new(Reason::ValidationRefused).with("says", says)
    }

    fn field(field: &str, text: &str) -> Error {
        let fields = BTreeMap::from([(field.to_owned(), vec!["Wrong.".to_owned(), text.to_owned()])]);
        message("The given data was invalid.").with_fields(fields)
    }

    #[test]
    fn a_name_in_use_is_told_by_the_panels_words() {
        for says in [
            "The name has already been taken.",
            "The name has already been taken. (and 1 more error)",
            "The domain name is already taken",
            "This name has been taken",
            "Domain already exists",
            "Domain name already exist in this server.",
            "The domain planet.example already exists.",
            "\"planet.example\" is already in use.",
            "PLANET.EXAMPLE IS ALREADY IN USE!",
            "This domain is in use by another web application.",
            "The domain belongs to another web application of this server",
            "This hostname is already being used by another application",
            "This name is already used by one of your web applications.",
            "The domain could not be added because it already exists.",
            "Cannot add the domain: it is already in use and cannot be added again.",
            "The name has already been taken. Check its spelling or ask for help.",
        ] {
            assert!(says_in_use(&message(says), NAME), "{says}");
            assert!(says_in_use(&field("name", says), NAME), "{says}");
        }
        // The field says what it is about.
        for says in ["It already exists.", "Already in use.", "has already been taken"] {
            assert!(says_in_use(&field("name", says), NAME), "{says}");
            assert!(!says_in_use(&message(says), NAME), "{says}");
        }
    }

    #[test]
    fn what_may_mean_something_else_is_no_name_in_use() {
        for says in [
            "",
            "The name format is invalid.",
            "The given data was invalid.",
            "This domain does not exist.",
            "The domain is already registered.",
            "This name is reserved.",
            "Care has been taken of the name.",
            "The name is taken from the certificate.",
            "The name must not already exist.",
            "Make sure that the name is not already in use.",
            "Check that the name already exists in DNS.",
            "The name is invalid or already in use.",
            "The name may already exist.",
            "The name might be in use by another web application.",
            "The name cannot be used by another web application.",
            "The domains of your plan are already in use by other web applications.",
            "You have used all domain names: the limit is already in use by other applications.",
            "A DNS record for this domain already exists.",
            "The certificate of the domain already exists.",
            "A configuration file for this domain already exists.",
            "A primary domain already exists.",
            "A request for this domain already exists.",
            "The name already exists in this web application.",
            "This web application has the name: it already exists.",
            "The domain www.planet.example has already been taken.",
            "The domain other.example is in use by another web application.",
            "Der Name ist schon vergeben.",
        ] {
            assert!(!says_in_use(&message(says), NAME), "{says}");
            assert!(!says_in_use(&field("name", says), NAME), "{says}");
        }
    }

    #[test]
    fn what_is_said_of_another_field_or_by_another_answer_is_no_name_in_use() {
        let says = "The name has already been taken.";
        for other in ["type", "www", "domain", "Name", ""] {
            assert!(!says_in_use(&field(other, says), NAME), "{other}");
        }
        let fields = BTreeMap::from([("www".to_owned(), vec!["Wrong.".to_owned()])]);
        assert!(!says_in_use(&message(says).with_fields(fields), NAME));
        for reason in [Reason::Forbidden, Reason::StatusUnexpected, Reason::ServerError] {
            assert!(!says_in_use(&Error::new(reason).with("says", says), NAME), "{reason:?}");
        }
    }
}
