//! Every kind of certificate, and servers that show none.

use runcloud::inspect::{TlsLook, Verdict};
use serde_json::json;

use crate::view::{look, options, world};

fn shown(kind: &str) -> TlsLook {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "shop.example.com A": ["127.0.0.1"] },
        "certificates": { "shop.example.com": kind },
    }));
    look("shop.example.com", &options(&world)).tls[0].clone()
}

#[test]
fn each_kind_of_certificate_has_its_verdict() {
    for (kind, verdict, covers) in [
        ("good", Verdict::Trusted, true),
        ("tls12", Verdict::Trusted, true),
        ("wildcard", Verdict::Trusted, true),
        ("client-certificate", Verdict::Trusted, true),
        ("expired", Verdict::Expired, true),
        ("not-yet-valid", Verdict::NotYetValid, true),
        ("self-signed", Verdict::SelfSigned, true),
        ("other-name", Verdict::OtherName, false),
        ("other-name-expired", Verdict::OtherName, false),
        ("unknown-issuer", Verdict::UnknownIssuer, true),
        ("expired-issuer", Verdict::Expired, true),
        ("staging", Verdict::Staging, true),
    ] {
        let look = shown(kind);
        assert_eq!((look.verdict, look.covers_host), (verdict, covers), "{kind}: {look:?}");
        assert!(look.in_dns && look.certificate.is_some(), "{kind}");
    }
}

#[test]
fn a_server_that_shows_no_certificate_is_told() {
    for (kind, verdict, error) in [
        ("hang", Verdict::TooLate, "answer-timeout"),
        ("close", Verdict::None, "connection-closed"),
        ("not-tls", Verdict::None, "not-tls"),
        ("garbage", Verdict::None, "unreadable-certificate"),
    ] {
        let look = shown(kind);
        assert_eq!((look.verdict, look.error), (verdict, Some(error)), "{kind}: {look:?}");
        assert_eq!(look.certificate, None, "{kind}");
    }
}

#[test]
fn what_is_written_in_a_certificate_is_read() {
    let look = shown("good");
    let certificate = look.certificate.unwrap();
    assert_eq!(certificate.names, ["shop.example.com"]);
    assert_eq!(certificate.issuer, "CN=World Root");
    assert_eq!(certificate.sha256.len(), 64);
    assert_eq!(certificate.authority_key_id.len(), 40);
    assert!(!certificate.serial.is_empty() && certificate.serial.bytes().all(|b| b.is_ascii_hexdigit()));
    let day = 86_400;
    assert!((certificate.valid_until - certificate.valid_from - 90 * day).abs() <= 1);
    assert_eq!(look.error, None);
}

#[test]
fn the_servers_own_addresses_are_looked_at_too_and_once() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "shop.example.com A": ["127.0.0.1"], "moved.example.com A": ["127.0.0.2"] },
    }));
    let mut options = options(&world);
    options.server_addresses = vec![[127, 0, 0, 2].into(), [127, 0, 0, 66].into()];
    let addresses = |host: &str| -> Vec<(String, bool, Verdict)> {
        let seen = look(host, &options);
        seen.tls.iter().map(|look| (look.address.to_string(), look.in_dns, look.verdict)).collect()
    };
    let at = |ip: &str, in_dns, verdict| (ip.to_owned(), in_dns, verdict);
    assert_eq!(
        addresses("shop.example.com"),
        [
            at("127.0.0.1", true, Verdict::Trusted),
            at("127.0.0.2", false, Verdict::Trusted),
            at("127.0.0.66", false, Verdict::None),
        ]
    );
    assert_eq!(
        addresses("moved.example.com"),
        [at("127.0.0.2", true, Verdict::Trusted), at("127.0.0.66", false, Verdict::None),]
    );
    // A host without DNS is looked at there all the same.
    assert_eq!(addresses("nobody.example.com")[0], at("127.0.0.2", false, Verdict::Trusted));
}

#[test]
fn a_wildcard_is_looked_at_by_a_name_below_it() {
    let world = world(json!({
        "zones": { "example.com": { "servers": ["127.0.1.1"] } },
        "records": { "any-name-below-the-wildcard.example.com A": ["127.0.0.1"], "example.com CAA": ["0 issue ;"] },
        "certificates": { "any-name-below-the-wildcard.example.com": "wildcard" },
    }));
    let seen = look("*.example.com", &options(&world));
    assert_eq!((seen.tls[0].verdict, seen.tls[0].covers_host), (Verdict::Trusted, true));
    assert_eq!(seen.dns.caa.name, "example.com");
}
