//! Settings, credentials and proxies: what an administrator may have written into them.

use proptest::option;

use super::{
    hold, rules,
    texts::{texts, with_password},
};
use runcloud::http::settings::SettingTexts;

#[test]
fn settings_are_within_bounds_or_refused_in_a_sentence() {
    let texts = (with_password(), with_password(), texts(), texts(), texts());
    hold("texts as settings", &texts, |(base_url, proxy, seconds, retries, file)| {
        // One at a time, or the first bad one hides the others.
        let normal = SettingTexts::default;
        [
            SettingTexts { base_url, ..normal() },
            SettingTexts { proxy, ..normal() },
            SettingTexts { connect_timeout: seconds.clone(), ..normal() },
            SettingTexts { timeout: seconds.clone(), ..normal() },
            SettingTexts { deadline: seconds, ..normal() },
            SettingTexts { max_retries: retries, ..normal() },
            SettingTexts { ca_file: file, ..normal() },
        ]
        .iter()
        .try_for_each(rules::settings)
    });
}

#[test]
fn a_proxy_is_shown_without_its_password() {
    hold("texts as proxies", &texts(), |text| rules::proxy(&text));
}

#[test]
fn credentials_can_be_sent_or_are_refused_without_being_shown() {
    let inputs = (option::of(texts()), option::of(texts()), option::of(texts()));
    hold("texts as credentials", &inputs, |(token, key, secret)| {
        rules::credentials(token.as_deref(), key.as_deref(), secret.as_deref())
    });
}
