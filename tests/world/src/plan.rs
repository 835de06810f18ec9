//! What the world is like.

use std::{
    collections::{BTreeMap, HashMap},
    net::Ipv4Addr,
    sync::Mutex,
};

use serde::Deserialize;

use crate::{Ports, certificates::Shown};

/// What the world is like.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// How long every answer takes.
    pub delay_ms: u64,
    /// The zones by their names.
    pub zones: BTreeMap<String, Zone>,
    /// Records by `NAME KIND`. A text may have the form of a zone file: strings in quotation marks, `\DDD` for any byte.
    pub records: HashMap<String, Vec<String>>,
    /// The same, from the second time on that a server is asked.
    pub later: HashMap<String, Vec<String>>,
    /// What goes wrong, by `NAME KIND`, at the zone's servers and the resolver; or by `zone NAME KIND`, `resolver NAME KIND`.
    pub faults: HashMap<String, Fault>,
    /// Name servers that never answer.
    pub dead: Vec<Ipv4Addr>,
    /// What is served, by host and path; `HOST/*` stands for all paths of a host that are not named.
    pub pages: HashMap<String, Page>,
    /// What TLS shows, by `ADDRESS HOST` or by host. [`Kind::Good`](crate::Kind::Good) where nothing is said.
    pub certificates: HashMap<String, Shown>,
    /// The ports. Where nothing is said the system gives them.
    pub ports: Option<Ports>,
    /// Plain HTTP at [`HERE`](crate::HERE) is somebody else's.
    pub http_here_is_taken: bool,
    /// Where this is set every name is a zone of its own with this address, served by 127.0.1.1.
    pub everything: Option<Ipv4Addr>,
    #[serde(skip)]
    pub(crate) asked: Mutex<HashMap<String, u32>>,
}

/// A zone.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Zone {
    /// The addresses of its name servers, which are called `ns1.ZONE`, `ns2.ZONE` and so on.
    pub servers: Vec<Ipv4Addr>,
    /// Whether it is signed, so that the resolver says that its answers are authentic.
    pub signed: bool,
    /// Servers that should know the zone, and do not.
    pub lame: bool,
}

/// What goes wrong when a name server is asked.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// REFUSED.
    Refused,
    /// SERVFAIL.
    ServerFailure,
    /// SERVFAIL, unless checking is disabled.
    Bogus,
    /// No answer.
    Silence,
    /// Half a message.
    Malformed,
    /// A true answer under a wrong id.
    WrongId,
    /// An answer to another question.
    WrongQuestion,
    /// A wrong answer under a wrong id, then the true one.
    Spoofed,
    /// Cut off by UDP, whole by TCP.
    Truncated,
    /// Cut off by UDP, silence by TCP.
    TruncatedSilence,
    /// Cut off by UDP, half a message by TCP.
    TruncatedMalformed,
    /// FORMERR to EDNS.
    NoEdns,
    /// NOTIMP always.
    NotImplemented,
    /// NOERROR without anything, and without standing for the zone.
    Lame,
}

/// What is served at a path.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// Where to look in place of this.
    pub location: Option<String>,
    /// The body.
    pub body: String,
    /// What goes wrong: `hang`, `close`, `garbage`, `huge-head`, `many-headers`, `endless`, `broken-off`, `slow-body`. `echo` gives back the
    /// request; `proxy` what the server at `location`, as `ADDRESS:PORT`, answers to it.
    pub how: String,
}

impl Default for Page {
    fn default() -> Self {
        Self { status: 200, location: None, body: String::new(), how: String::new() }
    }
}
