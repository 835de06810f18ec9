//! What is true of everything that reads texts of others, whatever they say.

use std::{
    net::IpAddr,
    time::{Duration, SystemTime},
};

use runcloud::{
    api::{Certificate, Domain, Host, Page, Server, WebApp, domain::DnsRecords, lenient::Ignored, ssl::Mode},
    http::{
        Credentials, Error,
        credentials::Names,
        fuzzing,
        settings::{SettingTexts, without_password},
    },
};
use serde::de::DeserializeOwned;

use crate::sentences;

const DAY: Duration = Duration::from_secs(86_400);

/// Why a rule is broken, if it is.
pub type Verdict = Result<(), String>;

/// Returns why a rule is broken unless the condition holds.
macro_rules! must {
    ($condition:expr, $($why:tt)+) => {
        if !$condition {
            return Err(format!($($why)+));
        }
    };
}

/// An answer is read as any of the kinds that the panel gives, with ids that fit PHP's integers, or told.
pub fn answer(status: u16, content_type: &str, body: &[u8]) -> Verdict {
    let answer = Answer { status, content_type, body };
    read::<Page<Domain>>(answer, |page| page.data.iter().map(|d| d.id).collect())?;
    read::<Domain>(answer, |domain| vec![domain.id])?;
    read::<DnsRecords>(answer, |_| Vec::new())?;
    read::<Mode>(answer, |mode| {
        let _ = mode.ssl_mode();
        Vec::new()
    })?;
    read::<Certificate>(answer, |certificate| {
        let _ = certificate.is_renewable();
        certificate.id.into_iter().collect()
    })?;
    read::<Page<Server>>(answer, |page| page.data.iter().map(|s| s.id).collect())?;
    read::<Server>(answer, |server| vec![server.id])?;
    read::<Page<WebApp>>(answer, |page| page.data.iter().map(|w| w.id).collect())?;
    read::<WebApp>(answer, |app| vec![app.id])?;
    read::<Ignored>(answer, |_| Vec::new())
}

/// An answer that nobody sent.
#[derive(Clone, Copy)]
struct Answer<'a> {
    status: u16,
    content_type: &'a str,
    body: &'a [u8],
}

fn read<T: DeserializeOwned>(answer: Answer<'_>, ids: impl FnOnce(T) -> Vec<u64>) -> Verdict {
    let Answer { status, content_type, body } = answer;
    let credentials = Credentials::Token("test-token".into());
    match fuzzing::read(status, content_type, body, &credentials).map(ids) {
        Ok(ids) => {
            must!((200..300).contains(&status), "HTTP {status} is a success");
            must!(ids.iter().all(|id| *id > 0 && i64::try_from(*id).is_ok()), "{ids:?} are no ids");
            Ok(())
        }
        Err(error) => {
            must!(error.status() == Some(status), "{status} became {:?}", error.status());
            is_fit_to_be_shown(&error)
        }
    }
}

/// A list that can be read can be turned over, and ends.
pub fn page(body: &[u8], number: u64) -> Verdict {
    if let Ok(page) = serde_json::from_slice::<Page<Domain>>(body) {
        must!(page.last().is_none_or(|last| last > 0), "ends before its first page");
        must!(!(page.has_next(number) && page.data.is_empty()), "goes on after an empty page");
    }
    Ok(())
}

/// `Retry-After` is at most a day.
pub fn retry_after(text: &str, now: u64) -> Verdict {
    let wait = fuzzing::retry_after(text, SystemTime::UNIX_EPOCH + Duration::from_secs(now));
    must!(wait.is_none_or(|wait| wait <= DAY), "{wait:?} is longer than a day");
    if text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(seconds) = text.parse()
    {
        must!(wait == Some(DAY.min(Duration::from_secs(seconds))), "{seconds} s became {wait:?}");
    }
    Ok(())
}

/// A host is safe to send and stays what it is.
pub fn host(text: &str) -> Verdict {
    let host = match Host::parse(text) {
        Ok(host) => host,
        Err(e) => return is_fit_to_be_shown(&Error::from(e)),
    };
    let name = host.as_str().strip_prefix("*.").unwrap_or(host.as_str());
    must!((3..=253).contains(&host.as_str().len()), "{host} is too short or too long");
    must!(name.contains('.') && name.split('.').all(is_label), "{host} is no host name");
    must!(name.parse::<IpAddr>().is_err(), "{host} is an address");
    must!(Host::parse(host.as_str()).as_ref() == Ok(&host), "{host} is another host when it is read again");
    must!(host.is(text) && host.is(&host.as_str().to_uppercase()), "{host} is not what it was made of");
    Ok(())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Settings are within bounds and keep the token safe, or are refused.
pub fn settings(texts: &SettingTexts) -> Verdict {
    let settings = match texts.check() {
        Ok(settings) => fuzzing::Bounds::from(&settings),
        Err(e) => return is_fit_to_be_shown(&e),
    };
    let times = settings.times;
    must!(times.iter().all(|time| !time.is_zero() && *time <= Duration::from_secs(600)), "{times:?}");
    must!(settings.max_retries <= 10, "{} retries", settings.max_retries);
    let url = &settings.base_url;
    let is_loopback =
        ["localhost", "127.", "[::1]"].iter().any(|h| url.host_str().unwrap_or("").starts_with(h));
    must!(url.scheme() == "https" || is_loopback, "{url} is not https");
    must!(
        url.username().is_empty() && url.password().is_none() && url.query().is_none(),
        "{url} is more than a base"
    );
    Ok(())
}

/// A proxy is shown without its password.
pub fn proxy(text: &str) -> Verdict {
    for proxy in [text.to_owned(), format!("http://me:hunter2@{text}"), format!("{text}:hunter2@proxy:3128")]
    {
        let shown = without_password(&proxy);
        must!(!shown.chars().any(char::is_control), "{shown:?} has control characters");
        // A password, as opposed to a user or a host of that name.
        must!(!shown.contains(":hunter2@"), "{shown:?} has the password");
    }
    Ok(())
}

/// Credentials can be sent, or are refused; they are shown in neither case.
pub fn credentials(token: Option<&str>, key: Option<&str>, secret: Option<&str>) -> Verdict {
    // Nothing of what was given may be shown, so each is marked with what must not be.
    let mark = |text: Option<&str>| text.map(|text| format!("{text}hunter2"));
    let (token, key, secret) = (mark(token), mark(key), mark(secret));
    let names = Names { token: "token", key: "key", secret: "secret" };
    let chosen = match Credentials::choose(token.as_deref(), key.as_deref(), secret.as_deref(), names) {
        Ok(credentials) => credentials,
        Err(e) => return is_fit_to_be_shown(&e),
    };
    must!((chosen.api_version() == "v3") == token.is_some(), "{} is the wrong version", chosen.api_version());
    must!(!format!("{chosen:?}").contains("hunter2"), "is printed");
    let sent = token.unwrap_or_else(|| format!("{} {}", key.unwrap_or_default(), secret.unwrap_or_default()));
    must!(
        !fuzzing::redacted(&chosen, &format!("The panel says {sent}")).contains("hunter2"),
        "is not redacted"
    );
    Ok(())
}

fn is_fit_to_be_shown(error: &Error) -> Verdict {
    sentences::fault_of(error).map_or(Ok(()), Err)
}
