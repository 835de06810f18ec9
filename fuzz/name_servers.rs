#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| runcloud::inspect::fuzzing::name_servers(data));
