//! Who is looking, now: staff by name, the public by number. None of it is durable.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use conversation::ParticipantId;
use dashmap::DashMap;
use shared::{Role, views::Colleague};
use tokio::sync::watch;

use crate::viewers::Address;

/// Who has a screen of a session open.
#[derive(Default)]
pub struct Looking {
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
}

/// Counts a member of staff as present until it is dropped.
pub struct Seat<'a> {
    looking: &'a Looking,
    number: u64,
}

impl Looking {
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
        let now = Presence { here, viewers: self.viewers.load(Ordering::Relaxed) };
        self.presence.send_if_modified(|told| {
            let changed = *told != now;
            *told = now;
            changed
        });
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
        staff.retain(|(taken, _)| *taken != self.number);
        drop(staff);
        self.looking.tell();
    }
}
