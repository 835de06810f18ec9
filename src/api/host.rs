//! Host names as `RunCloud` takes them: ASCII, lower case, with a `*` as first label at most.

use std::{borrow::Cow, fmt, net::IpAddr};

/// Longest host name in ASCII form, without a trailing dot (RFC 1035).
const LONGEST_HOST: usize = 253;
/// Longest label in ASCII form (RFC 1035).
const LONGEST_LABEL: usize = 63;

/// A host name that may be sent to the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host(String);

/// Why a text is no host name: one sentence that names the text and the fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidHost(String);

impl fmt::Display for InvalidHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidHost {}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Host {
    /// Checks and normalises `text`: lower case, IDN to ASCII (UTS 46), one trailing dot dropped.
    ///
    /// # Errors
    /// A sentence for a person when `text` has a scheme, port, path, space, underscore, empty or too long label,
    /// is an IP address or a single label, or has a `*` elsewhere than as the whole first label.
    pub fn parse(text: &str) -> Result<Self, InvalidHost> {
        let refuse = |why: &str| Err(InvalidHost(format!("The domain {} {why}", shown(text))));
        if text.is_empty() {
            return Err(InvalidHost(
                "The domain is empty: pass a host name such as shop.example.com.".into(),
            ));
        }
        if let Some(why) = wrong_form(text) {
            return refuse(why);
        }
        let bare = text.strip_suffix('.').unwrap_or(text);
        let (wildcard, name) = match bare.strip_prefix("*.") {
            Some(rest) => ("*.", rest),
            None => ("", bare),
        };
        if name.contains('*') {
            return refuse(
                "has a * in the wrong place: write a wildcard as the whole first label, as in *.example.com.",
            );
        }
        let Ok(ascii) = idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::STD3) else {
            return refuse(
                "is not a valid host name: use letters, digits and hyphens in labels separated by single dots.",
            );
        };
        let host = format!("{wildcard}{ascii}");
        if let Some(why) = wrong_labels(&ascii, &host) {
            return refuse(why);
        }
        Ok(Self(host))
    }

    /// The normalised name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `name`, as the panel spells it, is this host: case and Unicode or ASCII form do not matter.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case(&self.0) || Self::parse(name).is_ok_and(|other| other == *self)
    }
}

/// What people paste in place of a host name.
fn wrong_form(text: &str) -> Option<&'static str> {
    if text.len() > 4 * LONGEST_HOST {
        return Some("is too long: pass a host name of at most 253 characters.");
    }
    if text.chars().any(char::is_control) {
        return Some("contains a control character: pass the bare host name.");
    }
    if text.chars().any(char::is_whitespace) {
        return Some("contains a space: pass the bare host name.");
    }
    if text.contains("://") {
        return Some("has a scheme: pass the bare host name, without https://.");
    }
    if text.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return Some("is an IP address: pass a host name, RunCloud maps nothing else.");
    }
    if text.contains(['/', '?', '#', '\\']) {
        return Some("has a path or query: pass the bare host name.");
    }
    if text.contains('@') {
        return Some("has an @: pass the bare host name, not an e-mail address or a user name.");
    }
    if text.contains(':') {
        return Some("has a port: pass the bare host name.");
    }
    if text.contains('_') {
        return Some("has an underscore, which host names may not have: use a hyphen.");
    }
    if text.contains("..") || text.starts_with('.') {
        return Some("has an empty label: write single dots between the labels.");
    }
    None
}

/// Faults that show only in the ASCII form.
fn wrong_labels(ascii: &str, host: &str) -> Option<&'static str> {
    if host.len() > LONGEST_HOST {
        return Some("is too long: pass a host name of at most 253 characters.");
    }
    if ascii.split('.').any(|label| label.len() > LONGEST_LABEL) {
        return Some("has a label that is too long: pass a host name with labels of at most 63 characters.");
    }
    if ascii.split('.').any(str::is_empty) {
        return Some("has an empty label: write single dots between the labels.");
    }
    if ascii.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) {
        return Some(
            "has a label that begins or ends with a hyphen, which host names may not have: check the spelling.",
        );
    }
    if ascii.parse::<IpAddr>().is_ok()
        || ascii.rsplit('.').next().is_some_and(|tld| tld.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some("is an IP address: pass a host name, RunCloud maps nothing else.");
    }
    if !ascii.contains('.') {
        return Some("is a single label: pass a full host name such as shop.example.com.");
    }
    None
}

/// `text` in quotes, control characters escaped, at most 80 characters of it.
fn shown(text: &str) -> String {
    let cut: String = text.chars().take(80).collect();
    let more = if cut.len() < text.len() { Cow::from("...") } else { Cow::from("") };
    format!("\"{}{more}\"", cut.escape_debug().to_string().replace("\\'", "'"))
}

#[cfg(test)]
mod tests {
    use super::Host;

    #[test]
    fn a_host_is_normalised_to_lower_case_ascii() {
        for (text, host) in [
            ("Shop.Example.COM", "shop.example.com"),
            ("shop.example.com.", "shop.example.com"),
            ("*.Example.com", "*.example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("उदाहरण.भारत", "xn--p1b6ci4b4b3a.xn--h2brj9c"),
            ("দোকান.ভারত", "xn--p5b7ah1gxc.xn--45brj9c"),
            ("пример.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
            ("a-b.c0.example", "a-b.c0.example"),
        ] {
            assert_eq!(Host::parse(text).map(|h| h.as_str().to_owned()), Ok(host.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused_with_a_sentence_that_names_it() {
        let long = format!("{}.example", "a".repeat(64));
        let very_long = format!("{}example", "a.".repeat(130));
        for (text, why) in [
            ("", "is empty"),
            ("https://a.example", "has a scheme"),
            ("a.example:443", "has a port"),
            ("a.example/path", "has a path"),
            ("a.example/../../x", "has a path"),
            ("a.example?x=", "has a path or query"),
            ("a b.example", "contains a space"),
            (" a.example", "contains a space"),
            ("a.example\r\nX-Evil: 1", "contains a control character"),
            ("a\0.example", "contains a control character"),
            ("192.0.2.1", "is an IP address"),
            ("[2001:db8::1]", "is an IP address"),
            ("2001:db8::1", "is an IP address"),
            ("0x7f.1", "is an IP address"),
            ("localhost", "is a single label"),
            ("*", "write a wildcard"),
            ("*.com", "is a single label"),
            ("my_shop.example", "has an underscore"),
            ("a..example", "has an empty label"),
            (".a.example", "has an empty label"),
            ("a.example..", "has an empty label"),
            ("a.*.example", "write a wildcard"),
            ("a*.example", "write a wildcard"),
            ("*.*.example", "write a wildcard"),
            ("-a.example", "hyphen"),
            ("a-.example", "hyphen"),
            ("user@a.example", "has an @"),
            ("a%.example", "is not a valid host name"),
            (long.as_str(), "label that is too long"),
            (very_long.as_str(), "is too long"),
        ] {
            let Err(e) = Host::parse(text) else { panic!("{text:?} was accepted") };
            let message = e.to_string();
            assert!(message.contains(why), "{text:?}: {message}");
            assert!(!message.contains(['\r', '\n', '\0']), "{text:?}: {message:?}");
        }
    }

    #[test]
    fn the_panels_spelling_of_a_host_is_recognised() {
        let host = Host::parse("bücher.example").unwrap();
        assert!(host.is("XN--bcher-kva.example"));
        assert!(host.is("Bücher.example"));
        assert!(!host.is("buecher.example"));
    }
}
