//! An enum of ours as PHP's.

use std::ptr;

use ext_php_rs::{
    convert::IntoZval,
    error::{Error, Result},
    ffi,
    flags::{ClassFlags, DataType},
    types::{ZendObject, ZendStr, Zval},
    zend::ClassEntry,
};

use super::{autoload, engine};

unsafe extern "C" {
    fn zend_get_class_constant_ex(
        class: *mut ffi::zend_string,
        name: *mut ffi::zend_string,
        scope: *mut ClassEntry,
        flags: u32,
    ) -> *mut Zval;
}

/// An enum as PHP knows it.
pub struct EnumInfo {
    /// As in `RunCloud\Redirection`.
    pub(super) class: &'static str,
    /// Names and values, in order.
    pub(super) cases: fn() -> Vec<(&'static str, &'static str)>,
}

/// A Rust enum that PHP knows as a string-backed one.
pub trait PhpEnum: Copy {
    /// As in `RunCloud\Redirection`.
    const CLASS: &'static str;

    #[doc(hidden)]
    const INFO: &'static EnumInfo;

    /// The name of the case.
    fn case(self) -> &'static str;

    /// The case of this name.
    fn from_case(name: &str) -> Option<Self>;
}

/// Makes a Rust enum a PHP one: its name in the namespace `RunCloud`, and the values of its cases.
macro_rules! php_enum {
    ($rust:ty, $name:literal, $($case:ident = $value:literal,)+) => {
        impl $crate::php::enum_case::PhpEnum for $rust {
            const CLASS: &'static str = concat!("RunCloud\\", $name);
            const INFO: &'static $crate::php::enum_case::EnumInfo = &$crate::php::enum_case::EnumInfo {
                class: Self::CLASS,
                cases: || vec![$((stringify!($case), $value)),+],
            };

            fn case(self) -> &'static str {
                match self {
                    $(Self::$case => stringify!($case),)+
                }
            }

            fn from_case(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($case) => Some(Self::$case),)+
                    _ => None,
                }
            }
        }
    };
}
pub(super) use php_enum;

impl EnumInfo {
    /// The PHP code that declares it.
    pub(super) fn source(&self) -> String {
        let (namespace, name) = self.class.rsplit_once('\\').unwrap_or(("", self.class));
        let cases: Vec<_> =
            (self.cases)().iter().map(|(case, value)| format!("case {case} = '{value}';")).collect();
        format!("namespace {namespace}; enum {name}: string {{ {} }}", cases.join(" "))
    }

    /// The case of this name, as PHP's object. An error leaves PHP's own exception pending where it has one.
    pub(super) fn object(&self, case: &str) -> Result<Zval> {
        autoload::class(self.class)?;
        let (mut class, mut name) = (ZendStr::new(self.class, false), ZendStr::new(case, false));
        // SAFETY: both names are live strings; the result is null or a constant of a class, which lives as long as the
        // request, and it is copied before anything else runs.
        let value = unsafe {
            zend_get_class_constant_ex(&raw mut *class, &raw mut *name, ptr::null_mut(), 0)
                .as_ref()
                .map(Zval::shallow_clone)
        };
        value.ok_or(Error::InvalidPointer)
    }

    /// Whether an object is a case of this enum.
    pub(super) fn is_case(&self, object: &ZendObject) -> bool {
        // SAFETY: every object has a class.
        let class = unsafe { &*object.ce };
        class.flags().contains(ClassFlags::Enum) && class.name() == Some(self.class)
    }

    /// The case with this value, as PHP's object.
    pub(super) fn object_of_value(&self, value: &str) -> Option<Zval> {
        let (name, _) = (self.cases)().into_iter().find(|(_, known)| *known == value)?;
        self.object(name).ok()
    }
}

/// The name of a case, which is its first property.
pub(super) fn name(case: &ZendObject) -> Option<&str> {
    engine::slot(case, 0)?.str()
}

/// A case on its way to PHP.
#[derive(Clone, Copy)]
pub struct EnumCase<T>(pub T);

impl<T: PhpEnum> IntoZval for EnumCase<T> {
    const TYPE: DataType = DataType::object(T::CLASS);
    const NULLABLE: bool = false;

    fn set_zval(self, out: &mut Zval, _persistent: bool) -> Result<()> {
        *out = T::INFO.object(self.0.case())?;
        Ok(())
    }
}
