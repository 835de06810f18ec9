//! What the engine exports and the bindings leave out, and small safe faces of it.
//!
//! The signatures are those of `Zend/zend_API.h`, `Zend/zend_exceptions.h`, `Zend/zend_ini.h` and `Zend/zend_attributes.h`
//! of PHP 8.2 to 8.4; check them for every new PHP.

use std::{
    ffi::{c_char, c_int, c_void},
    ptr,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicPtr, Ordering},
    },
};

use ext_php_rs::{
    args::ArgInfoTables,
    ffi,
    flags::{DataType, DataTypeExt},
    types::{ZendObject, ZendStr, Zval},
    zend::ClassEntry,
};

unsafe extern "C" {
    pub(super) fn zend_declare_typed_property(
        ce: *mut ClassEntry,
        name: *mut ffi::zend_string,
        default: *mut Zval,
        access: c_int,
        doc: *mut ffi::zend_string,
        ty: ffi::zend_type,
    ) -> *mut c_void;
    pub(super) fn zend_update_property(
        scope: *mut ClassEntry,
        object: *mut ZendObject,
        name: *const c_char,
        length: usize,
        value: *mut Zval,
    );
    pub(super) fn zend_add_attribute(
        table: *mut *mut ffi::HashTable,
        name: *mut ffi::zend_string,
        arguments: u32,
        flags: u32,
        offset: u32,
        line: u32,
    ) -> *mut c_void;
    pub(super) fn zend_exception_set_previous(exception: *mut ZendObject, previous: *mut ZendObject);
    pub(super) fn zend_parse_arg_long_slow(argument: *const Zval, out: *mut i64, number: u32) -> bool;
    pub(super) fn zend_parse_arg_bool_slow(argument: *const Zval, out: *mut bool, number: u32) -> bool;
    pub(super) fn zend_parse_arg_double_slow(argument: *const Zval, out: *mut f64, number: u32) -> bool;
    pub(super) fn zend_parse_arg_str_slow(
        argument: *mut Zval,
        out: *mut *mut ffi::zend_string,
        number: u32,
    ) -> bool;
    pub(super) fn zend_wrong_parameter_type_error(number: u32, expected: u32, argument: *const Zval);
    pub(super) fn zend_wrong_parameter_class_error(number: u32, class: *const c_char, argument: *const Zval);
    pub(super) fn zend_wrong_parameter_class_or_null_error(
        number: u32,
        class: *const c_char,
        argument: *const Zval,
    );
    pub(super) fn zend_argument_value_error(number: u32, format: *const c_char, ...);
    pub(super) fn zend_ini_string(name: *const c_char, length: usize, original: c_int) -> *mut c_char;
    pub(super) fn zend_get_constant_str(name: *const c_char, length: usize) -> *mut Zval;
    pub(super) fn display_ini_entries(module: *mut c_void);
    pub(super) fn php_output_write(text: *const c_char, length: usize) -> usize;
}

/// A class entry, which every module start-up overwrites.
pub(super) struct Class(AtomicPtr<ClassEntry>);

impl Class {
    pub(super) const fn new() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    pub(super) fn set(&self, ce: &'static mut ClassEntry) {
        self.0.store(ce, Ordering::Release);
    }

    pub(super) fn raw(&self) -> *mut ClassEntry {
        self.0.load(Ordering::Acquire)
    }

    /// The class. None before module start-up only, when no PHP code runs yet.
    pub(super) fn get(&self) -> Option<&'static ClassEntry> {
        // SAFETY: the pointer is null or that of a class of this module, which lives until module shut-down.
        unsafe { self.raw().as_ref() }
    }
}

/// A class that is registered already (core, SPL, ours), by name. For module start-up, where `EG(class_table)` is not
/// set yet.
pub(super) fn class_at_start_up(name: &str) -> Option<&'static mut ClassEntry> {
    // SAFETY: the compiler globals and their class table exist from the engine's start; the table's values are class
    // entries, and start-up is single-threaded.
    unsafe {
        let table = (*ffi::ext_php_rs_compiler_globals()).class_table;
        ffi::zend_hash_str_find_ptr_lc(table, name.as_ptr().cast(), name.len()).cast::<ClassEntry>().as_mut()
    }
}

/// Keeps argument tables for the life of the process, since the engine goes on pointing into them.
pub(super) fn keep(tables: ArgInfoTables) {
    struct Kept(Mutex<Vec<ArgInfoTables>>);
    // SAFETY: what is in it is never read again; the mutex orders the pushes.
    unsafe impl Sync for Kept {}
    static KEPT: Kept = Kept(Mutex::new(Vec::new()));
    KEPT.0.lock().unwrap_or_else(PoisonError::into_inner).push(tables);
}

/// An id as PHP's int. Ids that do not fit are not accepted from the panel.
pub(super) fn int(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

/// Declares a typed property, at module start-up.
pub(super) fn declare_property(
    ce: *mut ClassEntry,
    name: &str,
    access: u32,
    ty: DataType,
    nullable: bool,
    mut default: Zval,
) {
    let null = if nullable { ffi::_ZEND_TYPE_NULLABLE_BIT } else { 0 };
    // Everything that the engine keeps from start-up must be persistent and interned.
    let (class, mask) = match (ty.class_name(), ty) {
        (Some(class), _) => (ZendStr::new_interned(class, true).into_raw().cast(), ffi::_ZEND_TYPE_NAME_BIT),
        (None, DataType::Bool) => (ptr::null_mut(), ffi::MAY_BE_BOOL),
        (None, other) => (ptr::null_mut(), 1 << other.as_u32()),
    };
    let ty = ffi::zend_type { ptr: class, type_mask: mask | null };
    let name = ZendStr::new_interned(name, true).into_raw();
    let access = c_int::try_from(access).unwrap_or_default();
    // SAFETY: `ce` is an internal class that is being registered; name and type are persistent, the default is no
    // refcounted value.
    unsafe {
        zend_declare_typed_property(ce, name.cast(), &raw mut default, access, ptr::null_mut(), ty);
    }
}

/// A text that the engine may keep for the life of the process.
pub(super) fn interned(text: &str) -> Zval {
    let mut value = Zval::new();
    value.set_interned_string(text, true).unwrap_or_default();
    value
}

/// The value of a declared property, counted from 0; none: it has none.
pub(super) fn slot(object: &ZendObject, index: usize) -> Option<&Zval> {
    // SAFETY: every object has a class, and as many slots as this has properties; `index` is below their number.
    let value = unsafe {
        let count = usize::try_from((*object.ce).default_properties_count).unwrap_or_default();
        (index < count).then(|| &*object.properties_table.as_ptr().add(index))?
    };
    (value.get_type() != DataType::Undef).then_some(value)
}

/// Marks arguments of a function or method as `#[\SensitiveParameter]`, so that traces hide them. `first` and `last` count
/// from 1.
pub(super) fn hide_arguments(function: *mut ffi::zend_function, first: u32, last: u32) {
    const PERSISTENT: u32 = 1;
    for number in first..=last {
        let name = ZendStr::new_interned("SensitiveParameter", true).into_raw();
        // SAFETY: `function` is an internal function of this module at module start-up; name and flags are persistent,
        // as internal functions need. The engine counts arguments from 1 here.
        unsafe {
            let attributes = &raw mut (*function).internal_function.attributes;
            zend_add_attribute(attributes, name.cast(), 0, PERSISTENT, number, 0);
        }
    }
}

/// A method of a class that is being registered.
pub(super) fn method(ce: &ClassEntry, name: &str) -> Option<*mut ffi::zend_function> {
    // SAFETY: the function table of a registered class is a live hash table whose values are functions.
    let found = unsafe {
        ffi::zend_hash_str_find_ptr_lc(&raw const ce.function_table, name.as_ptr().cast(), name.len())
    };
    (!found.is_null()).then_some(found.cast())
}
