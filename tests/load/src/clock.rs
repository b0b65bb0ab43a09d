//! The one place here that reads clocks: load is about real time.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Now, to measure with.
#[expect(clippy::disallowed_methods, reason = "what is measured is how long things really take")]
pub fn moment() -> Instant {
    Instant::now()
}

/// Now, in nanoseconds since 1970: the same for all processes of a machine.
#[expect(clippy::disallowed_methods, reason = "what is measured is how long things really take")]
pub fn nanoseconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

/// Now, as a mark inside a text by which whoever sees the text knows when it was sent: `@T123@`.
pub fn stamp() -> String {
    format!("@T{}@", nanoseconds())
}
