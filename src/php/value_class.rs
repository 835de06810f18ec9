//! Results as ordinary PHP objects: final readonly classes of PHP code, compiled when they are first used. So a PHP that does
//! not use them does not pay for them at its start, and they belong to the request as our enums do (see [`super::autoload`]).

use std::fmt::Write;

use ext_php_rs::{
    boxed::ZBox,
    error::{Error, Result},
    types::{ZendObject, Zval},
};

use super::{autoload, enum_case::EnumInfo};
use crate::http;

/// A class of results.
pub(super) struct ValueClass {
    /// As in `RunCloud\Domain`.
    pub(super) name: &'static str,
    pub(super) properties: &'static [Property],
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
    /// As PHP code names its type.
    fn php_type(self) -> String {
        match self {
            Self::Int => "int".into(),
            Self::Text => "string".into(),
            Self::Bool => "bool".into(),
            Self::Enum(info) => format!("\\{}", info.class),
            Self::Object(class) => format!("\\{}", class.name),
            Self::Objects(_) | Self::Texts => "array".into(),
        }
    }

    /// PHP code that reads the value named `$value` as it was stored.
    fn restored(self) -> String {
        let list = |of: &str| {
            format!("(static fn ({of} ...$items): array => $items)(...array_values($value ?? []))")
        };
        match self {
            Self::Enum(info) => format!("is_string($value) ? \\{}::from($value) : $value", info.class),
            Self::Objects(class) => list(&format!("\\{}", class.name)),
            Self::Texts => list("string"),
            _ => "$value".into(),
        }
    }
}

impl ValueClass {
    /// The PHP code that declares it. Stored are scalars, an enum as its value, since not everything that stores results (igbinary,
    /// msgpack) can store enums. What may be null may be missing.
    pub(super) fn source(&self) -> String {
        let (namespace, name) = self.name.rsplit_once('\\').unwrap_or(("", self.name));
        let (mut properties, mut restored) = (String::new(), String::new());
        for property in self.properties {
            let null = if property.nullable { "?" } else { "" };
            let (name, kind) = (property.name, property.kind);
            let _ = write!(properties, "public {null}{} ${name};", kind.php_type());
            let _ =
                write!(restored, "$value = $data['{name}'] ?? null; $this->{name} = {};", kind.restored());
        }
        format!(
            "declare(strict_types=1); namespace {namespace}; final readonly class {name} {{ {properties}\
             private function __construct() {{}}\
             public function __serialize(): array {{ return array_map(\
             static fn ($value) => $value instanceof \\BackedEnum ? $value->value : $value, get_object_vars($this)); }}\
             public function __unserialize(array $data): void {{ {restored} }}\
             public static function __set_state(array $data): {name} {{\
             $made = new self(); $made->__unserialize($data); return $made; }} }}"
        )
    }

    /// Refuses what [`Self::object`] would refuse, so that nothing is changed at RunCloud whose result cannot be returned.
    pub(super) fn check(&self) -> std::result::Result<(), http::Error> {
        autoload::find(self.name)?;
        for property in self.properties {
            match property.kind {
                Kind::Enum(info) => _ = autoload::find(info.class)?,
                Kind::Object(class) | Kind::Objects(class) => class.check()?,
                Kind::Int | Kind::Text | Kind::Bool | Kind::Texts => (),
            }
        }
        Ok(())
    }

    /// An object with one value for each property, in the order of declaration. The values must be of the declared types:
    /// nothing checks them here.
    pub(super) fn object(&self, values: Vec<Zval>) -> Result<ZBox<ZendObject>> {
        let mut object = ZendObject::new(autoload::class(self.name)?);
        // SAFETY: every object has a class.
        let count = unsafe { (*object.ce).default_properties_count };
        if usize::try_from(count) != Ok(values.len()) {
            return Err(Error::InvalidPointer);
        }
        let slots = object.properties_table.as_mut_ptr();
        for (index, value) in values.into_iter().enumerate() {
            // SAFETY: the object has as many slots as its class has properties; each is uninitialised, so nothing is
            // overwritten that would have to be freed.
            unsafe { slots.add(index).write(value) }
        }
        Ok(object)
    }
}

/// Makes a Rust type a PHP value class: its name, and its properties as `name: kind, nullable = value`.
macro_rules! value_class {
    ($rust:ty, $class:literal, $($name:literal: $kind:expr, $nullable:literal = |$this:ident| $value:expr;)+) => {
        /// The class, for the list of all.
        pub(in crate::php) static CLASS: $crate::php::value_class::ValueClass = $crate::php::value_class::ValueClass {
            name: $class,
            properties: &[$($crate::php::value_class::Property { name: $name, kind: $kind, nullable: $nullable }),+],
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
