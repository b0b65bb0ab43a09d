//! Where the viewers of one session sit, over all shards.

use std::{
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::body::Bytes;

use super::{
    mailbox::{Letter, Mailbox},
    person::Person,
    wire::TextFrame,
};
use crate::clock;

/// The viewers of one session.
pub struct Room {
    /// Tells rooms apart.
    pub(super) id: u64,
    /// The shards, and how many of this room each has or is about to get.
    pub(super) shards: Box<[(Arc<Mailbox>, AtomicUsize)]>,
}

/// Somebody at the door, with what they must see first.
pub struct Newcomer {
    /// Their socket, already speaking the protocol; not blocking.
    pub stream: TcpStream,
    /// What they said before they had a seat.
    pub early: Bytes,
    /// Who they are.
    pub person: Box<dyn Person>,
}

impl Room {
    /// Shows a frame to everybody; `alive` is what quiet sockets are told from now on.
    pub fn show(&self, frame: &TextFrame, alive: &TextFrame) {
        let at = clock::moment();
        for (shard, seated) in &self.shards {
            if seated.load(Ordering::Acquire) > 0 {
                let (frame, alive) = (frame.wire().clone(), alive.wire().clone());
                shard.post(Letter::Show { room: self.id, frame, alive, at });
            }
        }
    }

    /// Gives somebody a seat. They get `first`, and then everything that is shown after this call.
    pub fn admit(self: &Arc<Self>, newcomer: Newcomer, first: Vec<TextFrame>, alive: &TextFrame) {
        let emptiest = self.shards.iter().min_by_key(|(shard, _)| shard.crowd());
        let Some((shard, seated)) = emptiest else { return };
        seated.fetch_add(1, Ordering::Release);
        let first = first.into_iter().map(|frame| frame.wire().clone()).collect();
        shard.post(Letter::Join { newcomer, room: Arc::clone(self), first, alive: alive.wire().clone() });
    }
}
