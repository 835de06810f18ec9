//! Results as ordinary PHP objects: final classes with typed readonly properties.

use std::sync::{Mutex, PoisonError};

use ext_php_rs::{
    boxed::ZBox,
    builders::{ClassBuilder, FunctionBuilder},
    error::{Error as PhpError, Result},
    exception::PhpException,
    flags::{ClassFlags, DataType, MethodFlags},
    types::{ZendObject, Zval},
    zend::{ClassEntry, ExecuteData},
};

use super::{
    engine::{self, Class, PUBLIC_READONLY},
    enum_case::EnumInfo,
    value_state,
};
use crate::http::{Error, Reason};

/// A class of results.
pub(super) struct ValueClass {
    /// As in `RunCloud\Domain`.
    pub(super) name: &'static str,
    pub(super) properties: &'static [Property],
    pub(super) class: Class,
}

/// A property of a class of results.
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) nullable: bool,
}

/// What a property holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Int,
    Text,
    Bool,
    Enum(&'static EnumInfo),
    /// A result of its own.
    Object(&'static ValueClass),
    /// Results, in a list.
    Objects(&'static ValueClass),
    /// Strings, in a list.
    Texts,
}

impl Kind {
    fn data_type(self) -> DataType {
        match self {
            Self::Int => DataType::Long,
            Self::Text => DataType::String,
            Self::Bool => DataType::Bool,
            Self::Enum(info) => DataType::object(info.class),
            Self::Object(class) => DataType::object(class.name),
            Self::Objects(_) | Self::Texts => DataType::Array,
        }
    }

    /// As PHP names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Text => "string",
            Self::Bool => "bool",
            Self::Enum(info) => info.class,
            Self::Object(class) => class.name,
            Self::Objects(_) | Self::Texts => "array",
        }
    }
}

ext_php_rs::zend_fastcall! {
    /// A private constructor that does nothing: only this module makes results.
    extern fn construct(_frame: &mut ExecuteData, _result: &mut Zval) {}
}

static REGISTERED: Mutex<Vec<&ValueClass>> = Mutex::new(Vec::new());

/// The class of results that PHP knows by this entry.
pub(super) fn of_entry(ce: *const ClassEntry) -> Option<&'static ValueClass> {
    let registered = REGISTERED.lock().unwrap_or_else(PoisonError::into_inner);
    registered.iter().copied().find(|class| class.class.raw().cast_const() == ce)
}

impl ValueClass {
    /// Registers it, at module start-up.
    pub(super) fn register(&'static self) -> Result<()> {
        let builder = ClassBuilder::new(self.name)
            .flags(ClassFlags::Final | ClassFlags::NoDynamicProperties)
            .method(FunctionBuilder::new("__construct", construct), MethodFlags::Private);
        value_state::methods(self.name)
            .into_iter()
            .fold(builder, |builder, (method, flags)| builder.method(method, flags))
            .registration(|_, tables| engine::keep(tables))
            .register()?;
        let ce = engine::class_at_start_up(self.name).ok_or(PhpError::InvalidPointer)?;
        for property in self.properties {
            engine::declare_property(
                ce,
                property.name,
                PUBLIC_READONLY,
                property.kind.data_type(),
                property.nullable,
                engine::undefined(),
            );
        }
        self.class.set(ce);
        REGISTERED.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        Ok(())
    }

    /// An object with one value for each property, in the order of declaration. The values must be of the declared types:
    /// nothing checks them here.
    pub(super) fn object(&self, values: Vec<Zval>) -> Result<ZBox<ZendObject>> {
        let disabled = Error::new(Reason::ClassDisabled).with("class", self.name);
        let Some(ce) = self.class.get() else { return refuse(disabled.with("problem", "not-registered")) };
        // SAFETY: the union holds nothing but this pointer in a class that is no interface.
        if unsafe { ce.__bindgen_anon_2.create_object }.is_some() {
            return refuse(disabled);
        }
        let mut object = ZendObject::new(ce);
        self.fill(&mut object, values)?;
        Ok(object)
    }

    /// Puts the values into an object of this class whose properties have none yet.
    pub(super) fn fill(&self, object: &mut ZendObject, values: Vec<Zval>) -> Result<()> {
        // SAFETY: every object has a class.
        let count = unsafe { (*object.ce).default_properties_count };
        if usize::try_from(count) != Ok(values.len()) || values.len() != self.properties.len() {
            return Err(PhpError::InvalidPointer);
        }
        let slots = object.properties_table.as_mut_ptr();
        for (index, value) in values.into_iter().enumerate() {
            // SAFETY: the object has as many slots as its class has properties; each is uninitialised, so nothing is
            // overwritten that would have to be freed.
            unsafe { slots.add(index).write(value) }
        }
        Ok(())
    }
}

/// Leaves the exception pending.
fn refuse<T>(error: Error) -> Result<T> {
    PhpException::from(error).throw();
    Err(PhpError::InvalidPointer)
}

/// Makes a Rust type a PHP value class: its name, and its properties as `name: kind, nullable = value`.
macro_rules! value_class {
    ($rust:ty, $class:literal, $($name:literal: $kind:expr, $nullable:literal = |$this:ident| $value:expr;)+) => {
        /// The class, for its registration.
        pub(in crate::php) static CLASS: $crate::php::value_class::ValueClass = $crate::php::value_class::ValueClass {
            name: $class,
            properties: &[$($crate::php::value_class::Property { name: $name, kind: $kind, nullable: $nullable }),+],
            class: $crate::php::engine::Class::new(),
        };

        impl ext_php_rs::convert::IntoZval for $rust {
            const TYPE: ext_php_rs::flags::DataType = ext_php_rs::flags::DataType::object($class);
            const NULLABLE: bool = false;

            fn set_zval(self, out: &mut ext_php_rs::types::Zval, persistent: bool) -> ext_php_rs::error::Result<()> {
                let values = vec![$({ let $this = &self; ext_php_rs::convert::IntoZval::into_zval($value, false)? }),+];
                CLASS.object(values)?.set_zval(out, persistent)
            }
        }
    };
}
pub(super) use value_class;
