//! See `samenspraak_fuzz::commands`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| samenspraak_fuzz::commands(data));
