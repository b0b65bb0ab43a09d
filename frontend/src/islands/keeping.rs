//! Words that are being written on a staff screen: kept in this browser at every key, and on the server soon after.
//! What they are, and how the server takes them, their screen knows.

use leptos::prelude::*;

use crate::{browser, live::Connection};

/// So long after the last key the words go to the server, in milliseconds.
pub const PAUSE: u32 = 800;
/// So long after a failed attempt they go again.
pub const AGAIN: u32 = 4_000;
/// So long after the last key nobody is typing any more.
const IDLE: i64 = 4_000;

/// Where the words are safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// On the server, or there are none.
    There,
    /// On their way.
    Pending,
    /// In this browser only.
    Here,
}

/// Words that are being written. Copy it into every closure that needs it.
#[derive(Clone, Copy)]
pub struct Keeping {
    /// The words.
    pub text: RwSignal<String>,
    /// Where they are safe.
    pub kept: RwSignal<Kept>,
    name: StoredValue<String>,
    typed_at: StoredValue<i64>,
    changes: StoredValue<u64>,
}

impl Keeping {
    /// Words that are safe, which this browser keeps under a name when they change.
    pub fn new(name: String, text: String) -> Self {
        Self {
            text: RwSignal::new(text),
            kept: RwSignal::new(Kept::There),
            name: StoredValue::new(name),
            typed_at: StoredValue::new(0),
            changes: StoredValue::new(0),
        }
    }

    /// The name under which this browser keeps them.
    pub fn name(self) -> String {
        self.name.get_value()
    }

    /// Somebody typed them.
    pub fn typed(self, text: String) {
        self.text.set(text);
        self.typed_at.set_value(browser::clock());
    }

    /// They are others than before, and safe in this browser.
    pub fn changed(self, kept: Kept) {
        self.name.with_value(|name| self.text.with_untracked(|text| browser::keep(name, text)));
        self.kept.set(kept);
        self.renew();
    }

    /// What is under way to the server or back is of earlier words.
    pub fn renew(self) {
        let _ = self.changes.try_update_value(|changes| *changes += 1);
    }

    /// How often they changed; nothing when their screen is gone.
    pub fn changes(self) -> Option<u64> {
        self.changes.try_get_value()
    }

    /// Nobody is typing.
    pub fn is_idle(self) -> bool {
        is_idle(browser::clock() - self.typed_at.get_value())
    }

    /// Sends them after so many milliseconds, unless they changed or became safe before.
    pub fn send_after(self, millis: u32, send: impl FnOnce() + 'static) {
        let Some(changes) = self.changes() else { return };
        browser::after(millis, move || {
            if self.changes() == Some(changes) && self.are_unsafe() {
                send();
            }
        });
    }

    /// Sends them when the server is within reach again, and when their screen goes away.
    pub fn send_when_due(self, connection: RwSignal<Connection>, send: impl Fn() + Copy + Send + Sync + 'static) {
        Effect::new(move |_| {
            if connection.get() == Connection::Live && self.kept.get_untracked() == Kept::Here {
                send();
            }
        });
        on_cleanup(move || {
            if self.are_unsafe() {
                send();
            }
        });
    }

    fn are_unsafe(self) -> bool {
        self.kept.try_get_untracked().is_some_and(|kept| kept != Kept::There)
    }
}

fn is_idle(millis: i64) -> bool {
    millis >= IDLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_types_until_a_while_after_the_last_key() {
        assert!(!is_idle(500));
        assert!(is_idle(IDLE));
    }
}
