//! What shards are told, in order.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use axum::body::Bytes;
use mio::Waker;

use super::room::{Newcomer, Room};

/// One thing to do.
pub enum Letter {
    /// Somebody takes a seat.
    Join { newcomer: Newcomer, room: Arc<Room>, first: Vec<Bytes>, alive: Bytes },
    /// Everybody in a room sees a frame, published at this moment.
    Show { room: u64, frame: Bytes, alive: Bytes, at: Instant },
    /// One viewer gets a frame.
    Tell { key: usize, life: u64, frame: Bytes },
    /// One viewer's own part changed.
    Stir { key: usize, life: u64 },
    /// Everybody is asked to come back, to the next server.
    Leave,
}

/// A shard's letters.
pub struct Mailbox {
    letters: Mutex<Vec<Letter>>,
    waker: Waker,
    crowd: AtomicUsize,
}

impl Mailbox {
    pub(super) fn new(waker: Waker) -> Self {
        Self { letters: Mutex::default(), waker, crowd: AtomicUsize::new(0) }
    }

    /// Puts a letter in, and wakes the shard if it may be asleep.
    pub fn post(&self, letter: Letter) {
        let is_first = {
            let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
            letters.push(letter);
            letters.len() == 1
        };
        if is_first && let Err(error) = self.waker.wake() {
            tracing::error!(%error, "a shard of viewers cannot be woken");
        }
    }

    /// Everything there is.
    pub(super) fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.letters.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many viewers the shard has.
    pub fn crowd(&self) -> usize {
        self.crowd.load(Ordering::Relaxed)
    }

    pub(super) fn has_crowd(&self, now: usize) {
        self.crowd.store(now, Ordering::Relaxed);
    }
}

/// Where one viewer sits, for what is for them alone. Once they left, letters are lost.
#[derive(Clone)]
pub struct Address {
    pub(super) shard: Arc<Mailbox>,
    pub(super) key: usize,
    pub(super) life: u64,
}

impl Address {
    /// Sends them a frame.
    pub fn tell(&self, frame: Bytes) {
        self.shard.post(Letter::Tell { key: self.key, life: self.life, frame });
    }

    /// Tells them that their own part changed.
    pub fn stir(&self) {
        self.shard.post(Letter::Stir { key: self.key, life: self.life });
    }

    /// Whether both are the same seat.
    pub fn is(&self, other: &Self) -> bool {
        self.life == other.life && Arc::ptr_eq(&self.shard, &other.shard)
    }
}
