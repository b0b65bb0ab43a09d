//! Who is looking, now: staff by name, with what they have open, the public by number. None of it is
//! durable.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use conversation::ParticipantId;
use dashmap::DashMap;
use jiff::{SignedDuration, Timestamp};
use shared::{
    QuestionId, Role,
    views::{Claim, Colleague},
};
use tokio::sync::watch;

use crate::{clock::Clock, viewers::Address};

/// A claim that is not renewed within this lapses.
const LAPSE: SignedDuration = SignedDuration::from_secs(20);
/// The most claims there can be at once; whoever wants more loses the oldest.
const MOST_CLAIMS: usize = 256;

/// Who has a screen of a session open.
pub struct Looking {
    clock: Arc<dyn Clock>,
    /// Who has which question open, since when they last said so.
    claims: Mutex<BTreeMap<(QuestionId, String), Timestamp>>,
    next: AtomicU64,
    staff: Mutex<Vec<(u64, Colleague)>>,
    viewers: AtomicU32,
    presence: watch::Sender<Presence>,
    participants: DashMap<ParticipantId, watch::Sender<()>>,
    /// Where participants sit who are among the viewers.
    seats: DashMap<ParticipantId, Vec<Address>>,
    renewals: watch::Sender<()>,
}

/// What staff are told about each other and the public.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presence {
    /// Colleagues, each name once for a role, sorted.
    pub here: Vec<Colleague>,
    /// Public sockets.
    pub viewers: u32,
    /// What colleagues have open.
    pub claims: Vec<Claim>,
}

/// Counts a member of staff as present until it is dropped.
pub struct Seat<'a> {
    looking: &'a Looking,
    number: u64,
}

impl Looking {
    /// Nobody yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            claims: Mutex::default(),
            next: AtomicU64::default(),
            staff: Mutex::default(),
            viewers: AtomicU32::default(),
            presence: watch::Sender::default(),
            participants: DashMap::new(),
            seats: DashMap::new(),
            renewals: watch::Sender::default(),
        }
    }

    /// A member of staff has a question open; to be said again before it lapses.
    pub fn claim(&self, question: QuestionId, by: String) {
        let now = self.clock.now();
        let mut claims = self.claims();
        claims.insert((question, by), now);
        while claims.len() > MOST_CLAIMS {
            let Some(oldest) = claims.iter().min_by_key(|(_, at)| **at).map(|(claim, _)| claim.clone()) else { break };
            claims.remove(&oldest);
        }
        drop(claims);
        self.tell();
    }

    /// They have it open no longer.
    pub fn unclaim(&self, question: QuestionId, by: String) {
        self.claims().remove(&(question, by));
        self.tell();
    }

    /// A member of staff takes a seat.
    pub fn sit(&self, colleague: Colleague) -> Seat<'_> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.staff.lock().unwrap_or_else(PoisonError::into_inner).push((number, colleague));
        self.tell();
        Seat { looking: self, number }
    }

    /// Follows who is here.
    pub fn presence(&self) -> watch::Receiver<Presence> {
        self.presence.subscribe()
    }

    /// How many of the public watch.
    pub fn public(&self) -> usize {
        usize::try_from(self.viewers.load(Ordering::Relaxed)).unwrap_or(usize::MAX)
    }

    /// How many screens of a role are open.
    pub fn staff(&self, role: Role) -> usize {
        let staff = self.staff.lock().unwrap_or_else(PoisonError::into_inner);
        staff.iter().filter(|(_, colleague)| colleague.role == role).count()
    }

    /// Brings the number of viewers to staff; called now and then rather than for each viewer.
    pub fn tell(&self) {
        let mut here: Vec<Colleague> = self
            .staff
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .map(|(_, colleague)| colleague.clone())
            .collect();
        here.sort();
        here.dedup();
        let now = Presence { here, viewers: self.viewers.load(Ordering::Relaxed), claims: self.present_claims() };
        self.presence.send_if_modified(|told| {
            let changed = *told != now;
            *told = now;
            changed
        });
    }

    fn present_claims(&self) -> Vec<Claim> {
        let now = self.clock.now();
        let mut claims = self.claims();
        claims.retain(|_, at| now.duration_since(*at) < LAPSE);
        claims.keys().map(|(question, by)| Claim { question: *question, by: by.clone() }).collect()
    }

    fn claims(&self) -> MutexGuard<'_, BTreeMap<(QuestionId, String), Timestamp>> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows changes to what only this participant sees, for a screen that has no seat in a room.
    pub fn mine(&self, who: ParticipantId) -> watch::Receiver<()> {
        self.participants.entry(who).or_default().subscribe()
    }

    /// A screen that followed [`Looking::mine`] is gone.
    pub fn mine_left(&self, who: ParticipantId) {
        self.participants.remove_if(&who, |_, screens| screens.receiver_count() == 0);
    }

    /// Tells this participant's screens that their own part changed.
    pub fn stir(&self, who: ParticipantId) {
        if let Some(screens) = self.participants.get(&who) {
            screens.send_replace(());
        }
        for address in self.seats.get(&who).iter().flat_map(|seats| seats.iter()) {
            address.stir();
        }
    }

    /// A participant's screen has a seat among the viewers.
    pub fn seat(&self, who: ParticipantId, address: Address) {
        self.seats.entry(who).or_default().push(address);
    }

    /// It is gone.
    pub fn unseat(&self, who: ParticipantId, address: &Address) {
        if let Some(mut seats) = self.seats.get_mut(&who) {
            seats.retain(|seat| !seat.is(address));
        }
        self.seats.remove_if(&who, |_, seats| seats.is_empty());
    }

    /// One more of the public watches.
    pub fn viewer_came(&self) {
        self.viewers.fetch_add(1, Ordering::Relaxed);
    }

    /// One less.
    pub fn viewer_left(&self) {
        self.viewers.fetch_sub(1, Ordering::Relaxed);
    }

    /// Follows renewals of staff keys.
    pub fn renewals(&self) -> watch::Receiver<()> {
        self.renewals.subscribe()
    }

    /// A key was renewed: screens that used the old one must end.
    pub fn renewed(&self) {
        self.renewals.send_replace(());
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut staff = self.looking.staff.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = staff.iter().find(|(taken, _)| *taken == self.number).map(|(_, colleague)| colleague.name.clone());
        staff.retain(|(taken, _)| *taken != self.number);
        // Whoever has left has nothing open any more, unless another screen of theirs is there.
        if let Some(name) = gone.filter(|name| staff.iter().all(|(_, colleague)| colleague.name != *name)) {
            self.looking.claims().retain(|(_, by), _| *by != name);
        }
        drop(staff);
        self.looking.tell();
    }
}
