//! `RunCloud` for PHP: maps domains and redeploys SSL certificates through `RunCloud`'s REST API.
//!
//! Arrows point down only: [`php`] over [`operations`] over [`http`] over [`api`]. Everything but `php` builds and is
//! tested without PHP (`--no-default-features`).

pub mod api;
pub mod http;
pub mod operations;
