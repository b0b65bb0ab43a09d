//! Keeps the list from moving under a reader's finger. While somebody has the pointer or the focus
//! in it, or has scrolled into it, it stands still, and a button says what is new.

use leptos::prelude::*;
use shared::QuestionId;

use super::Choice;
use crate::{
    browser,
    parts::{self, Fact, Look as _},
};

/// The list follows at most this often, in milliseconds.
const PACE: u32 = 3_000;

/// A list that stands still while it is read.
#[derive(Clone, Copy)]
pub struct Still {
    /// What the list shows.
    pub shown: RwSignal<Vec<QuestionId>>,
    /// How many questions are not in it yet.
    pub fresh: Fact<usize>,
    wanted: Fact<Vec<QuestionId>>,
    pointer: StoredValue<bool>,
    focus: StoredValue<bool>,
}

/// Follows what is wanted: at once when the reader chose something else, otherwise at ease.
pub fn of(choice: Choice, wanted: Fact<Vec<QuestionId>>) -> Still {
    let shown = RwSignal::new(wanted.get_untracked());
    let fresh = parts::fact(move || {
        shown.look(|shown| {
            // Mostly it stands where it is wanted, and no search is needed.
            let is_new = |(place, id): &(usize, &QuestionId)| shown.get(*place) != Some(*id) && !shown.contains(id);
            wanted.look(|wanted| wanted.iter().enumerate().filter(is_new).count())
        })
    });
    let still = Still { shown, fresh, wanted, pointer: StoredValue::new(false), focus: StoredValue::new(false) };
    let mut is_first = true;
    parts::follow(move || {
        choice.sort.track();
        choice.narrowed.track();
        if !std::mem::take(&mut is_first) {
            still.catch_up();
        }
    });
    parts::follow(move || {
        if wanted.look(|wanted| !wanted.is_empty()) && shown.glance(Vec::is_empty) {
            still.catch_up();
        }
    });
    browser::every(PACE, move || {
        if !still.is_read() {
            still.catch_up();
        }
    });
    still
}

impl Still {
    /// Shows what is wanted.
    pub fn catch_up(self) {
        let wanted = self.wanted.get_untracked();
        if self.shown.glance(|shown| *shown != wanted) {
            self.shown.set(wanted);
        }
    }

    /// The mouse came into the list, or left it.
    pub fn pointer(self, inside: bool) {
        self.pointer.set_value(inside);
    }

    /// The focus came into the list, or left it.
    pub fn focus(self, inside: bool) {
        self.focus.set_value(inside);
    }

    fn is_read(self) -> bool {
        self.pointer.get_value() || self.focus.get_value() || browser::is_scrolled_past("list")
    }
}
