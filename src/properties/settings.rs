//! Settings, credentials and proxies: what an administrator may have written into them.

use std::time::Duration;

use proptest::{option, prelude::*};

use super::{
    hold, is_fit_to_be_shown,
    texts::{texts, with_password},
};
use crate::http::{
    Credentials,
    credentials::Names,
    settings::{SettingTexts, without_password},
};

#[test]
fn settings_are_within_bounds_or_refused_in_a_sentence() {
    let texts = (with_password(), with_password(), texts(), texts(), texts());
    hold("texts as settings", &texts, |(base_url, proxy, seconds, retries, file)| {
        // One at a time, or the first bad one hides the others.
        let normal = SettingTexts::default;
        for candidate in [
            SettingTexts { base_url, ..normal() },
            SettingTexts { proxy, ..normal() },
            SettingTexts { connect_timeout: seconds.clone(), ..normal() },
            SettingTexts { timeout: seconds.clone(), ..normal() },
            SettingTexts { deadline: seconds, ..normal() },
            SettingTexts { max_retries: retries, ..normal() },
            SettingTexts { ca_file: file, ..normal() },
        ] {
            let settings = match candidate.check() {
                Ok(settings) => settings,
                Err(e) => {
                    is_fit_to_be_shown(&e)?;
                    continue;
                }
            };
            let times = [settings.connection.connect_timeout, settings.timeout, settings.deadline];
            prop_assert!(times.iter().all(|time| !time.is_zero() && *time <= Duration::from_secs(600)));
            prop_assert!(settings.max_retries <= 10);
            let url = &settings.base_url;
            let loopback = ["localhost", "127.", "[::1]"];
            prop_assert!(
                url.scheme() == "https"
                    || loopback.iter().any(|h| url.host_str().unwrap_or("").starts_with(h)),
                "{url}"
            );
            prop_assert!(
                url.username().is_empty() && url.password().is_none() && url.query().is_none(),
                "{url}"
            );
        }
        Ok(())
    });
}

#[test]
fn a_proxy_is_shown_without_its_password() {
    hold("texts as proxies", &texts(), |text| {
        for proxy in [text.clone(), format!("http://me:hunter2@{text}"), format!("{text}:hunter2@proxy:3128")]
        {
            let shown = without_password(&proxy);
            prop_assert!(!shown.chars().any(char::is_control), "{shown:?}");
            // A password, as opposed to a user or a host of that name.
            prop_assert!(!shown.contains(":hunter2@"), "{shown:?}");
        }
        Ok(())
    });
}

#[test]
fn credentials_can_be_sent_or_are_refused_without_being_shown() {
    let inputs = (option::of(texts()), option::of(texts()), option::of(texts()));
    hold("texts as credentials", &inputs, |(token, key, secret)| {
        // Nothing of what was given may be shown, so each is marked with what must not be.
        let mark = |text: Option<String>| text.map(|text| format!("{text}hunter2"));
        let (token, key, secret) = (mark(token), mark(key), mark(secret));
        let names = Names { token: "token", key: "key", secret: "secret" };
        let chosen = match Credentials::choose(token.as_deref(), key.as_deref(), secret.as_deref(), names) {
            Ok(credentials) => credentials,
            Err(e) => return is_fit_to_be_shown(&e),
        };
        prop_assert_eq!(chosen.api_version() == "v3", token.is_some());
        let printed = format!("{chosen:?}");
        prop_assert!(!printed.contains("hunter2"), "is printed");
        let sent = match token {
            Some(token) => token,
            None => format!("{} {}", key.unwrap_or_default(), secret.unwrap_or_default()),
        };
        prop_assert!(
            !chosen.redact(&format!("The panel says {sent}")).contains("hunter2"),
            "is not redacted"
        );
        Ok(())
    });
}
