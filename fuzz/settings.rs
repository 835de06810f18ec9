//! Base URLs, proxies and numbers: what is accepted keeps the token safe, what is refused is told in a sentence.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runcloud::http::settings::{SettingTexts, without_password};

fuzz_target!(|text: &str| {
    let texts = SettingTexts::default;
    for candidate in [
        SettingTexts { base_url: text.into(), ..texts() },
        SettingTexts { proxy: text.into(), ..texts() },
        SettingTexts { deadline: text.into(), ..texts() },
        SettingTexts { max_retries: text.into(), ..texts() },
    ] {
        if let Err(e) = candidate.check() {
            let message = e.message();
            assert!(message.ends_with('.') && !message.chars().any(char::is_control), "{message:?}");
        }
    }
    let shown = without_password(&format!("http://me:hunter2@{text}"));
    assert!(!shown.contains("hunter2@") && !shown.chars().any(char::is_control), "{shown:?}");
});
