//! What counts as a certificate here is its frame: whether it is one shows when it is trusted.

use super::*;

const DER: &[u8] = &[0x30, 3, 2, 1, 5];
const SERVERS: &[u8] = &[6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];
const CLIENTS: &[u8] = &[6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2];
const ANY: &[u8] = &[6, 4, 0x55, 0x1d, 0x25, 0];

fn block(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64_STANDARD.encode(der))
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
}

/// A certificate with the purposes that it is trusted for, and those that it is rejected for.
fn trusted(trusted: Option<&[u8]>, rejected: Option<&[u8]>) -> Vec<u8> {
    let lists = [trusted.map(|list| element(0x30, list)), rejected.map(|list| element(0xa0, list))];
    let name = element(0x0c, b"name");
    let extra = lists.into_iter().flatten().chain([name]).collect::<Vec<_>>().concat();
    [DER, &element(0x30, &extra)].concat()
}

fn count(pem: &str) -> usize {
    let found = certificates(pem.as_bytes());
    assert!(found.iter().all(|c| c.as_ref().is_ok_and(|c| *c.der == *DER)), "{found:?}");
    found.len()
}

#[test]
fn every_label_of_openssl_is_read() {
    for label in LABELS {
        assert_eq!(count(&block(label, DER)), 1, "{label}");
    }
    assert_eq!(count(&block("PRIVATE KEY", DER)), 0);
}

#[test]
fn a_byte_order_mark_line_ends_and_text_between_do_not_matter() {
    let one = block("CERTIFICATE", DER);
    assert_eq!(count(&format!("\u{feff}{one}")), 1);
    assert_eq!(count(&one.replace('\n', "\r\n")), 1);
    assert_eq!(count(&format!("Subject: CN=a\n{one}{}\nmore\n{one}", block("DH PARAMETERS", b"x"))), 2);
    assert_eq!(count(&one.replace("-----\n", "-----  \n")), 1);
}

#[test]
fn a_certificate_that_its_file_does_not_trust_for_servers_is_left_out() {
    for (purposes, rejected, is_trusted) in [
        (None, None, true),
        (Some(SERVERS), None, true),
        (Some(ANY), None, true),
        (Some(CLIENTS), None, false),
        (None, Some(SERVERS), false),
        (None, Some(CLIENTS), true),
        (Some(SERVERS), Some(ANY), false),
    ] {
        let pem = block("TRUSTED CERTIFICATE", &trusted(purposes, rejected));
        assert_eq!(count(&pem), usize::from(is_trusted), "{purposes:?} {rejected:?}");
    }
    assert_eq!(count(&block("TRUSTED CERTIFICATE", DER)), 1);
}

#[test]
fn a_damaged_block_is_named_by_its_number_and_its_line() {
    let good = block("CERTIFICATE", DER);
    let cases = [
        ("is not base64", good.replace("MAMC", "MA!C")),
        ("has no END line", good.lines().take(2).collect::<Vec<_>>().join("\n") + "\n"),
        ("is cut off or is no certificate", block("CERTIFICATE", &DER[..3])),
        ("is cut off or is no certificate", block("X509 CERTIFICATE", b"")),
        ("has something after the certificate", block("CERTIFICATE", &[DER, &[0]].concat())),
        ("ends with the END line of something else", good.replace("END CERTIFICATE", "END X509 CERTIFICATE")),
    ];
    for (damage, bad) in cases {
        let found = certificates(format!("{good}# two\n{bad}{good}").as_bytes());
        assert_eq!(found.len(), 3, "{damage}: {found:?}");
        assert_eq!(found[1], Err(Damaged { block: 2, line: 5, damage }));
        assert!(found[0].is_ok() && found[2].is_ok());
    }
}

#[test]
fn whatever_stands_in_a_file_is_read_or_told() {
    let good = format!(
        "{}{}",
        block("CERTIFICATE", DER),
        block("TRUSTED CERTIFICATE", &trusted(Some(SERVERS), Some(ANY)))
    );
    for _ in 0..2000 {
        let mut pem = good.clone().into_bytes();
        for _ in 0..fastrand::usize(1..4) {
            let place = fastrand::usize(..pem.len());
            pem[place] = fastrand::u8(..);
        }
        pem.truncate(fastrand::usize(..=pem.len()));
        for damaged in certificates(&pem).into_iter().filter_map(Result::err) {
            assert!((1..=2).contains(&damaged.block) && damaged.line < 20, "{damaged:?}");
        }
        // As extra data and as a certificate, DER is as others write it.
        let der: Vec<u8> = (0..fastrand::usize(..20)).map(|_| fastrand::u8(..)).collect();
        let _ = (der::element(&der), der::is_trusted_for_servers(&der));
    }
}
