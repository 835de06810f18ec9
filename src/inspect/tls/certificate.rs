//! What is written in a certificate.

use ring::digest::{SHA256, digest};
use x509_parser::{
    certificate::X509Certificate,
    extensions::{GeneralName, ParsedExtension},
    prelude::FromDer,
};

use crate::inspect::Certificate;

/// How many names are kept.
const MOST_NAMES: usize = 100;
/// Longest name of an issuer that is kept.
const LONGEST_ISSUER: usize = 300;
/// Longest serial number and key id that are kept, in bytes. Serial numbers have at most 20.
const LONGEST_ID: usize = 64;

/// What else the verdict needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inspect) struct Traits {
    pub(super) is_self_signed: bool,
    pub(super) is_staging: bool,
}

/// Reads a certificate; `None` where it cannot be read.
pub(in crate::inspect) fn read(der: &[u8]) -> Option<(Certificate, Traits)> {
    let (_, x509) = X509Certificate::from_der(der).ok()?;
    let mut certificate = Certificate {
        issuer: shown(&x509.issuer().to_string(), LONGEST_ISSUER),
        serial: hex(x509.raw_serial()),
        sha256: hex(digest(&SHA256, der).as_ref()),
        valid_from: x509.validity().not_before.timestamp(),
        valid_until: x509.validity().not_after.timestamp(),
        ..Certificate::default()
    };
    for extension in x509.extensions() {
        match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(names) => {
                certificate.names = names.general_names.iter().filter_map(name).take(MOST_NAMES).collect();
            }
            ParsedExtension::AuthorityKeyIdentifier(key) => {
                certificate.authority_key_id =
                    key.key_identifier.as_ref().map(|id| hex(id.0)).unwrap_or_default();
            }
            _ => {}
        }
    }
    let traits = Traits {
        is_self_signed: x509.issuer().as_raw() == x509.subject().as_raw(),
        is_staging: is_staging(&x509),
    };
    Some((certificate, traits))
}

/// Let's Encrypt's staging environment marks the names of its issuers.
fn is_staging(x509: &X509Certificate<'_>) -> bool {
    let mut names = x509.issuer().iter_organization().chain(x509.issuer().iter_common_name());
    names.any(|name| name.as_str().is_ok_and(|name| name.starts_with("(STAGING)")))
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(shown(&name.to_ascii_lowercase(), 253)),
        GeneralName::IPAddress(bytes) => match *bytes {
            bytes if bytes.len() == 4 => {
                <[u8; 4]>::try_from(bytes).ok().map(|ip| std::net::Ipv4Addr::from(ip).to_string())
            }
            bytes => <[u8; 16]>::try_from(bytes).ok().map(|ip| std::net::Ipv6Addr::from(ip).to_string()),
        },
        _ => None,
    }
}

/// At most so many characters of it, none of which is a control character.
fn shown(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().take(LONGEST_ID).fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
