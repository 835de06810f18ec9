//! The settings in php.ini. Their names and defaults stand in [`crate::http::settings`].

use std::{
    ffi::{CStr, CString, c_int, c_void},
    ptr,
    sync::atomic::{AtomicPtr, Ordering},
};

use ext_php_rs::{ffi, flags::IniEntryPermission, zend::IniEntryDef};

use super::{
    engine::{php_output_write, zend_ini_string},
    inspect::INSPECT_WORLD,
};
use crate::http::{
    Error, Settings,
    settings::{
        ALL, BASE_URL, CA_FILE, CONNECT_TIMEOUT, DEADLINE, MAX_RETRIES, PROXY, Setting, SettingTexts,
        TIMEOUT, without_password,
    },
};

/// The table of the settings. The engine may go on pointing into it (PHP 8.5 does), so it is kept for the life of the
/// process; here a leak checker finds it.
#[used]
static TABLE: AtomicPtr<IniEntryDef> = AtomicPtr::new(ptr::null_mut());

/// Registers the settings, at module start-up.
pub(super) fn register(module_number: i32) {
    let mut entries: Vec<IniEntryDef> = ALL.iter().chain([&INSPECT_WORLD]).map(entry).collect();
    entries.push(IniEntryDef::end());
    let table = entries.leak();
    TABLE.store(table.as_mut_ptr(), Ordering::Release);
    IniEntryDef::register(table, module_number);
}

fn entry(setting: &Setting) -> IniEntryDef {
    let permission = if setting.system_only { IniEntryPermission::System } else { IniEntryPermission::All };
    let text = |text: &str| -> &'static CStr {
        Box::leak(CString::new(text).unwrap_or_default().into_boxed_c_str())
    };
    let mut entry = IniEntryDef::new(text(setting.name), text(setting.default), permission);
    entry.on_modify = Some(accept);
    if setting.name == PROXY.name {
        entry.displayer = Some(display_without_password);
    }
    entry
}

/// Takes any value: a bad one is told at the next call, in a sentence. Without a handler `ini_restore()` would leave the
/// setting as it is.
unsafe extern "C" fn accept(
    _entry: *mut ffi::zend_ini_entry,
    _value: *mut ffi::zend_string,
    _: *mut c_void,
    _: *mut c_void,
    _: *mut c_void,
    _stage: c_int,
) -> c_int {
    0
}

/// Shows the proxy in `phpinfo()` without its password.
unsafe extern "C" fn display_without_password(_entry: *mut ffi::zend_ini_entry, kind: c_int) {
    const ORIGINAL: c_int = 1;
    let shown = std::panic::catch_unwind(|| {
        let value = value_of(PROXY, kind == ORIGINAL);
        if value.is_empty() { "no value".to_owned() } else { without_password(&value) }
    })
    .unwrap_or_default();
    // SAFETY: text and length are those of a live string; the engine is showing its information page.
    unsafe { php_output_write(shown.as_ptr().cast(), shown.len()) };
}

/// The settings as they are now, checked. They are read at every call, since a pool's values come after start-up.
pub(super) fn settings(client_proxy: Option<&str>) -> Result<Settings, Error> {
    let text = |setting| value_of(setting, false);
    SettingTexts {
        base_url: text(BASE_URL),
        ca_file: text(CA_FILE),
        proxy: client_proxy.map_or_else(|| text(PROXY), str::to_owned),
        connect_timeout: text(CONNECT_TIMEOUT),
        timeout: text(TIMEOUT),
        deadline: text(DEADLINE),
        max_retries: text(MAX_RETRIES),
    }
    .check()
}

pub(super) fn value_of(setting: Setting, original: bool) -> String {
    // SAFETY: name and length are those of a live string; the result is null or a C string that stays as long as the
    // setting is not changed, which nothing does before it is copied.
    unsafe {
        let value = zend_ini_string(setting.name.as_ptr().cast(), setting.name.len(), c_int::from(original));
        if value.is_null() { String::new() } else { CStr::from_ptr(value).to_string_lossy().into_owned() }
    }
}

/// The panel's address as it is set, without what may be secret.
pub(super) fn base_url() -> String {
    match url::Url::parse(value_of(BASE_URL, false).trim().trim_end_matches('/')) {
        Ok(url) if url.password().is_none() && url.username().is_empty() => url.into(),
        _ => "not a URL".into(),
    }
}

/// The proxy of a client as it may be shown; empty: none.
pub(super) fn proxy(of_client: Option<&str>) -> String {
    let proxy = of_client.map_or_else(|| value_of(PROXY, false), str::to_owned);
    if proxy.trim().is_empty() { String::new() } else { without_password(&proxy) }
}
