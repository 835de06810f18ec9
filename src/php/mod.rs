//! The only place that knows PHP's engine, and the only unsafe code. One PHP class or concern in a file.

// Reason: parameter names are the names of PHP's named arguments, which read in camelCase.
#![allow(non_snake_case)]
// Reason: talking to the engine is unsafe; every block says why it holds.
#![allow(unsafe_code)]
// Reason: the macros take arguments by value, and their expansions have no docs of their own.
#![allow(clippy::needless_pass_by_value, missing_docs, unreachable_pub)]

#[cfg(not(target_pointer_width = "64"))]
compile_error!(
    "PHP's integers must have 64 bits: RunCloud's ids and the engine's structures are read as such."
);

mod arguments;
mod autoload;
mod certificate;
mod classes;
pub mod client;
mod client_class;
mod constants;
mod dns_record;
mod domain;
mod domain_page;
mod engine;
pub mod enum_case;
mod enums;
mod exception_getters;
mod exceptions;
pub mod functions;
pub mod info;
mod ini;
pub mod inspect;
mod late;
pub mod lifecycle;
mod server;
mod ssl_deployment;
mod value_class;
mod web_app;
