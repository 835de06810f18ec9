//! How results are stored and restored: by `serialize()`, by igbinary and msgpack, which object caches use, and by
//! `var_export()`. What is stored is scalars, an enum as its value, since not everything that stores can store enums.

use std::panic::AssertUnwindSafe;

use ext_php_rs::{
    args::Arg,
    builders::FunctionBuilder,
    convert::IntoZval,
    error::Result,
    exception::PhpException,
    flags::{DataType, MethodFlags},
    types::{ZendHashTable, ZendObject, Zval},
    zend::{ExecuteData, ce, run_handler},
};

use super::{
    engine, enum_case,
    value_class::{self, Kind, Property, ValueClass},
};

/// The methods that every class of results has.
pub(super) fn methods(class: &'static str) -> [(FunctionBuilder<'static>, MethodFlags); 3] {
    let data = || Arg::new("data", DataType::Array);
    [
        (
            FunctionBuilder::new("__serialize", serialize).returns(DataType::Array, false, false),
            MethodFlags::Public,
        ),
        (
            FunctionBuilder::new("__unserialize", unserialize).arg(data()).returns(
                DataType::Void,
                false,
                false,
            ),
            MethodFlags::Public,
        ),
        (
            FunctionBuilder::new("__set_state", set_state).arg(data()).returns(
                DataType::object(class),
                false,
                false,
            ),
            MethodFlags::Public | MethodFlags::Static,
        ),
    ]
}

ext_php_rs::zend_fastcall! {
    extern fn serialize(frame: &mut ExecuteData, result: &mut Zval) {
        guarded(frame, result, |frame, result| {
            if frame.parser().parse().is_err() { return Ok(()) }
            let (Some(class), Some(this)) = (class_of(frame), frame.get_self()) else { return Ok(()) };
            stored(class, this)?.set_zval(result, false)
        });
    }
}

ext_php_rs::zend_fastcall! {
    extern fn unserialize(frame: &mut ExecuteData, result: &mut Zval) {
        guarded(frame, result, |frame, _| {
            let class = class_of(frame);
            let Some(values) = class.and_then(|class| values(class, frame)) else { return Ok(()) };
            let (Some(class), Some(this)) = (class, frame.get_self()) else { return Ok(()) };
            if is_filled(this) {
                refuse(format!("Cannot change a {}: its properties are readonly.", class.name));
                return Ok(());
            }
            class.fill(this, values)
        });
    }
}

ext_php_rs::zend_fastcall! {
    extern fn set_state(frame: &mut ExecuteData, result: &mut Zval) {
        guarded(frame, result, |frame, result| {
            let class = class_of(frame);
            let Some(values) = class.and_then(|class| values(class, frame)) else { return Ok(()) };
            let Some(class) = class else { return Ok(()) };
            class.object(values)?.set_zval(result, false)
        });
    }
}

/// No panic crosses into the engine, and no error is passed over.
fn guarded(
    frame: &mut ExecuteData,
    result: &mut Zval,
    method: fn(&mut ExecuteData, &mut Zval) -> Result<()>,
) {
    let mut both = AssertUnwindSafe((frame, result));
    run_handler(AssertUnwindSafe(move || {
        let (frame, result) = &mut *both;
        if let Err(error) = method(frame, result) {
            PhpException::from(error).throw();
        }
    }));
}

/// The class of results that declares the running method.
fn class_of(frame: &ExecuteData) -> Option<&'static ValueClass> {
    // SAFETY: the engine runs a method, so the frame has a function with a scope.
    let scope = unsafe { (*frame.func).common.scope };
    value_class::of_entry(scope)
}

/// The properties that have values, as scalars.
fn stored(class: &ValueClass, object: &ZendObject) -> Result<ZendHashTableBox> {
    let mut data = ZendHashTable::new();
    for (index, property) in class.properties.iter().enumerate() {
        let Some(value) = engine::slot(object, index) else { continue };
        match (property.kind, value.object()) {
            (Kind::Enum(_), Some(case)) => data.insert(property.name, enum_case::value(case))?,
            _ => data.insert(property.name, value.shallow_clone())?,
        }
    }
    Ok(data)
}

type ZendHashTableBox = ext_php_rs::boxed::ZBox<ZendHashTable>;

fn is_filled(object: &ZendObject) -> bool {
    engine::slot(object, 0).is_some()
}

/// The values for the class's properties from the call's argument; none: an exception is pending.
fn values(class: &'static ValueClass, frame: &mut ExecuteData) -> Option<Vec<Zval>> {
    let mut data = Arg::new("data", DataType::Array);
    frame.parser().arg(&mut data).parse().ok()?;
    let data = data.zval()?.array()?;
    let restored = class.properties.iter().map(|property| {
        let given = data.get(property.name).map(Zval::dereference);
        given_value(property, given).ok_or_else(|| {
            let given = given.map_or("nothing", type_name);
            refuse(format!(
                "{}::${} must be of type {}{}, {given} given: what was stored is not a {} of this version.",
                class.name,
                property.name,
                if property.nullable { "?" } else { "" },
                property.kind.name(),
                class.name
            ));
        })
    });
    restored.collect::<std::result::Result<_, ()>>().ok()
}

/// A value as the property holds it; none: it is of another type. What may be null may be missing, too.
fn given_value(property: &Property, value: Option<&Zval>) -> Option<Zval> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return property.nullable.then(Zval::null);
    };
    let fits = match property.kind {
        Kind::Int => value.is_long(),
        Kind::Text => value.is_string(),
        Kind::Bool => value.is_bool(),
        Kind::Enum(info) => match value.str() {
            Some(text) => return info.object_of_value(text),
            None => value.object().is_some_and(|object| info.is_case(object)),
        },
        Kind::Object(class) => is_of(value, class),
        Kind::Objects(class) => is_list(value, |item| is_of(item, class)),
        Kind::Texts => is_list(value, Zval::is_string),
    };
    fits.then(|| value.shallow_clone())
}

fn is_of(value: &Zval, class: &ValueClass) -> bool {
    value.dereference().object().is_some_and(|object| std::ptr::eq(object.ce, class.class.raw()))
}

fn is_list(value: &Zval, fits: impl Fn(&Zval) -> bool) -> bool {
    value.array().is_some_and(|list| list.has_sequential_keys() && list.values().all(fits))
}

fn type_name(value: &Zval) -> &'static str {
    match value.get_type() {
        DataType::Long => "int",
        DataType::String => "another string",
        DataType::True | DataType::False | DataType::Bool => "bool",
        DataType::Double => "float",
        DataType::Array => "array",
        DataType::Null => "null",
        _ => "an object",
    }
}

fn refuse(message: String) {
    PhpException::new(message, 0, ce::type_error()).throw();
}
