//! What it takes when PHP loads the module after its own start-up, as `php_admin_value[extension]` of one pool does.
//!
//! Each internal function has a place for what observers and the JIT compiler note about it. The engine hands such places out by
//! number, and takes those back that were handed out after its start-up: the next request gives the same numbers to
//! other code. So late functions get places of their own, that nobody else can get.

use std::ffi::c_void;

use ext_php_rs::{
    ffi,
    types::Zval,
    zend::{ClassEntry, ExecutorGlobals, ModuleEntry},
};

unsafe extern "C" {
    fn php_get_module_initialized() -> bool;
    fn zend_internal_run_time_cache_reserved_size() -> usize;
}

/// Gives the module's functions and methods places of their own, at the end of a late module start-up.
pub(super) fn keep_own_places() {
    // SAFETY: the compiler globals and their tables exist from the engine's start; their values are functions and class
    // entries; start-up is single-threaded.
    unsafe {
        if !php_get_module_initialized() {
            return;
        }
        let (module, globals) = (ExecutorGlobals::get().current_module, ffi::ext_php_rs_compiler_globals());
        keep_in((*globals).function_table, module);
        for class in (*(*globals).class_table).values().filter_map(|value: &Zval| value.ptr::<ClassEntry>()) {
            if (*class).info.internal.module == module {
                keep_in(&raw mut (*class).function_table, module);
            }
        }
    }
}

/// # Safety
/// `functions` is a live table of functions.
unsafe fn keep_in(functions: *mut ffi::HashTable, module: *mut ModuleEntry) {
    // SAFETY: by contract. A place is a pointer to memory of this size; the engine tells it from a number by its lowest
    // bit, which aligned memory never has. The functions live as long as the process, and so does the memory.
    unsafe {
        let words = zend_internal_run_time_cache_reserved_size().div_ceil(size_of::<*mut c_void>()).max(1);
        for function in
            (*functions).values().filter_map(|value: &Zval| value.ptr::<ffi::zend_internal_function>())
        {
            if u32::from((*function).type_) == ffi::ZEND_INTERNAL_FUNCTION && (*function).module == module {
                let place: &mut [*mut c_void] = vec![std::ptr::null_mut(); words].leak();
                (*function).run_time_cache__ptr = place.as_mut_ptr();
            }
        }
    }
}
