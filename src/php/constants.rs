//! Credentials and ids from PHP constants, as WordPress keeps them in wp-config.php.

use std::borrow::Cow;

use ext_php_rs::types::Zval;

use super::engine::zend_get_constant_str;
use crate::{
    api::WebAppRef,
    http::{Credentials, Error, Reason, credentials::Names},
};

/// What the names of Ultimate Multisite's constants begin with.
pub(super) const PREFIX: &str = "WU_RUNCLOUD_";

/// The web application that the constants name whose names begin with `prefix`.
pub(super) fn web_app(prefix: &str) -> Result<WebAppRef, Error> {
    Ok(WebAppRef {
        server_id: id(&format!("{prefix}SERVER_ID"), "server")?,
        web_app_id: id(&format!("{prefix}APP_ID"), "web app")?,
    })
}

/// The credentials.
pub(super) fn credentials(prefix: &str) -> Result<Credentials, Error> {
    let names = ["API_TOKEN", "API_KEY", "API_SECRET"].map(|name| format!("{prefix}{name}"));
    let [token, key, secret] = [secret(&names[0])?, secret(&names[1])?, secret(&names[2])?];
    let names = Names { token: &names[0], key: &names[1], secret: &names[2] };
    Credentials::choose(token.as_deref(), key.as_deref(), secret.as_deref(), names)
}

/// The value of a constant, with a reference of its own.
fn constant(name: &str) -> Option<Zval> {
    // SAFETY: name and length are those of a live string; the result is null or the constant's value, which is copied at
    // once.
    unsafe { zend_get_constant_str(name.as_ptr().cast(), name.len()).as_ref().map(Zval::shallow_clone) }
}

fn is_empty(value: &Zval) -> bool {
    value.is_null()
        || value.bool() == Some(false)
        || value.zend_str().is_some_and(|s| s.as_bytes().trim_ascii().is_empty())
}

/// The text of a string. Bytes that are none become a character that is refused as they are.
fn text(value: &Zval) -> Option<Cow<'_, str>> {
    value.zend_str().map(|s| String::from_utf8_lossy(s.as_bytes()))
}

fn id(name: &str, of: &str) -> Result<u64, Error> {
    let refuse = |reason| Error::new(reason).with("constant", name).with("of", of);
    let Some(value) = constant(name) else { return Err(refuse(Reason::ConstantMissing)) };
    if is_empty(&value) {
        return Err(refuse(Reason::ConstantMissing).with("problem", "empty"));
    }
    let digits = value.str().map(str::trim).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
    let number = value.long().filter(|_| value.is_long()).or_else(|| digits?.parse().ok());
    match number.map(u64::try_from) {
        Some(Ok(id)) if id > 0 => Ok(id),
        _ => Err(refuse(Reason::ConstantInvalid).with("value", shown(&value))),
    }
}

fn secret(name: &str) -> Result<Option<String>, Error> {
    match constant(name) {
        None => Ok(None),
        Some(value) if is_empty(&value) => Ok(None),
        Some(value) => match text(&value) {
            Some(text) => Ok(Some(text.into_owned())),
            None => Err(Error::new(Reason::ConstantInvalid).with("constant", name).with("of", "secret")),
        },
    }
}

/// The value of an id as a message may show it. A long text may be a secret that was put into the wrong constant.
fn shown(value: &Zval) -> String {
    const LONGEST: usize = 20;
    if let Some(text) = text(value) {
        return match text.chars().count() {
            0..=LONGEST => format!("\"{}\"", text.escape_debug()),
            length => format!("a text of {length} characters"),
        };
    }
    match (value.long().filter(|_| value.is_long()), value.double()) {
        (Some(int), _) => int.to_string(),
        (None, Some(float)) => format!("the float {float:?}"),
        (None, None) => format!("of type {}", value.get_type()),
    }
}
