//! One frame for each audience and change, made once and shared by all of its screens.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use shared::{
    frames::Frame,
    views::{Card, Patch, View},
};
use tokio::sync::broadcast;

use crate::digest::short_digest;

/// How many patches a screen may lag behind before it is told to come back.
const LAG: usize = 256;
/// How many patches are kept for screens that were away for a moment.
const KEPT: usize = 512;

/// A patch, ready to send.
#[derive(Debug, Clone)]
pub struct Delivery {
    after: u64,
    seq: u64,
    /// The frame's JSON.
    pub frame: Utf8Bytes,
}

/// A view at one `seq`, in the forms in which it is sent.
#[derive(Debug)]
pub struct Snapshot {
    seq: u64,
    /// As a socket's first frame.
    pub frame: Utf8Bytes,
    /// As the API's body.
    pub body: Bytes,
    /// The body's strong entity tag, quotes included.
    pub etag: String,
}

/// What a screen gets when it joins: what it missed, and then each patch.
pub struct Joined {
    /// Frames to send at once: a snapshot, or the patches it missed.
    pub first: Vec<Utf8Bytes>,
    /// The `seq` to which they lead.
    pub seq: u64,
    /// What comes.
    pub patches: broadcast::Receiver<Delivery>,
}

/// The frames of one audience.
pub struct FanOut {
    sender: broadcast::Sender<Delivery>,
    recent: Mutex<Recent>,
}

#[derive(Default)]
struct Recent {
    patches: VecDeque<Delivery>,
    snapshot: Option<Arc<Snapshot>>,
}

impl Default for FanOut {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(LAG), recent: Mutex::default() }
    }
}

impl Delivery {
    /// Whether a screen at `seq` has this already.
    pub fn is_known_at(&self, seq: u64) -> bool {
        self.seq <= seq
    }

    /// The `seq` to which it leads.
    pub fn seq(&self) -> u64 {
        self.seq
    }
}

impl FanOut {
    /// Sends a change to every screen of this audience.
    pub fn publish<H: Serialize, C: Serialize + Card>(&self, patch: Patch<H, C>) {
        let (after, seq) = (patch.after, patch.seq);
        let delivery = Delivery { after, seq, frame: text(&Frame::Patch(patch)) };
        let mut recent = self.recent();
        recent.snapshot = None;
        if recent.patches.len() == KEPT {
            recent.patches.pop_front();
        }
        recent.patches.push_back(delivery.clone());
        // Nobody listening is fine.
        let _ = self.sender.send(delivery);
    }

    /// Joins a screen that has seen `after` already, if any. `view` must be at the latest `seq`:
    /// the caller holds the lock under which patches are published.
    pub fn join<H: Serialize, C: Serialize + Card>(
        &self,
        after: Option<u64>,
        now: u64,
        view: impl FnOnce() -> View<H, C>,
    ) -> Joined {
        let patches = self.sender.subscribe();
        let first = match after {
            Some(after) if after == now => Vec::new(),
            Some(after) if after < now => {
                self.since(after).unwrap_or_else(|| vec![self.snapshot(now, view).frame.clone()])
            }
            _ => vec![self.snapshot(now, view).frame.clone()],
        };
        Joined { first, seq: now, patches }
    }

    /// The present view; made once for each `seq`.
    pub fn snapshot<H: Serialize, C: Serialize + Card>(
        &self,
        now: u64,
        view: impl FnOnce() -> View<H, C>,
    ) -> Arc<Snapshot> {
        let mut recent = self.recent();
        if let Some(snapshot) = recent.snapshot.as_ref().filter(|snapshot| snapshot.seq == now) {
            return Arc::clone(snapshot);
        }
        let view = view();
        let body = serde_json::to_vec(&view).unwrap_or_default();
        let etag = format!("\"{}\"", short_digest([&body[..]]));
        let frame = text(&Frame::Snapshot { seq: now, view });
        let snapshot = Arc::new(Snapshot { seq: now, frame, body: body.into(), etag });
        recent.snapshot = Some(Arc::clone(&snapshot));
        snapshot
    }

    /// The patches after `after`, if all of them are still here.
    fn since(&self, after: u64) -> Option<Vec<Utf8Bytes>> {
        let recent = self.recent();
        recent.patches.front().filter(|oldest| oldest.after <= after)?;
        Some(recent.patches.iter().filter(|patch| patch.seq > after).map(|patch| patch.frame.clone()).collect())
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A frame's JSON. Views and patches are plain structs; they always have one.
pub fn text<H: Serialize, C: Serialize + Card>(frame: &Frame<H, C>) -> Utf8Bytes {
    serde_json::to_string(frame).unwrap_or_default().into()
}
