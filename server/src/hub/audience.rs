//! Who is looking, now: staff by name, the public by number. None of it is durable.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use conversation::ParticipantId;
use dashmap::DashMap;
use shared::views::Colleague;
use tokio::sync::watch;

/// Who has a screen of a session open.
#[derive(Default)]
pub struct Looking {
    next: AtomicU64,
    staff: Mutex<Vec<(u64, Colleague)>>,
    viewers: AtomicU32,
    presence: watch::Sender<Presence>,
    participants: DashMap<ParticipantId, watch::Sender<()>>,
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

/// Counts its holder as present until it is dropped.
pub struct Seat<'a> {
    looking: &'a Looking,
    staff: Option<u64>,
}

impl Looking {
    /// A member of staff, or one of the public, takes a seat.
    pub fn sit(&self, staff: Option<Colleague>) -> Seat<'_> {
        let Some(colleague) = staff else {
            self.viewers.fetch_add(1, Ordering::Relaxed);
            return Seat { looking: self, staff: None };
        };
        let seat = self.next.fetch_add(1, Ordering::Relaxed);
        self.staff.lock().unwrap_or_else(PoisonError::into_inner).push((seat, colleague));
        self.tell();
        Seat { looking: self, staff: Some(seat) }
    }

    /// Follows who is here.
    pub fn presence(&self) -> watch::Receiver<Presence> {
        self.presence.subscribe()
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

    /// Follows changes to what only this participant sees.
    pub fn mine(&self, who: ParticipantId) -> watch::Receiver<()> {
        self.participants.entry(who).or_default().subscribe()
    }

    /// Tells this participant's screens that their own part changed.
    pub fn stir(&self, who: ParticipantId) {
        let gone = self.participants.get(&who).is_some_and(|screens| screens.send(()).is_err());
        if gone {
            self.participants.remove_if(&who, |_, screens| screens.receiver_count() == 0);
        }
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
        match self.staff {
            None => {
                self.looking.viewers.fetch_sub(1, Ordering::Relaxed);
            }
            Some(seat) => {
                self.looking.staff.lock().unwrap_or_else(PoisonError::into_inner).retain(|(taken, _)| *taken != seat);
                self.looking.tell();
            }
        }
    }
}
