//! The exception classes, and the one function that turns an [`Error`] into one of them.
//!
//! They are ordinary PHP classes without an object handler of ours, so that file, line and trace are right and PHP code
//! can make and extend them.

use ext_php_rs::{
    boxed::ZBox,
    builders::{ClassBuilder, FunctionBuilder},
    convert::IntoZval,
    error::{Error as PhpError, Result},
    exception::PhpException,
    ffi,
    flags::{ClassFlags, DataType, MethodFlags},
    types::{ZendHashTable, ZendObject, Zval},
    zend::{ClassEntry, ce},
};

use super::{
    engine::{self, Class},
    enum_case::PhpEnum,
    exception_getters::{
        get_attempts, get_details, get_errors, get_reason, get_retry_after, get_status, is_outcome_unknown,
        is_retryable,
    },
};
use crate::http::{Error, ErrorKind, Reason, Value};

static INTERFACE: Class = Class::new();
static CONFIGURATION: Class = Class::new();
static INVALID_DOMAIN: Class = Class::new();
static API: Class = Class::new();
static AUTHENTICATION: Class = Class::new();
static PERMISSION: Class = Class::new();
static NOT_FOUND: Class = Class::new();
static VALIDATION: Class = Class::new();
static RATE_LIMIT: Class = Class::new();
static SERVER: Class = Class::new();
static CONNECTION: Class = Class::new();
static TIMEOUT: Class = Class::new();
static UNEXPECTED_RESPONSE: Class = Class::new();

/// The class for each kind of error.
fn class_of(kind: ErrorKind) -> &'static Class {
    match kind {
        ErrorKind::Configuration => &CONFIGURATION,
        ErrorKind::InvalidDomain => &INVALID_DOMAIN,
        ErrorKind::Authentication => &AUTHENTICATION,
        ErrorKind::Permission => &PERMISSION,
        ErrorKind::NotFound => &NOT_FOUND,
        ErrorKind::Validation => &VALIDATION,
        ErrorKind::RateLimit => &RATE_LIMIT,
        ErrorKind::Server => &SERVER,
        ErrorKind::Connection => &CONNECTION,
        ErrorKind::Timeout => &TIMEOUT,
        ErrorKind::UnexpectedResponse => &UNEXPECTED_RESPONSE,
        ErrorKind::Api => &API,
    }
}

impl From<Error> for PhpException {
    fn from(error: Error) -> Self {
        let class = class_of(error.kind());
        let base = ce::exception();
        let Some(ce) = class.get().filter(|ce| is_whole(ce)) else {
            return Self::from_message(error.message().to_owned());
        };
        // File, line and trace are set here.
        let mut object = ZendObject::new(ce);
        set(&mut object, base, "message", error.message());
        set(&mut object, base, "code", i64::from(error.status().unwrap_or_default()));
        let is_local = matches!(error.kind(), ErrorKind::Configuration | ErrorKind::InvalidDomain);
        if let Some(scope) = if is_local { Some(ce) } else { API.get() } {
            set(&mut object, scope, "reason", error.reason().code());
            set(&mut object, scope, "details", details(&error));
        }
        if let (Some(api), false) = (API.get(), is_local) {
            set(&mut object, api, "outcomeUnknown", error.is_outcome_unknown());
            set(&mut object, api, "status", error.status().map(i64::from));
            set(&mut object, api, "retryable", error.is_retryable());
            set(&mut object, api, "retryAfter", error.retry_after().map(|wait| wait.as_secs_f64()));
            set(&mut object, api, "attempts", i64::from(error.attempts()));
        }
        if let (Some(validation), ErrorKind::Validation) = (VALIDATION.get(), error.kind()) {
            let fields: Vec<_> =
                error.fields().iter().map(|(field, texts)| (field.clone(), texts.clone())).collect();
            set(&mut object, validation, "errors", fields);
        }
        if let Some(cause) = error.cause() {
            let mut previous = ZendObject::new(base);
            set(&mut previous, base, "message", cause);
            // SAFETY: both are live exception objects; the reference to `previous` is handed over.
            unsafe { engine::zend_exception_set_previous(&raw mut *object, previous.into_raw()) }
        }
        let exception = Self::new(error.message().to_owned(), 0, ce);
        match object.into_zval(false) {
            Ok(object) => exception.with_object(object),
            Err(_) => exception,
        }
    }
}

/// The arguments of the reason as PHP's array.
fn details(error: &Error) -> ZBox<ZendHashTable> {
    let mut array = ZendHashTable::new();
    for (name, value) in error.details().iter() {
        // What the engine cannot hold is left out.
        let _ = match value {
            Value::Text(text) => array.insert(name, text.as_str()),
            Value::Number(number) => array.insert(name, *number),
            Value::Seconds(seconds) => array.insert(name, *seconds),
        };
    }
    array
}

/// Whether neither the class nor one above it was switched off by `disable_classes`, which frees their properties and makes
/// objects that cannot be thrown.
fn is_whole(ce: &ClassEntry) -> bool {
    // SAFETY: the union holds nothing but this pointer in a class that is no interface.
    let creates =
        |ce: &ClassEntry| unsafe { ce.__bindgen_anon_2.create_object }.map(|create| create as usize);
    let expected = creates(ce::exception());
    std::iter::successors(Some(ce), |ce| ce.parent()).all(|ce| creates(ce) == expected)
}

/// Sets a property as code of `scope` would. What the engine cannot hold leaves the property as it is.
fn set(object: &mut ZendObject, scope: &'static ClassEntry, name: &str, value: impl IntoZval) {
    let Ok(mut value) = value.into_zval(false) else { return };
    // SAFETY: the object is an instance of `scope`, which the engine does not change here; the property takes its own
    // reference to the value.
    unsafe {
        engine::zend_update_property(
            std::ptr::from_ref(scope).cast_mut(),
            object,
            name.as_ptr().cast(),
            name.len(),
            &raw mut value,
        );
    }
}

fn boolean(value: bool) -> Zval {
    let mut zval = Zval::new();
    zval.set_bool(value);
    zval
}

fn int(value: i64) -> Zval {
    let mut zval = Zval::new();
    zval.set_long(value);
    zval
}

/// Registers all classes, at module start-up.
pub(super) fn register() -> Result<()> {
    let declared = MethodFlags::Public | MethodFlags::Abstract;
    ClassBuilder::new("RunCloud\\Exception\\ExceptionInterface")
        .flags(ClassFlags::Interface)
        .method(returns_reason(FunctionBuilder::new_abstract("getReason")), declared)
        .method(returns_details(FunctionBuilder::new_abstract("getDetails")), declared)
        .implements((ce::throwable, "\\Throwable"))
        .registration(|ce, tables| {
            engine::keep(tables);
            INTERFACE.set(ce);
        })
        .register()?;
    for (class, name) in
        [(&CONFIGURATION, "ConfigurationException"), (&INVALID_DOMAIN, "InvalidDomainException")]
    {
        let builder =
            ClassBuilder::new(in_namespace(name)).extends((invalid_argument, "\\InvalidArgumentException"));
        let ce = finish(class, name, with_reason(builder))?;
        declare_reason(ce);
    }
    register_api()?;
    for (class, name) in [
        (&AUTHENTICATION, "AuthenticationException"),
        (&PERMISSION, "PermissionException"),
        (&NOT_FOUND, "NotFoundException"),
        (&RATE_LIMIT, "RateLimitException"),
        (&SERVER, "ServerException"),
        (&CONNECTION, "ConnectionException"),
        (&TIMEOUT, "TimeoutException"),
        (&UNEXPECTED_RESPONSE, "UnexpectedResponseException"),
    ] {
        finish(class, name, ClassBuilder::new(in_namespace(name)).extends((api, "")))?;
    }
    register_validation()
}

fn register_api() -> Result<()> {
    let name = "ApiException";
    let getter =
        |name, handler, ty, nullable| FunctionBuilder::new(name, handler).returns(ty, false, nullable);
    let builder = ClassBuilder::new(in_namespace(name))
        .extends((runtime_exception, "\\RuntimeException"))
        .method(getter("isOutcomeUnknown", is_outcome_unknown, DataType::Bool, false), MethodFlags::Public)
        .method(getter("getStatus", get_status, DataType::Long, true), MethodFlags::Public)
        .method(getter("isRetryable", is_retryable, DataType::Bool, false), MethodFlags::Public)
        .method(getter("getRetryAfter", get_retry_after, DataType::Double, true), MethodFlags::Public)
        .method(getter("getAttempts", get_attempts, DataType::Long, false), MethodFlags::Public);
    let ce = finish(&API, name, with_reason(builder))?;
    declare_reason(ce);
    let declare = |name, ty, nullable, default| {
        engine::declare_property(ce, name, ffi::ZEND_ACC_PRIVATE, ty, nullable, default);
    };
    declare("status", DataType::Long, true, Zval::null());
    declare("retryable", DataType::Bool, false, boolean(false));
    declare("retryAfter", DataType::Double, true, Zval::null());
    declare("outcomeUnknown", DataType::Bool, false, boolean(false));
    declare("attempts", DataType::Long, false, int(0));
    Ok(())
}

fn register_validation() -> Result<()> {
    let name = "ValidationException";
    let getter = FunctionBuilder::new("getErrors", get_errors).returns(DataType::Array, false, false);
    let builder =
        ClassBuilder::new(in_namespace(name)).extends((api, "")).method(getter, MethodFlags::Public);
    let ce = finish(&VALIDATION, name, builder)?;
    engine::declare_property(ce, "errors", ffi::ZEND_ACC_PRIVATE, DataType::Array, true, Zval::null());
    Ok(())
}

fn returns_reason(method: FunctionBuilder<'static>) -> FunctionBuilder<'static> {
    method.returns(DataType::object(Reason::CLASS), false, false)
}

fn returns_details(method: FunctionBuilder<'static>) -> FunctionBuilder<'static> {
    method.returns(DataType::Array, false, false)
}

/// The methods of the interface, for a class that keeps reason and details itself.
fn with_reason(builder: ClassBuilder) -> ClassBuilder {
    builder
        .method(returns_reason(FunctionBuilder::new("getReason", get_reason)), MethodFlags::Public)
        .method(returns_details(FunctionBuilder::new("getDetails", get_details)), MethodFlags::Public)
}

/// What an exception that PHP code makes has as well.
fn declare_reason(ce: *mut ClassEntry) {
    let reason = engine::interned(Reason::Unknown.code());
    engine::declare_property(ce, "reason", ffi::ZEND_ACC_PRIVATE, DataType::String, false, reason);
    engine::declare_property(ce, "details", ffi::ZEND_ACC_PRIVATE, DataType::Array, true, Zval::null());
}

/// Registers a class that implements the interface.
fn finish(class: &Class, name: &str, builder: ClassBuilder) -> Result<*mut ClassEntry> {
    builder.implements((interface, "")).registration(|_, tables| engine::keep(tables)).register()?;
    let ce = engine::class_at_start_up(&in_namespace(name)).ok_or(PhpError::InvalidPointer)?;
    class.set(ce);
    Ok(class.raw())
}

fn in_namespace(name: &str) -> String {
    format!("RunCloud\\Exception\\{name}")
}

fn interface() -> &'static ClassEntry {
    INTERFACE.get().unwrap_or_else(ce::throwable)
}

fn api() -> &'static ClassEntry {
    API.get().unwrap_or_else(ce::exception)
}

/// SPL is always linked in and started before other modules.
fn invalid_argument() -> &'static ClassEntry {
    engine::class_at_start_up("InvalidArgumentException").map_or_else(ce::exception, |ce| &*ce)
}

fn runtime_exception() -> &'static ClassEntry {
    engine::class_at_start_up("RuntimeException").map_or_else(ce::exception, |ce| &*ce)
}
