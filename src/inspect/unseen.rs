//! What is said where nothing was looked at.

use std::net::IpAddr;

use super::{Answer, Dns, Hop, HttpLook, Inspection, Outcome, TlsLook, Verdict};

/// The time was over before.
const DEADLINE: &str = "deadline";
/// What was given is no host name.
pub(super) const NOT_A_HOST: &str = "not-a-host";
/// Our own fault.
pub(super) const INTERNAL: &str = "internal-error";

/// A host for which there was no time.
pub(super) fn too_late(
    given: &str,
    paths: &[String],
    txt_prefix: Option<&str>,
    own: impl Iterator<Item = IpAddr>,
) -> Inspection {
    let http = |path: &String| HttpLook {
        path: path.clone(),
        hops: vec![Hop {
            url: format!("http://{given}{path}"),
            address: None,
            status: None,
            error: Some(DEADLINE),
        }],
        body: Vec::new(),
    };
    Inspection {
        host: given.to_owned(),
        error: None,
        dns: Dns {
            txt: txt_prefix.map(|prefix| answer(&format!("{prefix}.{given}"))),
            ..dns(&answer(given))
        },
        http: paths.iter().map(http).collect(),
        tls: own.map(|ip| tls(ip, false, Verdict::TooLate, DEADLINE)).collect(),
    }
}

/// What is no host name.
pub(super) fn not_a_host(given: &str) -> Inspection {
    nothing(given, NOT_A_HOST, Outcome::None)
}

/// A host of which we could not say anything by our own fault.
pub(super) fn internal(given: &str) -> Inspection {
    nothing(given, INTERNAL, Outcome::TooLate)
}

fn nothing(given: &str, error: &'static str, outcome: Outcome) -> Inspection {
    let answer = Answer { outcome, detail: Some(error), ..answer(given) };
    Inspection {
        host: given.to_owned(),
        error: Some(error),
        dns: dns(&answer),
        http: Vec::new(),
        tls: Vec::new(),
    }
}

fn dns(answer: &Answer) -> Dns {
    Dns {
        zone: None,
        name_servers: Vec::new(),
        a: answer.clone(),
        aaaa: answer.clone(),
        cname: answer.clone(),
        ns: answer.clone(),
        caa: answer.clone(),
        txt: None,
    }
}

/// The answer to a question for which there was no time.
pub(super) fn answer(name: &str) -> Answer {
    Answer {
        outcome: Outcome::TooLate,
        detail: Some(DEADLINE),
        records: Vec::new(),
        name: name.to_owned(),
        aliases: Vec::new(),
        source: None,
    }
}

/// An address at which TLS was not looked at.
pub(super) fn tls(address: IpAddr, in_dns: bool, verdict: Verdict, error: &'static str) -> TlsLook {
    TlsLook { address, in_dns, verdict, covers_host: false, error: Some(error), certificate: None }
}
