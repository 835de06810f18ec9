//! Host names: what is accepted is safe and stays what it is, what is refused is told in a sentence.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runcloud::api::Host;

fuzz_target!(|text: &str| {
    match Host::parse(text) {
        Ok(host) => {
            let name = host.as_str().strip_prefix("*.").unwrap_or(host.as_str());
            let is_safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
            assert!(name.bytes().all(is_safe) && host.as_str().len() <= 253, "{host}");
            assert_eq!(Host::parse(host.as_str()), Ok(host.clone()));
            assert!(host.is(text));
        }
        Err(e) => {
            let message = e.to_string();
            assert!(message.ends_with('.') && !message.chars().any(char::is_control), "{message:?}");
        }
    }
});
