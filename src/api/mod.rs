//! `RunCloud`'s REST API as it is: endpoints as small structs, resources, pages. No PHP, no I/O.
//!
//! Each endpoint says its method, path, body and how its answer reads; [`crate::http`] carries it out.
//! Paths are relative to the version's base (`/v3` or `/v2`), which share them.

pub mod domain;
pub mod endpoint;
pub mod host;
pub mod lenient;
pub mod page;
pub mod server;
pub mod ssl;

pub use domain::{DnsRecord, Domain, DomainType, Redirection};
pub use endpoint::{Endpoint, Method, Repeat, WebAppRef};
pub use host::{Host, InvalidHost};
pub use page::Page;
pub use server::{Server, WebApp};
pub use ssl::{Certificate, SslMode};
