//! What a visitor is served: DNS, plain HTTP and TLS, for many hosts at once. No PHP, and nothing of `RunCloud`'s.
//!
//! [`inspect`] looks at hosts, many at once as a `crowd`: first the DNS says its addresses, then HTTP and TLS are looked at
//! there. Every address goes through a `Gate` before anything is sent to it, so that nobody can make the server probe its
//! neighbours; what is connected to is the address that was checked, never the name once more. [`lookup_txt`] asks the same
//! DNS for nothing but texts.

mod address;
mod crowd;
mod dns;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod http;
mod inspection;
mod look;
mod options;
mod sockets;
pub mod suffix;
mod texts;
mod tls;
mod unseen;
mod world;

pub use address::is_public;
pub use inspection::{
    Answer, BODY, Certificate, Dns, Hop, HttpLook, Inspection, Outcome, Source, TlsLook, Verdict,
};
pub use look::inspect;
pub use options::{Limits, Options};
pub use texts::{before_host, lookup_txt};
pub use world::{Ports, World};
