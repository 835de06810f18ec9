//! What every message to a person must be.

use runcloud::http::Error;

/// Our secrets, and the words that the simulator plants where keys would be.
pub const SECRETS: [&str; 6] =
    ["test-token", "test-key", "test-secret", "SIMULATOR-", "-----BEGIN", "hunter2"];
/// How a message tells what to do.
const ADVICE: [&str; 15] = [
    "add it first",
    "check ",
    "copy it",
    "correct ",
    "give ",
    "install ",
    "leave it out",
    "look ",
    "make another",
    "pass ",
    "see ",
    "set ",
    "try again",
    "use ",
    "write ",
];
/// Host names, quotes of the panel and advice fit into this many bytes.
const LONGEST: usize = 1200;

/// What is wrong with the message of an error; none: it helps.
#[must_use]
pub fn fault_of(error: &Error) -> Option<String> {
    let message = error.message();
    let why = if !(message.ends_with('.') || message.ends_with('"')) {
        "is no whole sentence"
    } else if texts(error).any(|text| text.chars().any(is_hidden)) {
        "has a control character"
    } else if message.len() > LONGEST {
        "is too long"
    } else if SECRETS.iter().any(|secret| texts(error).any(|text| text.contains(secret))) {
        "shows a secret"
    } else if !ADVICE.iter().any(|advice| message.contains(advice)) {
        "does not say what to do"
    } else {
        return None;
    };
    Some(format!("the message {why}: {message:?}"))
}

/// Control characters, and those that change how what follows is read.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Every text of the error that PHP code can see.
fn texts(error: &Error) -> impl Iterator<Item = &str> {
    let fields = error
        .fields()
        .iter()
        .flat_map(|(field, texts)| std::iter::once(field.as_str()).chain(texts.iter().map(String::as_str)));
    std::iter::once(error.message()).chain(error.cause()).chain(fields)
}
