//! What must hold for any bytes at all, one function for each door through which they come. A fuzzer
//! looks for bytes for which it does not (`cargo xtask fuzz`); the bytes it found interesting are
//! kept in `corpus/` and tried again with every test.

mod commands;
mod frames;
mod hashtags;
mod records;
mod screens;
#[allow(dead_code, reason = "the server uses the rest of it")]
#[path = "../../../server/src/viewers/wire.rs"]
mod wire;
mod wishes;

pub use commands::commands;
pub use frames::frames;
pub use hashtags::hashtags;
pub use records::records;

/// Tries some bytes; panics when something does not hold.
pub type Target = fn(&[u8]);

/// Every target: its name, which is its folder's in the corpus, and what it tries.
pub const TARGETS: [(&str, Target); 4] =
    [("hashtags", hashtags), ("commands", commands), ("frames", frames), ("records", records)];
