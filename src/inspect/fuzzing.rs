//! What strangers send, as a fuzzer tries it: one function for each of its targets, which panics when a rule is broken.
//! The inputs that it begins with are replayed here.

use super::{dns, tls};

/// What comes from a name server.
///
/// # Panics
/// When more is kept of it than there is room for.
pub fn name_servers(data: &[u8]) {
    assert!(dns::is_bounded(data), "more is kept than there is room for");
}

/// What a server shows as its certificate.
///
/// # Panics
/// When what is shown of it is too long or has control characters.
pub fn certificates(data: &[u8]) {
    let Some((certificate, _)) = tls::read_certificate(data) else { return };
    assert!(certificate.names.len() <= 100, "too many names");
    let ids = [&certificate.serial, &certificate.authority_key_id, &certificate.sha256];
    for text in certificate.names.iter().chain(ids).chain([&certificate.issuer]) {
        assert!(text.chars().count() <= 300, "{text:?} is too long");
        assert!(!text.chars().any(char::is_control), "{text:?} has control characters");
    }
    assert!(ids.iter().all(|id| id.bytes().all(|b| b.is_ascii_hexdigit())), "{ids:?} are no digits");
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    type Target = fn(&[u8]);

    #[test]
    fn every_input_of_the_fuzzer_keeps_the_rules() {
        let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/inspection");
        let targets: [(&str, Target); 2] =
            [("certificates", super::certificates), ("name_servers", super::name_servers)];
        for (name, target) in targets {
            let files: Vec<_> =
                fs::read_dir(inputs.join(name)).unwrap().map(|file| file.unwrap().path()).collect();
            assert!(!files.is_empty(), "{name} has no inputs");
            for file in files {
                let input = fs::read(&file).unwrap();
                assert!(std::panic::catch_unwind(|| target(&input)).is_ok(), "{}", file.display());
            }
        }
    }
}
