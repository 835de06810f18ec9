//! Results as ordinary PHP objects: final classes with typed readonly properties.

use ext_php_rs::{
    boxed::ZBox,
    builders::{ClassBuilder, FunctionBuilder},
    error::{Error, Result},
    flags::{ClassFlags, DataType, MethodFlags},
    types::{ZendObject, Zval},
    zend::ExecuteData,
};

use super::engine::{self, Class, PUBLIC_READONLY};

/// A property: its name, type, and whether it may be null.
pub(super) type Property = (&'static str, DataType, bool);

ext_php_rs::zend_fastcall! {
    /// A private constructor that does nothing: only this module makes results.
    extern fn construct(_frame: &mut ExecuteData, _result: &mut Zval) {}
}

/// Registers a final class with a private constructor and typed readonly properties, at module start-up.
pub(super) fn register(class: &Class, name: &str, properties: &[Property]) -> Result<()> {
    ClassBuilder::new(name)
        .flags(ClassFlags::Final | ClassFlags::NoDynamicProperties)
        .method(FunctionBuilder::new("__construct", construct), MethodFlags::Private)
        .registration(|_, tables| engine::keep(tables))
        .register()?;
    let ce = engine::class_at_start_up(name).ok_or(Error::InvalidPointer)?;
    for (name, ty, nullable) in properties {
        engine::declare_property(ce, name, PUBLIC_READONLY, *ty, *nullable, engine::undefined());
    }
    class.set(ce);
    Ok(())
}

/// An object with one value for each property, in the order of declaration. The values must be of the declared types:
/// nothing checks them here.
pub(super) fn object<const N: usize>(class: &Class, values: [Zval; N]) -> Result<ZBox<ZendObject>> {
    let ce =
        class.get().filter(|ce| usize::try_from(ce.default_properties_count).is_ok_and(|count| count == N));
    let mut object = ZendObject::new(ce.ok_or(Error::InvalidPointer)?);
    let slots = object.properties_table.as_mut_ptr();
    for (index, value) in values.into_iter().enumerate() {
        // SAFETY: the object has as many slots as the class has properties, which is N; each is uninitialised, so
        // nothing is overwritten that would have to be freed.
        unsafe { slots.add(index).write(value) }
    }
    Ok(object)
}

/// Makes a Rust type a PHP value class: its name, and its properties as `name: type = value`.
macro_rules! value_class {
    ($rust:ty, $class:literal, $($name:literal: $ty:expr, $nullable:literal = |$this:ident| $value:expr;)+) => {
        static CLASS: $crate::php::engine::Class = $crate::php::engine::Class::new();

        /// Registers the class, at module start-up.
        pub(super) fn register() -> ext_php_rs::error::Result<()> {
            $crate::php::value_class::register(&CLASS, $class, &[$(($name, $ty, $nullable)),+])
        }

        impl ext_php_rs::convert::IntoZval for $rust {
            const TYPE: ext_php_rs::flags::DataType = ext_php_rs::flags::DataType::object($class);
            const NULLABLE: bool = false;

            fn set_zval(self, out: &mut ext_php_rs::types::Zval, persistent: bool) -> ext_php_rs::error::Result<()> {
                let values = [$({ let $this = &self; $crate::php::engine::zval($value) }),+];
                $crate::php::value_class::object(&CLASS, values)?.set_zval(out, persistent)
            }
        }
    };
}
pub(super) use value_class;
