//! `runcloud.inspect_world`: the small world that tests look at. Scripts cannot set it, or they could reach the server's
//! neighbours.

use crate::{
    http::{self, Error, Reason, settings::Setting},
    inspect::{Options, World},
    php::ini,
};

/// What only tests set.
pub(in crate::php) const INSPECT_WORLD: Setting =
    Setting { name: "runcloud.inspect_world", default: "", system_only: true };

/// The world that is looked at.
pub(super) fn world() -> Result<World, Error> {
    World::read(&ini::value_of(INSPECT_WORLD, false)).map_err(|part| {
        Error::new(Reason::SettingInvalid)
            .with("setting", INSPECT_WORLD.name)
            .with("problem", "unreadable-part")
            .with("value", part)
    })
}

/// The options that do not come from arguments.
pub(super) fn options() -> Result<Options, Error> {
    let world = world()?;
    Ok(Options {
        roots: http::trusted_authorities(world.roots.as_deref())
            .map_err(|error| error.with("setting", INSPECT_WORLD.name))?,
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
