//! The time that a fake thinks it is: the machine's, or one that a test sets and moves.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// A clock that stands still once it was set.
#[derive(Debug, Default)]
pub struct Clock(Mutex<Option<Timestamp>>);

impl Clock {
    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        let set = *self.0.lock().expect("no holder panics");
        set.unwrap_or_else(machine)
    }

    /// Sets the time; from now on it only moves by hand.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().expect("no holder panics") = Some(now);
    }

    /// Moves the time; a clock that was not set yet is set first.
    pub fn advance(&self, by: SignedDuration) {
        let now = self.now();
        self.set(now.checked_add(by).expect("a test stays within the calendar"));
    }
}

#[expect(clippy::disallowed_methods, reason = "a fake that nobody set a time for lives in the machine's")]
fn machine() -> Timestamp {
    Timestamp::now()
}
