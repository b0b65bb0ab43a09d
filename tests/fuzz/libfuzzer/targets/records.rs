//! See `samenspraak_fuzz::records`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| samenspraak_fuzz::records(data));
