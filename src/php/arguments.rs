//! Arguments by PHP's own rules: what weak typing accepts, what `strict_types` refuses, and PHP's own words for it.

use std::{ffi::CString, ptr};

use ext_php_rs::{
    convert::{FromZval, StubLiteral},
    ffi,
    flags::DataType,
    types::Zval,
    zend::ExecutorGlobals,
};

use super::{
    engine::{
        zend_argument_value_error, zend_parse_arg_bool_slow, zend_parse_arg_long_slow,
        zend_parse_arg_str_slow, zend_wrong_parameter_class_error, zend_wrong_parameter_class_or_null_error,
        zend_wrong_parameter_type_error,
    },
    enum_case::{self, PhpEnum},
};

/// Positions in the engine's `zend_expected_type`; the next number is the nullable form.
const EXPECTED_INT: u32 = 0;
const EXPECTED_BOOL: u32 = 2;
const EXPECTED_STRING: u32 = 4;

/// An int.
#[derive(Clone, Copy)]
pub struct Int(pub i64);

/// An int of at least 1: an id.
#[derive(Clone, Copy)]
pub struct Id(pub u64);

/// A bool.
#[derive(Clone, Copy)]
pub struct Flag(pub bool);

/// A string in UTF-8.
#[derive(Clone)]
pub struct Text(pub String);

/// A case of an enum.
#[derive(Clone, Copy)]
pub struct Case<T>(pub T);

/// The number of the argument in which `zval` lives, from 1, and whether its declared type takes null.
pub(super) fn place(zval: &Zval) -> (u32, bool) {
    // SAFETY: arguments are read only while the engine calls a function of this module, so there is a current frame of an
    // internal function; its arguments lie one after the other from `zend_call_arg(0)`, `num_args` of them, and its
    // `arg_info` has an entry for each declared one, and none for those beyond, which no function of this module takes.
    unsafe {
        let Some(frame) = ExecutorGlobals::get().current_execute_data.as_ref() else { return (1, false) };
        let first = frame.zend_call_arg(0).map_or(ptr::null(), |a| ptr::from_ref(a));
        for index in 0..frame.This.u2.num_args {
            let argument = first.add(index as usize);
            if ptr::eq(argument, zval) || ptr::eq((*argument).dereference(), zval) {
                let function = &(*frame.func).common;
                let nullable = index < function.num_args
                    && (*function.arg_info.add(index as usize)).type_.type_mask
                        & ffi::_ZEND_TYPE_NULLABLE_BIT
                        != 0;
                return (index + 1, nullable);
            }
        }
    }
    (1, false)
}

/// Leaves PHP's own `TypeError` pending; the macro's text is then not used.
pub(super) fn refuse<T>(zval: &Zval, expected: u32) -> Option<T> {
    let (number, nullable) = place(zval);
    if !(nullable && zval.is_null()) {
        // SAFETY: `zval` is a live argument of the current call.
        unsafe { zend_wrong_parameter_type_error(number, expected + u32::from(nullable), zval) }
    }
    None
}

impl FromZval<'_> for Int {
    const TYPE: DataType = DataType::Long;

    fn from_zval(zval: &Zval) -> Option<Self> {
        if let Some(int) = zval.long() {
            return Some(Self(int));
        }
        let mut out = 0;
        // SAFETY: `zval` is a live argument of the current call, `out` outlives the call.
        if !zval.is_null() && unsafe { zend_parse_arg_long_slow(zval, &raw mut out, place(zval).0) } {
            return Some(Self(out));
        }
        refuse(zval, EXPECTED_INT)
    }
}

impl FromZval<'_> for Id {
    const TYPE: DataType = DataType::Long;

    fn from_zval(zval: &Zval) -> Option<Self> {
        let Int(int) = Int::from_zval(zval)?;
        match u64::try_from(int) {
            Ok(id) if id > 0 => Some(Self(id)),
            _ => {
                // SAFETY: the format is a C string without placeholders.
                unsafe { zend_argument_value_error(place(zval).0, c"must be at least 1".as_ptr()) }
                None
            }
        }
    }
}

impl FromZval<'_> for Flag {
    const TYPE: DataType = DataType::Bool;

    fn from_zval(zval: &Zval) -> Option<Self> {
        if let Some(flag) = zval.bool() {
            return Some(Self(flag));
        }
        let mut out = false;
        // SAFETY: `zval` is a live argument of the current call, `out` outlives the call.
        if !zval.is_null() && unsafe { zend_parse_arg_bool_slow(zval, &raw mut out, place(zval).0) } {
            return Some(Self(out));
        }
        refuse(zval, EXPECTED_BOOL)
    }
}

impl FromZval<'_> for Text {
    const TYPE: DataType = DataType::String;

    fn from_zval(zval: &Zval) -> Option<Self> {
        // The engine converts in place, so it gets a copy.
        let (mut copy, mut out) = (zval.shallow_clone(), ptr::null_mut());
        if !zval.is_string()
            // SAFETY: `copy` is owned here and lives on, `out` only receives a pointer into it.
            && (zval.is_null() || !unsafe { zend_parse_arg_str_slow(&raw mut copy, &raw mut out, place(zval).0) })
        {
            return refuse(zval, EXPECTED_STRING);
        }
        if let Some(text) = copy.str() {
            return Some(Self(text.to_owned()));
        }
        // SAFETY: the format is a C string without placeholders.
        unsafe { zend_argument_value_error(place(zval).0, c"must be valid UTF-8".as_ptr()) }
        None
    }
}

/// Leaves PHP's own `TypeError` for a wrong class pending.
pub(super) fn refuse_class<T>(zval: &Zval, class: &str) -> Option<T> {
    let ((number, nullable), class) = (place(zval), CString::new(class).ok()?);
    // SAFETY: `zval` is a live argument of the current call, `class` outlives the call.
    unsafe {
        if !nullable {
            zend_wrong_parameter_class_error(number, class.as_ptr(), zval);
        } else if !zval.is_null() {
            zend_wrong_parameter_class_or_null_error(number, class.as_ptr(), zval);
        }
    }
    None
}

impl<T: PhpEnum> FromZval<'_> for Case<T> {
    const TYPE: DataType = DataType::object(T::CLASS);

    fn from_zval(zval: &Zval) -> Option<Self> {
        let case = zval.object().filter(|object| T::INFO.is_case(object));
        let case = case.and_then(enum_case::name).and_then(T::from_case);
        case.map(Self).or_else(|| refuse_class(zval, T::CLASS))
    }
}

impl From<bool> for Flag {
    fn from(flag: bool) -> Self {
        Self(flag)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl<T> From<T> for Case<T> {
    fn from(case: T) -> Self {
        Self(case)
    }
}

impl StubLiteral for Flag {
    fn stub_literal(&self) -> String {
        self.0.to_string()
    }
}

impl StubLiteral for Text {
    fn stub_literal(&self) -> String {
        format!("'{}'", self.0)
    }
}

impl<T: PhpEnum> StubLiteral for Case<T> {
    fn stub_literal(&self) -> String {
        format!("\\{}::{}", T::CLASS, self.0.case())
    }
}
