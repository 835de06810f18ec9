//! Certificates in PEM, as OpenSSL writes them and cURL reads them: the labels `CERTIFICATE`, `X509 CERTIFICATE` and
//! `TRUSTED CERTIFICATE`, a byte-order mark before the first line, and anything else between the blocks.

use base64::prelude::{BASE64_STANDARD, Engine};
use rustls::pki_types::CertificateDer;

use super::der;

const LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
const TRUSTED: &str = "TRUSTED CERTIFICATE";

/// A block that is a certificate.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Certificate {
    pub(super) der: CertificateDer<'static>,
    /// Counted from 1, certificates only.
    pub(super) block: usize,
    /// The line of its BEGIN, counted from 1.
    pub(super) line: usize,
}

/// A block that should be a certificate and cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damaged {
    /// Counted from 1, certificates only.
    pub(super) block: usize,
    /// The line of its BEGIN, counted from 1.
    pub(super) line: usize,
    /// What is wrong, as the end of a sentence about the block.
    pub(super) damage: &'static str,
}

/// Every block that is a certificate, in order: the certificate, or what is wrong. One that its file does not trust for web
/// servers is left out.
pub(super) fn certificates(pem: &[u8]) -> Vec<Result<Certificate, Damaged>> {
    let text = String::from_utf8_lossy(pem.strip_prefix(b"\xef\xbb\xbf").unwrap_or(pem));
    // As in OpenSSL, a carriage return alone does not end a line.
    let mut lines = text.lines().enumerate().map(|(number, line)| (number + 1, line.trim_end())).peekable();
    let (mut found, mut block) = (Vec::new(), 0);
    while let Some((line, text)) = lines.next() {
        let Some(label) = label(text, "-----BEGIN ") else { continue };
        block += 1;
        let mut body = String::new();
        let end = loop {
            match lines.peek() {
                None => break None,
                Some((_, next)) if next.starts_with("-----BEGIN ") => break None,
                Some((_, next)) if next.starts_with("-----END ") => break lines.next(),
                Some((_, next)) => {
                    body.push_str(next.trim_start());
                    lines.next();
                }
            }
        };
        let result = match end {
            Some((_, end)) if self::label(end, "-----END ") == Some(label) => decode(label, &body),
            Some(_) => Err("ends with the END line of something else"),
            None => Err("has no END line"),
        };
        match result {
            Ok(Some(der)) => found.push(Ok(Certificate { der, block, line })),
            Ok(None) => {}
            Err(damage) => found.push(Err(Damaged { block, line, damage })),
        }
    }
    found
}

/// The label of a certificate in a BEGIN or END line.
fn label(line: &str, start: &str) -> Option<&'static str> {
    let label = line.strip_prefix(start)?.strip_suffix("-----")?;
    LABELS.into_iter().find(|known| *known == label)
}

/// None: a certificate that is there so as not to be trusted.
fn decode(label: &str, body: &str) -> Result<Option<CertificateDer<'static>>, &'static str> {
    let decoded = BASE64_STANDARD.decode(body).map_err(|_| "is not base64")?;
    let (certificate, rest) = der::element(&decoded).ok_or("is cut off or is no certificate")?;
    if label == TRUSTED {
        return Ok(der::is_trusted_for_servers(rest).then(|| certificate.to_vec().into()));
    }
    if rest.is_empty() { Ok(Some(decoded.into())) } else { Err("has something after the certificate") }
}

#[cfg(test)]
mod tests;
