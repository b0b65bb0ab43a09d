//! One frame for each audience and change, made once and shared by all of its screens.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use shared::{
    frames::Frame,
    views::{Card, Patch, View},
};
use tokio::sync::broadcast;

use crate::{
    pressed::Pressed,
    viewers::{Newcomer, Room, TextFrame},
};

/// How many patches a screen of the staff may lag behind before it is told to come back.
const LAG: usize = 256;
/// How much is kept for screens that were away for a moment: patches, and bytes of them.
const KEPT: usize = 512;
const KEPT_BYTES: usize = 1024 * 1024;

/// A patch, or a snapshot, ready to send.
#[derive(Debug, Clone)]
pub struct Delivery {
    after: u64,
    seq: u64,
    /// The frame.
    pub frame: TextFrame,
}

/// A view at one `seq`, in the forms in which it is sent.
#[derive(Debug)]
pub struct Snapshot {
    seq: u64,
    /// As a socket's first frame.
    pub frame: TextFrame,
    /// As the API's body.
    pub body: Pressed,
}

/// What a screen gets when it joins: what it missed, and then each patch.
pub struct Joined {
    /// To send at once: a snapshot, or the patches it missed.
    pub first: Vec<Delivery>,
    /// The `seq` to which they lead.
    pub seq: u64,
    /// What comes.
    pub patches: broadcast::Receiver<Delivery>,
}

/// The frames of one audience.
pub struct FanOut<H, C> {
    sender: broadcast::Sender<Delivery>,
    /// The public at its sockets, which are many; all others come by the channel alone.
    room: Option<Arc<Room>>,
    recent: Mutex<Recent<H, C>>,
}

/// What was sent lately, and what is about to be.
struct Recent<H, C> {
    /// Changed already and not yet sent, so that many votes make few frames.
    pending: Option<Patch<H, C>>,
    /// The `seq` that screens have.
    sent: u64,
    patches: VecDeque<Delivery>,
    bytes: usize,
    /// The last snapshot that a screen got; with the patches since, it is good for others too.
    shown: Option<Arc<Snapshot>>,
    /// The last snapshot that a reader got.
    read: Option<Arc<Snapshot>>,
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

impl<H: Serialize, C: Serialize + Card> FanOut<H, C> {
    /// For an audience at `seq` whose screens sit in `room`, or come one by one.
    pub fn new(seq: u64, room: Option<Arc<Room>>) -> Self {
        let recent = Recent { pending: None, sent: seq, patches: VecDeque::new(), bytes: 0, shown: None, read: None };
        Self { sender: broadcast::Sender::new(LAG), room, recent: Mutex::new(recent) }
    }

    /// Keeps a change until [`FanOut::send`]. The caller holds the lock under which the view changes.
    pub fn change(&self, patch: Patch<H, C>) {
        let mut recent = self.recent();
        match &mut recent.pending {
            Some(pending) => pending.merge(patch),
            pending => *pending = Some(patch),
        }
    }

    /// Sends what changed to every screen of this audience; whether there was anything.
    pub fn send(&self) -> bool {
        self.send_pending(&mut self.recent())
    }

    /// Joins a screen that has seen `after` already, if any. `view` must be the view at its latest:
    /// the caller holds the lock under which it changes.
    pub fn join(&self, after: Option<u64>, view: impl FnOnce() -> View<H, C>) -> Joined {
        let mut recent = self.recent();
        let first = self.first(&mut recent, after, view);
        Joined { first, seq: recent.sent, patches: self.sender.subscribe() }
    }

    /// Gives one of the public a seat, in the same way.
    pub fn admit(&self, newcomer: Newcomer, after: Option<u64>, view: impl FnOnce() -> View<H, C>) {
        let Some(room) = &self.room else { return };
        let mut recent = self.recent();
        let first = self.first(&mut recent, after, view).into_iter().map(|delivery| delivery.frame).collect();
        room.admit(newcomer, first, &alive(recent.sent));
    }

    /// The present view, for a reader; made once for each `now`.
    pub fn snapshot(&self, now: u64, view: impl FnOnce() -> View<H, C>) -> Arc<Snapshot> {
        let mut recent = self.recent();
        let known = [&recent.read, &recent.shown].into_iter().flatten().find(|snapshot| snapshot.seq == now);
        if let Some(snapshot) = known {
            return Arc::clone(snapshot);
        }
        let snapshot = Arc::new(Snapshot::of(&view()));
        recent.read = Some(Arc::clone(&snapshot));
        snapshot
    }

    fn send_pending(&self, recent: &mut Recent<H, C>) -> bool {
        let Some(patch) = recent.pending.take() else { return false };
        let (after, seq) = (patch.after, patch.seq);
        let delivery = Delivery { after, seq, frame: text(&Frame::Patch(patch)) };
        recent.sent = seq;
        recent.keep(delivery.clone());
        if let Some(room) = &self.room {
            room.show(&delivery.frame, &alive(seq));
        }
        // Nobody listening is fine.
        let _ = self.sender.send(delivery);
        true
    }

    /// What leads a screen from `after` to what all others have: the patches that it missed, or a
    /// snapshot. A new snapshot is only made when an old one with the patches since is no good any
    /// more, so that thousands who come while thousands vote cost no more than either.
    fn first(&self, recent: &mut Recent<H, C>, after: Option<u64>, view: impl FnOnce() -> View<H, C>) -> Vec<Delivery> {
        let coming = recent.pending.as_ref().map_or(recent.sent, |pending| pending.seq);
        if after.is_some_and(|after| (recent.sent..=coming).contains(&after)) {
            return Vec::new();
        }
        if let Some((missed, _)) = after.filter(|after| *after <= recent.sent).and_then(|after| recent.since(after)) {
            return missed;
        }
        if let Some(shown) = &recent.shown
            && let Some((missed, bytes)) = recent.since(shown.seq)
            && bytes <= shown.body.plain().len() / 2
        {
            return std::iter::once(shown.delivery()).chain(missed).collect();
        }
        // Others must not be behind what this one is about to see.
        self.send_pending(recent);
        let known = recent.read.take().filter(|snapshot| snapshot.seq == recent.sent);
        let snapshot = known.unwrap_or_else(|| Arc::new(Snapshot::of(&view())));
        recent.shown = Some(Arc::clone(&snapshot));
        vec![snapshot.delivery()]
    }

    fn recent(&self) -> MutexGuard<'_, Recent<H, C>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<H, C> Recent<H, C> {
    fn keep(&mut self, delivery: Delivery) {
        self.bytes += delivery.frame.wire().len();
        self.patches.push_back(delivery);
        while self.patches.len() > KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.patches.pop_front() else { break };
            self.bytes -= oldest.frame.wire().len();
        }
    }

    /// The patches after `after` and their bytes, if all of them are still here.
    fn since(&self, after: u64) -> Option<(Vec<Delivery>, usize)> {
        if after == self.sent {
            return Some((Vec::new(), 0));
        }
        self.patches.front().filter(|oldest| oldest.after <= after)?;
        let missed: Vec<_> = self.patches.iter().filter(|patch| patch.seq > after).cloned().collect();
        let bytes = missed.iter().map(|patch| patch.frame.wire().len()).sum();
        Some((missed, bytes))
    }
}

impl Snapshot {
    fn of<H: Serialize, C: Serialize + Card>(view: &View<H, C>) -> Self {
        // Views are plain structs; they always have a JSON form.
        let body = serde_json::to_string(view).unwrap_or_default();
        // The same as `Frame::Snapshot`, without writing the view twice.
        let frame = TextFrame::new(format!(r#"{{"type":"snapshot","seq":{},"view":{body}}}"#, view.seq));
        Self { seq: view.seq, frame, body: Pressed::new(body) }
    }

    fn delivery(&self) -> Delivery {
        Delivery { after: 0, seq: self.seq, frame: self.frame.clone() }
    }
}

/// A frame's JSON. Views and patches are plain structs; they always have one.
pub fn text<H: Serialize, C: Serialize + Card>(frame: &Frame<H, C>) -> TextFrame {
    TextFrame::new(serde_json::to_string(frame).unwrap_or_default())
}

/// What a quiet socket is told now and then.
pub fn alive(seq: u64) -> TextFrame {
    text(&Frame::<(), shared::views::PublicCard>::Alive { seq })
}
