//! `runcloud.inspect_world`: the small world that tests look at. Scripts cannot set it, or they could reach the server's
//! neighbours.

use std::sync::Arc;

use crate::{
    http::{Error, settings::Setting},
    inspect::{Options, World, roots},
    php::ini,
};

/// What only tests set.
pub(in crate::php) const INSPECT_WORLD: Setting =
    Setting { name: "runcloud.inspect_world", default: "", system_only: true };

/// The options that do not come from arguments.
pub(super) fn options() -> Result<Options, Error> {
    let world = World::read(&ini::value_of(INSPECT_WORLD, false)).map_err(|part| {
        refuse(&format!("has a part that cannot be read, \"{part}\": correct it, or leave the setting out."))
    })?;
    let roots = roots::of_the_system(world.roots.as_deref()).map_err(|error| {
        refuse(&format!("names a file for roots that cannot be used ({error}): correct the path."))
    })?;
    Ok(Options {
        roots: Arc::new(roots),
        user_agent: concat!(
            "Mozilla/5.0 (compatible; runcloud-php/",
            env!("CARGO_PKG_VERSION"),
            "; looks at what is served)"
        )
        .into(),
        world,
        ..Options::default()
    })
}

fn refuse(why: &str) -> Error {
    Error::configuration(format!("{} {why}", INSPECT_WORLD.name))
}
