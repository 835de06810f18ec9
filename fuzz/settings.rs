#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| runcloud_properties::targets::settings(data));
