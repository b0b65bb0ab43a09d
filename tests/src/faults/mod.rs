//! What happens when something else breaks: the disk, the clock, the network, people's manners. Each
//! fault has a defined end: a clear no, nothing confirmed that is not kept, and back to work as soon
//! as it is over.

mod clock;
mod crowded;
mod disk;
mod files;
mod floods;
mod lock;
mod shim;
mod slow;
mod start;
mod stop;

use std::time::{Duration, Instant};

/// A moment to measure from.
#[expect(clippy::disallowed_methods, reason = "a test may see how long something took")]
fn now() -> Instant {
    Instant::now()
}

/// How long ago that was.
fn elapsed(since: Instant) -> Duration {
    now().duration_since(since)
}

/// Terms with limits and with these arguments.
fn terms(arguments: &[&str]) -> crate::harness::Terms {
    let arguments = arguments.iter().map(ToString::to_string).collect();
    crate::harness::Terms { limits: true, arguments, ..Default::default() }
}
