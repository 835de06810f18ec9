//! What PHP is told of `RunCloud\Client` beside its methods: the interface, which arguments are secret, how it is shown and
//! compared.

use std::{panic::AssertUnwindSafe, ptr};

use ext_php_rs::{
    boxed::ZBox,
    builders::{ClassBuilder, FunctionBuilder},
    class::RegisteredClass,
    convert::{FromZval, IntoZval},
    error::Result,
    ffi,
    flags::{ClassFlags, DataType, MethodFlags},
    types::{ZendHashTable, Zval},
    zend::{ExecuteData, ce, run_handler},
};

use super::{
    client::Client,
    engine::{self, Class},
};

unsafe extern "C" {
    fn zend_objects_not_comparable(left: *mut ffi::zval, right: *mut ffi::zval) -> i32;
}

static INTERFACE: Class = Class::new();

/// Registers interface and class, at module start-up.
pub(super) fn register() -> Result<()> {
    register_interface()?;
    register_class()
}

/// The interface has the class's own methods, so that both are always the same.
fn register_interface() -> Result<()> {
    let mut interface = ClassBuilder::new("RunCloud\\ClientInterface").flags(ClassFlags::Interface);
    for (method, flags) in Client::method_builders() {
        if !flags.contains(MethodFlags::Static) {
            interface = interface.method(method, flags | MethodFlags::Abstract);
        }
    }
    interface
        .registration(|ce, tables| {
            engine::keep(tables);
            INTERFACE.set(ce);
        })
        .register()
}

/// What `module.class::<Client>()` does, but where arguments can still be marked as sensitive.
fn register_class() -> Result<()> {
    let mut class = ClassBuilder::new(Client::CLASS_NAME)
        .implements((|| INTERFACE.get().unwrap_or_else(ce::stdclass), ""))
        .method(FunctionBuilder::new("__clone", refuse_clone), MethodFlags::Private)
        .method(
            FunctionBuilder::new("__debugInfo", debug_info).returns(DataType::Array, false, false),
            MethodFlags::Public,
        );
    for (method, flags) in Client::method_builders() {
        class = class.method(method, flags);
    }
    class
        .flags(ClassFlags::Final | ClassFlags::NoDynamicProperties)
        .object_override::<Client>()
        .registration(|ce, tables| {
            engine::hide_arguments(ce.constructor, 3, 6);
            if let Some(discover) = engine::method(ce, "discover") {
                engine::hide_arguments(discover, 2, 5);
            }
            compare_by_identity();
            Client::get_metadata().set_ce(ce);
            Client::get_metadata().set_arg_info(tables);
        })
        .register()
}

/// Makes two clients equal only when they are the same: they show no properties, so that any two would be equal.
fn compare_by_identity() {
    let handlers = ptr::from_ref(Client::get_metadata().handlers()).cast_mut();
    // SAFETY: the handlers lie in the cell of a static, which is writable memory. Module start-up is single-threaded, no client
    // exists yet, and nothing else holds a reference to them; afterwards only the engine reads them.
    unsafe {
        (*handlers).compare = Some(zend_objects_not_comparable);
        (*handlers).clone_obj = None;
    }
}

ext_php_rs::zend_fastcall! {
    /// Private, so that Reflection says what `clone` does: a client holds secrets and cannot be cloned.
    extern fn refuse_clone(_frame: &mut ExecuteData, _result: &mut Zval) {}
}

ext_php_rs::zend_fastcall! {
    extern fn debug_info(frame: &mut ExecuteData, result: &mut Zval) {
        let mut both = AssertUnwindSafe((frame, result));
        run_handler(AssertUnwindSafe(move || {
            let (frame, result) = &mut *both;
            if frame.parser().parse().is_err() { return }
            let this = frame.get_self().and_then(|this| {
                let mut zval = Zval::new();
                zval.set_object(this);
                shown(&zval)
            });
            **result = this.unwrap_or_else(Zval::null);
        }));
    }
}

fn shown(this: &Zval) -> Option<Zval> {
    let client = <&Client>::from_zval(this)?;
    let mut data: ZBox<ZendHashTable> = ZendHashTable::new();
    for (name, text) in client.shown() {
        match text.parse::<i64>() {
            Ok(int) => data.insert(name, int).ok()?,
            Err(_) => data.insert(name, text).ok()?,
        }
    }
    data.into_zval(false).ok()
}
