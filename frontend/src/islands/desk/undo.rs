//! Undoing steps. "My last step" must be the one that was just made, also in the blink between the
//! server's yes and the moment the step arrives with everything else over the socket.

use leptos::prelude::*;
use serde::de::IgnoredAny;

use super::state::Desk;
use crate::{api::Method, browser};

/// After this while a step that was made is no longer waited for, in milliseconds: it changed
/// nothing, so it is no step.
const ARRIVES: u32 = 2_000;

/// What is known of steps that are under way.
#[derive(Clone, Copy)]
pub struct UnderWay {
    /// The latest step there was when this desk last made one that has not arrived yet.
    made_after: StoredValue<Option<u64>>,
    /// Somebody wants that one undone as soon as it is there.
    undo_next: StoredValue<bool>,
    /// The step being undone.
    undoing: RwSignal<Option<u64>>,
}

impl UnderWay {
    /// Nothing is.
    pub fn nothing() -> Self {
        Self { made_after: StoredValue::new(None), undo_next: StoredValue::new(false), undoing: RwSignal::new(None) }
    }
}

impl Desk {
    /// A step is sent.
    pub fn step_sent(self) {
        self.under_way.made_after.set_value(Some(self.latest_step()));
    }

    /// A step was answered; one that was refused will not arrive.
    pub fn step_answered(self, made: bool) {
        let waiting = self.under_way.made_after.get_value();
        let give_up = move || {
            if self.under_way.made_after.get_value() == waiting {
                self.under_way.made_after.set_value(None);
                self.under_way.undo_next.set_value(false);
            }
        };
        if made {
            browser::after(ARRIVES, give_up);
        } else {
            give_up();
        }
    }

    /// Undoes what was asked to be undone before it had arrived.
    pub fn watch_steps(self) {
        Effect::new(move |_| {
            self.session.track();
            if self.under_way.made_after.get_value().is_some_and(|before| self.my_latest() > before) {
                self.under_way.made_after.set_value(None);
                if self.under_way.undo_next.get_value() {
                    self.under_way.undo_next.set_value(false);
                    self.undo_mine();
                }
            }
        });
    }

    /// Undoes the latest step of the moderator at this desk.
    pub fn undo_mine(self) {
        if self.under_way.made_after.get_value().is_some() {
            self.under_way.undo_next.set_value(true);
            return;
        }
        let latest = self.session.with_untracked(|session| {
            let standing = session.steps.iter().rev().filter(|step| step.undone_by.is_none());
            self.me.with_value(|me| standing.into_iter().find(|step| step.by == *me).map(|step| step.id))
        });
        match latest {
            Some(step) => self.undo(step),
            None => self.announce(self.say.nothing_to_undo()),
        }
    }

    /// Undoes a step of anybody.
    pub fn undo(self, step: u64) {
        if self.under_way.undoing.get_untracked().is_some() {
            return;
        }
        self.under_way.undoing.set(Some(step));
        let path = format!("/steps/{step}/undo");
        self.call(Method::Post, &path, None::<()>, move |answer: Result<IgnoredAny, String>| {
            if answer.is_ok() {
                self.mark_undone(step);
            }
            self.under_way.undoing.set(None);
            self.tell(answer.map(|_| self.say.did_undo()));
        });
    }

    /// Whether a step is being undone just now.
    pub fn is_undoing(self, step: u64) -> bool {
        self.under_way.undoing.get() == Some(step)
    }

    /// The server said yes; so that nobody undoes it twice before it arrives.
    fn mark_undone(self, id: u64) {
        let me = self.me.get_value();
        self.live.view.update(|view| {
            if let Some(step) = view.session.steps.iter_mut().find(|step| step.id == id) {
                step.undone_by.get_or_insert(me);
            }
        });
        self.absorb(&[], true);
    }

    fn my_latest(self) -> u64 {
        self.session.with_untracked(|session| {
            self.me.with_value(|me| session.steps.iter().rev().find(|step| step.by == *me).map_or(0, |step| step.id))
        })
    }

    fn latest_step(self) -> u64 {
        self.session.with_untracked(|session| session.steps.last().map_or(0, |step| step.id))
    }
}
