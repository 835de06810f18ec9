//! One exchange with the panel: the process's own client, the request loop, retry, rate limit, errors, redaction.
//! No PHP.

pub(crate) mod answer;
mod causes;
mod client;
pub mod credentials;
pub mod error;
pub mod exchange;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub(crate) mod retry;
pub mod settings;

pub use client::{about, shut_down};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use exchange::Session;
pub use settings::Settings;
