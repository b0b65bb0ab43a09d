//! What the shards count, for whoever runs the server.

use std::time::Duration;

use prometheus_client::{
    metrics::{
        counter::Counter,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

/// Counters of all shards together.
#[derive(Debug)]
pub struct Meter {
    slow_closes: Counter,
    waiting: Gauge,
    shown: Histogram,
}

impl Default for Meter {
    fn default() -> Self {
        // From a tenth of a millisecond to three seconds.
        let shown = Histogram::new(exponential_buckets(0.000_1, 2.0, 16));
        Self { slow_closes: Counter::default(), waiting: Gauge::default(), shown }
    }
}

impl Meter {
    /// A viewer was too slow, and told to come back.
    pub(super) fn closed_a_slow_one(&self) {
        self.slow_closes.inc();
    }

    /// What waits for slow viewers went from one number of bytes to another.
    pub(super) fn waits(&self, before: usize, after: usize) {
        let change = |more: usize, less: usize| i64::try_from(more - less).unwrap_or(i64::MAX);
        if after > before {
            self.waiting.inc_by(change(after, before));
        } else if before > after {
            self.waiting.dec_by(change(before, after));
        }
    }

    /// A frame reached the last viewer of a room in a shard this long after it was published.
    pub(super) fn shown(&self, after: Duration) {
        self.shown.observe(after.as_secs_f64());
    }

    /// Gives all of it to whoever writes it out.
    pub fn register(&self, registry: &mut Registry) {
        let help = "From publishing a frame until it is written to the last viewer of a loop";
        registry.register_with_unit("fanout", help, Unit::Seconds, self.shown.clone());
        registry.register_with_unit("waiting", "What waits for slow viewers", Unit::Bytes, self.waiting.clone());
        registry.register("slow_closes", "Viewers told to come back because they were slow", self.slow_closes.clone());
    }
}

#[cfg(test)]
impl Meter {
    /// Viewers closed because they were too slow.
    pub fn slow_closes(&self) -> u64 {
        self.slow_closes.get()
    }

    /// Bytes that wait for slow viewers.
    pub fn waiting(&self) -> usize {
        usize::try_from(self.waiting.get()).expect("no less than nothing")
    }
}
