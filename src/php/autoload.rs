//! Gives PHP our enums and the classes of results when they are first used.
//!
//! They are PHP code, not the engine's own. The engine keeps the cases of an internal enum in a place that it hands out
//! once at its own start-up. A module that is loaded later (`php_admin_value[extension]` of one pool) gets a place that
//! the next request gives to somebody else, and igbinary writes into the table that all requests share. What is PHP code
//! belongs to the request that uses it, so neither can happen. Compiling a class takes some microseconds, once a request, and
//! only where it is used.

use std::{
    ffi::{CStr, c_char},
    panic, ptr, slice,
    sync::atomic::{AtomicPtr, Ordering},
};

use ext_php_rs::{
    error::{Error as PhpError, Result},
    exception::PhpException,
    ffi,
    types::ZendStr,
    zend::{ClassEntry, ExecutorGlobals},
};

use super::classes;
use crate::http::{Error, Reason};

type Autoload = unsafe extern "C" fn(*mut ffi::zend_string, *mut ffi::zend_string) -> *mut ClassEntry;

unsafe extern "C" {
    /// What the engine calls for a class that it does not have; SPL's loaders by default.
    static mut zend_autoload: Option<Autoload>;
    fn zend_lookup_class(name: *mut ffi::zend_string) -> *mut ClassEntry;
    fn zend_eval_stringl(
        code: *const c_char,
        length: usize,
        result: *mut ffi::zval,
        name: *const c_char,
    ) -> i32;
}

/// What [`zend_autoload`] was before: a pointer to a function, or null.
static BEFORE: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// `ZEND_USER_CLASS`: declared in PHP code.
const USER_CLASS: c_char = 2;

/// What the engine calls the file of our classes.
const FILE: &CStr = c"runcloud";

/// The class of this request that has one of our names. An error is an exception of PHP.
pub(super) fn class(name: &'static str) -> Result<&'static ClassEntry> {
    find(name).map_err(|error| {
        if !ExecutorGlobals::has_exception() {
            PhpException::from(error).throw();
        }
        PhpError::InvalidPointer
    })
}

/// The class of this request that has one of our names. One that the application has declared itself is refused: its
/// properties are others.
pub(super) fn find(name: &'static str) -> std::result::Result<&'static ClassEntry, Error> {
    let mut text = ZendStr::new(name, false);
    // SAFETY: the name is a live string; the result is null or a class, which lives as long as the request.
    let class = unsafe { zend_lookup_class(&raw mut *text).as_ref() };
    class
        .filter(|class| has_compiled(class))
        .ok_or_else(|| Error::new(Reason::ClassTaken).with("class", name))
}

/// Whether a class was compiled here.
fn has_compiled(class: &ClassEntry) -> bool {
    if class.type_ != USER_CLASS {
        return false;
    }
    // SAFETY: a class of PHP code has a file name, which lives as long as the class.
    let file = unsafe { class.info.user.filename.as_ref() };
    file.is_some_and(|file| file.as_bytes() == FILE.to_bytes())
}

/// Puts our classes before all other loaders, at module start-up.
pub(super) fn begin() {
    // SAFETY: module start-up is single-threaded, and nothing is being loaded yet.
    unsafe {
        let before = ptr::replace(&raw mut zend_autoload, Some(load));
        BEFORE.store(before.map_or(ptr::null_mut(), |load| load as *mut ()), Ordering::Release);
    }
}

/// Takes them away again, at module shut-down.
pub(super) fn end() {
    // SAFETY: module shut-down is single-threaded. What another module has put in front of us since stays.
    unsafe {
        if (&raw const zend_autoload).read().is_some_and(|current| ptr::fn_addr_eq(current, load as Autoload))
        {
            (&raw mut zend_autoload).write(before());
        }
    }
}

fn before() -> Option<Autoload> {
    let pointer = BEFORE.load(Ordering::Acquire);
    // SAFETY: what is not null was stored from a function of this type.
    (!pointer.is_null()).then(|| unsafe { std::mem::transmute::<*mut (), Autoload>(pointer) })
}

/// The engine's call for a class that it does not have; `lower` is its name in lower case.
unsafe extern "C" fn load(name: *mut ffi::zend_string, lower: *mut ffi::zend_string) -> *mut ClassEntry {
    // SAFETY: the engine passes two live strings.
    let ours = panic::catch_unwind(|| unsafe { compile(lower) }).unwrap_or_default();
    match (ours, before()) {
        (Some(class), _) => class,
        // SAFETY: as the engine itself would call it. It may leave by a long jump; nothing here needs to be dropped.
        (None, Some(before)) => unsafe { before(name, lower) },
        (None, None) => ptr::null_mut(),
    }
}

/// Compiles the class of this name, if it is one of ours.
///
/// # Safety
/// `lower` is a live string, and the engine can compile code now, which it can wherever it loads classes.
unsafe fn compile(lower: *mut ffi::zend_string) -> Option<*mut ClassEntry> {
    // SAFETY: by contract; a string of the engine has `len` bytes from `val` on.
    let name = unsafe { slice::from_raw_parts((&raw const (*lower).val).cast::<u8>(), (*lower).len) };
    let source = classes::source(name)?;
    // SAFETY: code and length are those of a live string; no result is asked for. The class table lives as long as the
    // request.
    let class = unsafe {
        zend_eval_stringl(source.as_ptr().cast(), source.len(), ptr::null_mut(), FILE.as_ptr());
        ffi::zend_hash_str_find_ptr_lc(ExecutorGlobals::get().class_table, name.as_ptr().cast(), name.len())
    };
    Some(class.cast())
}
