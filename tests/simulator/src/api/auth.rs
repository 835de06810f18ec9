//! Who may call: the very first thing the panel looks at.

use crate::api::answer::Answer;
use crate::api::request::{Request, Version};
use crate::content::state::State;
use crate::content::switches::{Switches, TokenText};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::AUTHORIZATION;

/// What a request shows as its credentials.
enum Credentials<'a> {
    None,
    Bearer(&'a str),
    Basic(&'a str),
    Other,
}

/// Refuses a request without a right to call, with 401 whatever else is wrong with it.
pub(crate) fn check(
    request: &Request,
    version: Version,
    state: &State,
    switches: Switches,
) -> Result<(), Answer> {
    let credentials = credentials(request);
    let allowed = state.allowed_ips.is_empty() || state.allowed_ips.contains(&request.peer.to_string());
    if allowed && is_known(&credentials, version, state) {
        return Ok(());
    }
    let absent = matches!(credentials, Credentials::None | Credentials::Bearer(""));
    let text = if absent && switches.missing_token_text == TokenText::Missing {
        "Missing API Token."
    } else {
        "Unauthenticated."
    };
    Err(Answer::message(401, text))
}

/// The `Authorization` header as the history shows it: its kind and whether it is right, never the secret.
pub(crate) fn described(request: &Request, state: &State) -> String {
    let credentials = credentials(request);
    let kind = match credentials {
        Credentials::None | Credentials::Other => return "Other (wrong)".to_owned(),
        Credentials::Bearer(_) => "Bearer",
        Credentials::Basic(_) => "Basic",
    };
    let verdict = if is_known(&credentials, Version::V2, state) { "ok" } else { "wrong" };
    format!("{kind} ({verdict})")
}

fn credentials(request: &Request) -> Credentials<'_> {
    if !request.headers.contains_key(AUTHORIZATION) {
        return Credentials::None;
    }
    match request.header(&AUTHORIZATION).map(|header| header.split_once(' ').unwrap_or((header, ""))) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Credentials::Bearer(token),
        Some((scheme, pair)) if scheme.eq_ignore_ascii_case("basic") => Credentials::Basic(pair),
        _ => Credentials::Other,
    }
}

fn is_known(credentials: &Credentials<'_>, version: Version, state: &State) -> bool {
    match (credentials, version) {
        (Credentials::Bearer(token), _) => state.tokens.iter().any(|known| known == token),
        (Credentials::Basic(pair), Version::V2) => {
            let sent = STANDARD.decode(pair).unwrap_or_default();
            state.basic.iter().any(|(key, secret)| format!("{key}:{secret}").as_bytes() == sent)
        }
        _ => false,
    }
}
