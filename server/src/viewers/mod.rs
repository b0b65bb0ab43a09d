//! The public's screens. There are many of them and they all see the same, so no task is woken for
//! each: viewers sit in shards, one for each core, and a shard's one loop writes ready-made frames
//! to many sockets directly. Nothing waits in memory but for a viewer that is slow.
//!
//! A shard keeps the order of its letters. Whoever joins gets what they missed and a seat in one
//! letter, written under the lock under which frames are published; so nothing falls in between.

mod mailbox;
mod meter;
mod person;
mod room;
mod shard;
#[cfg(test)]
mod tests;
mod viewer;
mod wire;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread,
};

pub use mailbox::Address;
pub use meter::Meter;
pub use person::Person;
pub use room::{Newcomer, Room};
pub use wire::{TextFrame, Wrong};

use self::{
    mailbox::{Letter, Mailbox},
    shard::Shard,
};
use crate::metrics::Metrics;

/// All shards.
pub struct Viewers {
    shards: Vec<Arc<Mailbox>>,
    rooms: AtomicU64,
    metrics: Arc<Metrics>,
}

impl Viewers {
    /// Starts a loop on a thread of its own for each core that this process may use.
    pub fn open(metrics: Arc<Metrics>) -> io::Result<Self> {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let mut shards = Vec::with_capacity(count);
        for number in 0..count {
            let (shard, mailbox) = Shard::new(Arc::clone(metrics.viewers()))?;
            thread::Builder::new().name(format!("viewers-{number}")).spawn(move || shard.run())?;
            shards.push(mailbox);
        }
        Ok(Self { shards, rooms: AtomicU64::new(0), metrics })
    }

    /// A new room, for a session's viewers.
    pub fn room(&self) -> Arc<Room> {
        let shards = self.shards.iter().map(|shard| (Arc::clone(shard), AtomicUsize::new(0))).collect();
        Arc::new(Room { id: self.rooms.fetch_add(1, Ordering::Relaxed), shards })
    }

    /// Asks everybody to come back later: the server stops.
    pub fn leave(&self) {
        for shard in &self.shards {
            shard.post(Letter::Leave);
        }
    }

    /// How many viewers have a seat.
    pub fn crowd(&self) -> usize {
        self.shards.iter().map(|shard| shard.crowd()).sum()
    }

    /// What is counted, here and elsewhere.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }
}
