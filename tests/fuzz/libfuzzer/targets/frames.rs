//! See `samenspraak_fuzz::frames`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| samenspraak_fuzz::frames(data));
