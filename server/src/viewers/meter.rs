//! What the shards count, for whoever runs the server.

use std::{
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

/// Counters of all shards together.
#[derive(Debug, Default)]
pub struct Meter {
    slow_closes: AtomicU64,
    waiting: AtomicUsize,
}

impl Meter {
    /// A viewer was too slow, and told to come back.
    pub(super) fn closed_a_slow_one(&self) {
        self.slow_closes.fetch_add(1, Ordering::Relaxed);
    }

    /// What waits for slow viewers went from one number of bytes to another.
    pub(super) fn waits(&self, before: usize, after: usize) {
        if after > before {
            self.waiting.fetch_add(after - before, Ordering::Relaxed);
        } else {
            self.waiting.fetch_sub(before - after, Ordering::Relaxed);
        }
    }

    /// A frame reached the last viewer of a room in a shard this long after it was published.
    #[allow(clippy::unused_self, reason = "a histogram of it belongs here")]
    pub(super) fn shown(&self, _after: Duration) {}

    #[cfg_attr(not(test), expect(dead_code, reason = "for metrics"))]
    /// Viewers closed because they were too slow.
    pub fn slow_closes(&self) -> u64 {
        self.slow_closes.load(Ordering::Relaxed)
    }

    #[cfg_attr(not(test), expect(dead_code, reason = "for metrics"))]
    /// Bytes that wait for slow viewers.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}
