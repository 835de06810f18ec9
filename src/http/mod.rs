//! One exchange with the panel: the process's own client, the request loop, retry, rate limit, errors, redaction.
//! No PHP.

pub(crate) mod answer;
mod client;
pub mod credentials;
mod der;
pub mod details;
mod dns;
pub mod error;
pub mod exchange;
mod failure;
mod files;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod obstacle;
mod pem;
mod proxy;
pub mod reason;
mod refusal;
pub(crate) mod retry;
mod roots;
mod sentences;
pub mod settings;
mod taken;
mod tls;
mod trip;
mod watch;

pub use client::{about, shut_down, trusted_authorities};
pub use credentials::Credentials;
pub use details::{Details, Value};
pub use error::{Error, ErrorKind};
pub use exchange::Session;
pub use reason::Reason;
pub use roots::remember_environment;
pub use settings::Settings;
