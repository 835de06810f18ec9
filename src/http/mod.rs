//! One exchange with the panel: the process's own client, the request loop, retry, rate limit, errors, redaction.
//! No PHP.

pub(crate) mod answer;
mod client;
mod connector;
pub mod credentials;
mod der;
pub mod details;
mod dns;
mod engine;
pub mod error;
pub mod exchange;
mod failure;
mod files;
mod obstacle;
mod pem;
mod pipe;
mod proxy;
pub mod reason;
mod refusal;
pub(crate) mod retry;
mod roots;
mod sentences;
pub mod settings;
mod trip;

pub use client::{about, shut_down};
pub use credentials::Credentials;
pub use details::{Details, Value};
pub use error::{Error, ErrorKind};
pub use exchange::Session;
pub use reason::Reason;
pub use roots::remember_environment;
pub use settings::Settings;
