//! What a user wants done. Each operation is a short story told in endpoints; [`crate::http::Session`] tells it once.

mod add;
mod certificate;
mod discover;
mod install;
mod list;
mod names;
mod not_found;
mod read;
mod remove;
mod search;
mod ssl;
mod update;
mod www;

pub use add::*;
pub use certificate::*;
pub use discover::*;
pub use list::*;
pub use read::*;
pub use remove::*;
pub use ssl::*;
pub use update::*;
