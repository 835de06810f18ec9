//! What a user wants done. Each operation is a short story told in endpoints; [`crate::http::Session`] tells it once.

mod add;
mod discover;
mod list;
mod not_found;
mod read;
mod remove;
mod ssl;

pub use add::{Added, add_domain};
pub use discover::{LocatedWebApp, discover};
pub use list::{domains, find_domain};
pub use read::{dns_records, ping, server, web_app};
pub use remove::remove_domain;
pub use ssl::{SslDeployment, SslOutcome, redeploy_ssl, ssl_mode};
