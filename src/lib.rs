//! `RunCloud` for PHP: maps domains and redeploys SSL certificates through `RunCloud`'s REST API.
//!
//! Arrows point down only: `php` over [`operations`] over [`http`] over [`api`]. Everything but `php` builds and is
//! tested without PHP (`--no-default-features`). Here is what PHP gets, in the order in which it gets it; the classes come
//! with the start-up.

pub mod api;
pub mod http;
pub mod inspect;
pub mod operations;
#[cfg(feature = "php")]
mod php;
#[cfg(any(test, feature = "fuzzing"))]
pub mod properties;

// What the tests of this crate share with those from outside of it calls it by its name.
#[cfg(any(test, feature = "fuzzing"))]
extern crate self as runcloud;

#[cfg(feature = "php")]
mod module {
    use ext_php_rs::{builders::ModuleBuilder, php_module};

    use crate::php::{
        enums::{DomainType, Redirection, SslMode, SslOutcome},
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
            .enumeration::<Redirection>()
            .enumeration::<DomainType>()
            .enumeration::<SslMode>()
            .enumeration::<SslOutcome>();
        functions::all().into_iter().chain(inspect::all()).fold(module, ModuleBuilder::function)
    }
}
