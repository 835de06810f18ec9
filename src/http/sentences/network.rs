//! What is between this server and the panel: this process, DNS, the network, the proxy, TLS.

use super::Arguments;
use crate::http::reason::Reason;

pub(super) fn sentence(reason: Reason, a: &Arguments<'_>) -> Option<String> {
    Some(match reason {
        Reason::OutOfFileDescriptors => "This PHP process can open no more files or connections: raise its limit (ulimit -n, \
             rlimit_files in PHP-FPM), or look for what keeps files open."
            .into(),
        Reason::OutOfThreads => "The system gives this PHP process no further thread: raise the limit of processes and threads \
             (ulimit -u, TasksMax in systemd) or of memory, or try again later."
            .into(),
        Reason::ClientFailed => {
            "The extension's HTTP client could not do its work: try again later, and look at the previous exception.".into()
        }
        Reason::DnsConfigurationUnreadable
        | Reason::DnsNameUnknown
        | Reason::DnsFailed
        | Reason::DnsTimeout => dns(reason, a),
        Reason::ConnectRefused => {
            format!("The connection to {} was refused: {}.", peer_and_port(a), check(a, &["the firewall"]))
        }
        Reason::ConnectFailed => format!(
            "{} cannot be reached ({}): {}.",
            start(&peer_and_port(a)),
            a.text("problem"),
            check(a, &["the network", "the firewall"])
        ),
        Reason::ConnectTimeout => connect_timeout(a),
        Reason::ProxyAuthenticationRequired
        | Reason::ProxyRefused
        | Reason::ProxyFailed
        | Reason::ProxyAnswerInvalid => proxy(reason, a),
        _ => return tls(reason, a),
    })
}

fn dns(reason: Reason, a: &Arguments<'_>) -> String {
    let host = a.text("lookup");
    let servers = match a.text("servers") {
        servers if servers.is_empty() => "/etc/resolv.conf".to_owned(),
        servers => format!("/etc/resolv.conf ({servers})"),
    };
    match reason {
        Reason::DnsConfigurationUnreadable => format!(
            "{} cannot be read ({}), so no host name can be looked up: check that the file is there and that PHP may read it.",
            a.text("file"),
            a.text("problem")
        ),
        Reason::DnsNameUnknown => {
            format!("DNS has no address for {host}: check {} and the name servers in {servers}.", setting(a))
        }
        Reason::DnsFailed => format!(
            "The name servers could not look up {host} ({}): check the name servers in {servers}, or try again later.",
            a.text("problem")
        ),
        _ => format!(
            "No DNS server answered for {host} within {} ({}): check the name servers in {servers}.",
            a.text("seconds"),
            a.text("setting")
        ),
    }
}

fn connect_timeout(a: &Arguments<'_>) -> String {
    let limit = format!("within {} ({})", a.text("seconds"), a.text("setting"));
    let advice = check(a, &["the network", "the firewall"]);
    match a.text("stage").as_str() {
        "tls" => format!("The TLS connection to {} was not ready {limit}: {advice}.", peer(a)),
        "proxy" => {
            format!(
                "The proxy {} did not connect to {} {limit}: check the proxy, or try again later.",
                a.text("proxy"),
                a.text("host")
            )
        }
        _ => format!("No connection to {} {limit}: {advice}.", peer(a)),
    }
}

fn proxy(reason: Reason, a: &Arguments<'_>) -> String {
    let (proxy, host, status) = (a.text("proxy"), a.text("host"), a.text("proxy_status"));
    match reason {
        Reason::ProxyAuthenticationRequired if a.is("credentials", "given") => format!(
            "The proxy {proxy} refused the user name and the password that it was given (HTTP {status}): correct them in \
             runcloud.proxy, or where the client's own proxy is set."
        ),
        Reason::ProxyAuthenticationRequired => format!(
            "The proxy {proxy} wants a user name and a password (HTTP {status}): write them into runcloud.proxy, or into the client's \
             own proxy, as http://user:password@host:port."
        ),
        Reason::ProxyRefused => format!(
            "The proxy {proxy} refused to connect to {host} (HTTP {status}): allow the host there, or set another proxy."
        ),
        Reason::ProxyFailed => format!(
            "The proxy {proxy} could not connect to {host} (HTTP {status}): check the proxy's own network and DNS, or try again later."
        ),
        _ => format!(
            "{proxy} did not answer as an HTTP proxy does: check runcloud.proxy and the client's own proxy."
        ),
    }
}

fn tls(reason: Reason, a: &Arguments<'_>) -> Option<String> {
    let peer = peer(a);
    let operator = format!("whoever runs {peer}");
    Some(match reason {
        Reason::CertificateExpired => format!(
            "The TLS certificate of {peer} expired{}: check this server's clock; if it is right, {operator} has to renew it.",
            on(a)
        ),
        Reason::CertificateNotYetValid => format!(
            "The TLS certificate of {peer} is not valid yet{}: check this server's clock, which may be behind.",
            match on(a) {
                on if on.is_empty() => on,
                on => format!(" (it begins{on})"),
            }
        ),
        Reason::CertificateWrongName => format!(
            "The TLS certificate of {peer} is for {}: check {} and what is between this server and RunCloud.",
            match a.text("names") {
                names if names.is_empty() => "another host".to_owned(),
                names => format!("another host ({names})"),
            },
            setting(a)
        ),
        Reason::CertificateUnknownIssuer => format!(
            "The TLS certificate of {peer} is not trusted, since no authority that this server knows issued it: check the system's \
             CA certificates, runcloud.ca_file and {}.",
            setting(a)
        ),
        Reason::CertificateKeyUnsupported => format!(
            "The TLS certificate of {peer} has a key or a signature that this extension does not support: {operator} has to \
             replace it; see the previous exception."
        ),
        Reason::CertificateInvalid => format!(
            "The TLS certificate of {peer} cannot be used: look at the previous exception, and check {}.",
            setting(a)
        ),
        Reason::ClientCertificateRequired => format!(
            "{} wants a TLS certificate of this server, which the extension does not send: check {} and what is between this server \
             and RunCloud.",
            start(&peer),
            setting(a)
        ),
        Reason::TlsVersionTooOld => format!(
            "{} speaks neither TLS 1.2 nor a newer version, and older ones are not safe: check what is between this server and \
             RunCloud, such as a proxy, and {}.",
            start(&peer),
            setting(a)
        ),
        Reason::TlsNothingInCommon => format!(
            "{} shares no TLS cipher, curve or signature algorithm with this extension: check what is between this server and RunCloud, \
             such as a proxy, and {}.",
            start(&peer),
            setting(a)
        ),
        Reason::TlsNotSpoken => format!(
            "What answers at {} does not speak TLS: check the scheme and the port of {}.",
            peer_and_port(a),
            setting(a)
        ),
        Reason::TlsBroken => format!(
            "The connection to {} broke while TLS was set up: check what is between this server and RunCloud, or try again later.",
            peer_and_port(a)
        ),
        Reason::TlsRefused => format!(
            "{} refused the TLS connection ({}): check {} and what is between this server and RunCloud.",
            start(&peer),
            a.text("problem"),
            setting(a)
        ),
        _ => return None,
    })
}

/// When a certificate ends or begins.
fn on(a: &Arguments<'_>) -> String {
    match a.text("date") {
        date if date.is_empty() => date,
        date => format!(" on {date}"),
    }
}

/// Who is at the other end: the panel, or the proxy before it.
fn peer(a: &Arguments<'_>) -> String {
    if a.is("peer", "proxy") { format!("the proxy {}", a.text("proxy")) } else { a.text("host") }
}

/// The same as the start of a sentence.
fn start(peer: &str) -> String {
    match peer.strip_prefix("the proxy") {
        Some(rest) => format!("The proxy{rest}"),
        None => peer.to_owned(),
    }
}

fn peer_and_port(a: &Arguments<'_>) -> String {
    if a.is("peer", "proxy") || !a.has("port") {
        peer(a)
    } else {
        format!("{} (port {})", peer(a), a.text("port"))
    }
}

/// The setting that names the peer.
fn setting(a: &Arguments<'_>) -> &'static str {
    if a.is("peer", "proxy") { "runcloud.proxy" } else { "runcloud.base_url" }
}

/// What to check, in the order of an English list.
fn check(a: &Arguments<'_>, of_panel: &[&str]) -> String {
    if a.is("peer", "proxy") {
        return "check runcloud.proxy, and that the proxy is running".into();
    }
    match of_panel {
        [first @ .., last] => format!("check {} and {last}", [&[setting(a)], first].concat().join(", ")),
        [] => format!("check {}", setting(a)),
    }
}
