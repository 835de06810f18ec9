//! As much of DER as the extra data of OpenSSL's `TRUSTED CERTIFICATE` takes.
//!
//! After the certificate there may be a sequence: purposes that the certificate is trusted for (a sequence of object
//! identifiers), purposes that it is rejected for (the same, with the tag `[0]`), and names that do not matter here.

const SEQUENCE: u8 = 0x30;
const REJECTED: u8 = 0xa0;
const OBJECT_IDENTIFIER: u8 = 0x06;
/// 1.3.6.1.5.5.7.3.1, the authentication of servers.
const SERVERS: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 1];
/// 2.5.29.37.0, every purpose.
const ANY: &[u8] = &[0x55, 0x1d, 0x25, 0];

/// The first element, with its tag and length, and what follows it. None: there is no whole element.
pub(super) fn element(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, content, rest) = read(der)?;
    let length = der.len() - rest.len();
    (!content.is_empty()).then(|| der.split_at_checked(length)).flatten()
}

/// Whether a certificate with this extra data is trusted as an authority of web servers.
pub(super) fn is_trusted_for_servers(extra: &[u8]) -> bool {
    let Some((SEQUENCE, mut extra, _)) = read(extra) else { return true };
    let (mut trusted, mut rejected) = (None, Vec::new());
    while let Some((tag, content, rest)) = read(extra) {
        match tag {
            SEQUENCE => trusted = Some(identifiers(content)),
            REJECTED => rejected = identifiers(content),
            _ => {}
        }
        extra = rest;
    }
    let is_for_servers = |identifiers: &Vec<&[u8]>| identifiers.iter().any(|id| [SERVERS, ANY].contains(id));
    !is_for_servers(&rejected) && trusted.as_ref().is_none_or(is_for_servers)
}

fn identifiers(mut list: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while let Some((tag, content, rest)) = read(list) {
        if tag == OBJECT_IDENTIFIER {
            found.push(content);
        }
        list = rest;
    }
    found
}

/// Tag, content and what follows.
fn read(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, first], rest) = der.split_first_chunk()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if bytes.is_empty() || bytes.len() > 4 {
            return None;
        }
        (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}
