//! What PHP code asks an exception: the private properties of its classes, by methods.

use std::panic::AssertUnwindSafe;

use ext_php_rs::{
    ffi,
    types::{ZendHashTable, Zval},
    zend::{ExecuteData, run_handler},
};

use super::enum_case::PhpEnum;
use crate::http::Reason;

/// The value of a private property of the class that declares the running method.
fn read(frame: &mut ExecuteData, result: &mut Zval, name: &str, convert: fn(Zval) -> Zval) {
    let mut guarded = AssertUnwindSafe((frame, result));
    run_handler(AssertUnwindSafe(move || {
        let (frame, result) = &mut *guarded;
        if frame.parser().parse().is_err() {
            return;
        }
        // SAFETY: the engine runs a method, so the frame has a function with a scope.
        let scope = unsafe { (*frame.func).common.scope };
        let Some(this) = frame.get_self() else { return };
        let mut temporary = Zval::new();
        // SAFETY: `this` is an instance of `scope`; the value is copied before anything else runs.
        let value = unsafe {
            let value = ffi::zend_read_property(
                scope,
                this,
                name.as_ptr().cast(),
                name.len(),
                true,
                &raw mut temporary,
            );
            (*value).dereference().shallow_clone()
        };
        **result = convert(value);
    }));
}

ext_php_rs::zend_fastcall! {
    pub extern fn get_status(frame: &mut ExecuteData, result: &mut Zval) { read(frame, result, "status", as_it_is) }
}
ext_php_rs::zend_fastcall! {
    pub extern fn get_reason(frame: &mut ExecuteData, result: &mut Zval) { read(frame, result, "reason", reason_of) }
}
ext_php_rs::zend_fastcall! {
    pub extern fn get_details(frame: &mut ExecuteData, result: &mut Zval) { read(frame, result, "details", array_of) }
}
ext_php_rs::zend_fastcall! {
    pub extern fn is_outcome_unknown(frame: &mut ExecuteData, result: &mut Zval) {
        read(frame, result, "outcomeUnknown", as_it_is);
    }
}
ext_php_rs::zend_fastcall! {
    pub extern fn is_retryable(frame: &mut ExecuteData, result: &mut Zval) { read(frame, result, "retryable", as_it_is) }
}
ext_php_rs::zend_fastcall! {
    pub extern fn get_retry_after(frame: &mut ExecuteData, result: &mut Zval) { read(frame, result, "retryAfter", as_it_is) }
}
ext_php_rs::zend_fastcall! {
    pub extern fn get_attempts(frame: &mut ExecuteData, result: &mut Zval) { read(frame, result, "attempts", as_it_is) }
}
ext_php_rs::zend_fastcall! {
    pub extern fn get_errors(frame: &mut ExecuteData, result: &mut Zval) {
        read(frame, result, "errors", array_of);
    }
}

fn as_it_is(value: Zval) -> Zval {
    value
}

fn array_of(value: Zval) -> Zval {
    if !value.is_null() {
        return value;
    }
    let mut empty = Zval::new();
    empty.set_hashtable(ZendHashTable::new());
    empty
}

/// The case with this code. Null leaves PHP's own exception pending.
fn reason_of(code: Zval) -> Zval {
    code.str().and_then(|code| Reason::INFO.object_of_value(code)).unwrap_or_else(Zval::null)
}
