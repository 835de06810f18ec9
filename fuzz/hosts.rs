#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| runcloud::properties::targets::hosts(data));
