//! `RunCloud` for PHP: maps domains and redeploys SSL certificates through `RunCloud`'s REST API.
//!
//! Arrows point down only: `php` over [`operations`] over [`http`] over [`api`]. Everything but `php` builds and is
//! tested without PHP (`--no-default-features`). Here is what PHP gets, in the order in which it gets it; the classes come
//! with the start-up, enums when they are used.

pub mod api;
mod dns;
pub mod http;
pub mod inspect;
pub mod operations;
#[cfg(feature = "php")]
mod php;

#[cfg(feature = "php")]
mod module {
    use ext_php_rs::{builders::ModuleBuilder, php_module};

    use crate::php::{
        functions, info, inspect,
        lifecycle::{self, start_up},
    };

    #[php_module]
    #[php(startup = "start_up")]
    pub fn get_module(module: ModuleBuilder) -> ModuleBuilder {
        let module = module
            .name("runcloud")
            .shutdown_function(lifecycle::shut_down)
            .info_function(info::show)
            .constant(("RUNCLOUD_VERSION", env!("CARGO_PKG_VERSION"), &[]));
        functions::all().into_iter().chain(inspect::all()).fold(module, ModuleBuilder::function)
    }
}
