//! Where a request goes, and which redirects are followed.

use std::net::IpAddr;

use hickory_proto::rr::Name;
use url::{Host, Url};

/// Longest URL that is followed and shown.
const LONGEST_URL: usize = 2000;

/// A URL that may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) at: At,
    pub(super) is_tls: bool,
    pub(super) port: Port,
}

/// Whom a URL names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    Name(Name),
    Address(IpAddr),
}

/// The two ports that Let's Encrypt connects to, with either scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Port {
    Http,
    Https,
}

/// A redirect that is not followed: what can be shown of where it leads, and a stable code for why.
pub(super) type Refused = (String, &'static str);

impl Target {
    /// The first request: plain HTTP for the path at the host.
    pub(super) fn first(host: &str, path: &str) -> Option<Self> {
        Self::check(Url::parse(&format!("http://{host}{path}")).ok()?).ok()
    }

    /// Where an answer's `Location` leads from here.
    pub(super) fn redirect(&self, location: &[u8]) -> Result<Self, Refused> {
        let shown = || String::from_utf8_lossy(location.get(..200).unwrap_or(location)).into_owned();
        if location.len() > LONGEST_URL {
            return Err((self.url.to_string(), "location-too-long"));
        }
        let text = std::str::from_utf8(location).map_err(|_| (self.url.to_string(), "bad-location"))?;
        match self.url.join(text) {
            Ok(url) => Self::check(url),
            // What cannot be read may hold a password.
            Err(_) if text.contains('@') => Err((self.url.to_string(), "bad-location")),
            Err(_) => Err((shown(), "bad-location")),
        }
    }

    fn check(mut url: Url) -> Result<Self, Refused> {
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            let _ = url.set_username("").and_then(|()| url.set_password(None));
            return Err((shown(&url), "user-name-in-url"));
        }
        let refuse = |code| Err((shown(&url), code));
        if url.as_str().len() > LONGEST_URL {
            return refuse("location-too-long");
        }
        let is_tls = match url.scheme() {
            "http" => false,
            "https" => true,
            _ => return refuse("bad-scheme"),
        };
        let port = match url.port_or_known_default() {
            Some(80) => Port::Http,
            Some(443) => Port::Https,
            _ => return refuse("bad-port"),
        };
        let at = match url.host() {
            Some(Host::Ipv4(ip)) => At::Address(ip.into()),
            Some(Host::Ipv6(ip)) => At::Address(ip.into()),
            Some(Host::Domain(name)) => match Name::from_ascii(name) {
                Ok(mut name) if name.num_labels() > 1 => {
                    name.set_fqdn(true);
                    At::Name(name)
                }
                _ => return refuse("bad-host"),
            },
            None => return refuse("bad-host"),
        };
        Ok(Self { url, at, is_tls, port })
    }

    /// The host as HTTP and TLS name it.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }
}

/// A URL that has no user name any more. Schemes without a host may have anything in their place, so only they are shown.
fn shown(url: &Url) -> String {
    if url.has_host() {
        url.as_str().chars().take(LONGEST_URL).collect()
    } else {
        format!("{}:", url.scheme())
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn a_redirect_leads_to_a_host_on_port_80_or_443_or_is_told() {
        let from = Target::first("shop.example", "/.well-known/x").unwrap();
        for (location, outcome) in [
            ("/other", Ok("http://shop.example/other")),
            ("other", Ok("http://shop.example/.well-known/other")),
            ("//b.example/", Ok("http://b.example/")),
            ("https://b.example/?q=1#f", Ok("https://b.example/?q=1")),
            ("HTTP://B.Example:80/x", Ok("http://b.example/x")),
            ("http://b.example:443/x", Ok("http://b.example:443/x")),
            ("https://b.example:80/x", Ok("https://b.example:80/x")),
            ("http://bücher.example/", Ok("http://xn--bcher-kva.example/")),
            ("http://1.1.1.1/", Ok("http://1.1.1.1/")),
            ("http://0x7f.1/", Ok("http://127.0.0.1/")),
            ("http://[2606:4700::1111]/", Ok("http://[2606:4700::1111]/")),
            ("http://b.example:8080/", Err(("http://b.example:8080/", "bad-port"))),
            ("http://b.example:22/", Err(("http://b.example:22/", "bad-port"))),
            ("ftp://b.example/", Err(("ftp://b.example/", "bad-scheme"))),
            ("ftp://b.example:80/", Err(("ftp://b.example:80/", "bad-scheme"))),
            ("gopher://b.example:80/", Err(("gopher://b.example:80/", "bad-scheme"))),
            ("file:///etc/passwd", Err(("file:", "bad-scheme"))),
            ("data:text/plain,x", Err(("data:", "bad-scheme"))),
            ("http://me:secret@b.example/", Err(("http://b.example/", "user-name-in-url"))),
            ("http://me@b.example/", Err(("http://b.example/", "user-name-in-url"))),
            ("http://localhost/", Err(("http://localhost/", "bad-host"))),
            ("http://me:secret@b.example:x/", Err(("http://shop.example/.well-known/x", "bad-location"))),
            ("http://b.example:x/", Err(("http://b.example:x/", "bad-location"))),
            ("http://", Err(("http://", "bad-location"))),
        ] {
            let found = from.redirect(location.as_bytes()).map(|target| target.url.to_string());
            let expected = outcome.map(str::to_owned).map_err(|(url, code)| (url.to_owned(), code));
            assert_eq!(found, expected, "{location}");
        }
        let long = format!("/{}", "a".repeat(2001));
        assert_eq!(from.redirect(long.as_bytes()).unwrap_err().1, "location-too-long");
        assert_eq!(from.redirect(b"/\xff").unwrap_err().1, "bad-location");
    }
}
