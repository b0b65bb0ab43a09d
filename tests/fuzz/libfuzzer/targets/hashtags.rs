//! See `samenspraak_fuzz::hashtags`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| samenspraak_fuzz::hashtags(data));
