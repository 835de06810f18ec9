//! The rules as a fuzzer tries them: one function for each target of fuzz/, which takes bytes and panics when a rule is broken.
//! The tests replay the inputs of fuzz/corpus.

use std::str::from_utf8;

use runcloud::http::settings::SettingTexts;

use crate::{
    rules::{self, Verdict},
    sentences::SECRETS,
};

/// How a broken rule begins when a message shows a secret.
const SHOWS_A_SECRET: &str = "the message shows a secret";

/// Takes the bytes that a fuzzer made up, and panics when a rule is broken.
pub type Target = fn(&[u8]);

/// Every target, by the name of its file and of its corpus.
pub const ALL: [(&str, Target); 4] =
    [("answers", answers), ("errors", errors), ("hosts", hosts), ("settings", settings)];

/// Answers of the panel that are a success.
pub fn answers(data: &[u8]) {
    if !says_a_secret_of_others(data) {
        hold(rules::answer(200, "application/json", data));
        hold(rules::page(data, 1));
    }
}

/// Answers that are none: a line with the status, a line with `Retry-After`, the body.
pub fn errors(data: &[u8]) {
    let mut parts = data.splitn(3, |byte| *byte == b'\n');
    let mut line = || parts.next().and_then(|line| from_utf8(line).ok());
    let (Some(status), Some(retry_after)) = (line(), line()) else { return };
    let Some(status) = status.parse().ok().filter(|status| (100..600).contains(status)) else { return };
    // Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110.
    hold(rules::retry_after(retry_after, 784_111_777));
    let body = parts.next().unwrap_or_default();
    if !says_a_secret_of_others(body) {
        hold(rules::answer(status, "application/json", body));
    }
}

/// Host names.
pub fn hosts(data: &[u8]) {
    if let Ok(text) = from_utf8(data) {
        hold(whatever_it_shows(rules::host(text)));
    }
}

/// What an administrator writes: base URLs, proxies, numbers, and credentials a line each.
pub fn settings(data: &[u8]) {
    let Ok(text) = from_utf8(data) else { return };
    let normal = SettingTexts::default;
    for candidate in [
        SettingTexts { base_url: text.into(), ..normal() },
        SettingTexts { proxy: text.into(), ..normal() },
        SettingTexts { deadline: text.into(), ..normal() },
        SettingTexts { max_retries: text.into(), ..normal() },
    ] {
        hold(whatever_it_shows(rules::settings(&candidate)));
    }
    hold(rules::proxy(text));
    let mut lines = text.split('\n').map(|line| Some(line).filter(|line| !line.is_empty()));
    let mut line = || lines.next().flatten();
    hold(rules::credentials(line(), line(), line()));
}

#[expect(clippy::panic, reason = "this is how a fuzzer is told")]
fn hold(verdict: Verdict) {
    if let Err(why) = verdict {
        panic!("{why}");
    }
}

/// Names and numbers may be shown, and a fuzzer finds the words that stand for secrets: from it they are none.
fn whatever_it_shows(verdict: Verdict) -> Verdict {
    verdict.or_else(|why| if why.starts_with(SHOWS_A_SECRET) { Ok(()) } else { Err(why) })
}

/// Whether a body has one of these words beside the token that was sent and keys, which are taken out of what is shown.
fn says_a_secret_of_others(body: &[u8]) -> bool {
    // Of JSON, which may have them escaped, the words as it means them.
    let meant = serde_json::from_slice(body).map(|json: serde_json::Value| json.to_string());
    let texts = [String::from_utf8_lossy(body).into_owned(), meant.unwrap_or_default()];
    SECRETS
        .iter()
        .filter(|secret| !["test-token", "-----BEGIN"].contains(secret))
        .any(|secret| texts.iter().any(|text| text.contains(secret)))
}
