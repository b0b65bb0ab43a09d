//! Keeping the focus among the cards. Lists make, move and take away cards, and a browser drops the focus of
//! what was moved or went away: whoever works with the keys or a reader would be nowhere.

use leptos::{ev, prelude::*};
use shared::QuestionId;

use super::{dom, sight, state::Desk};
use crate::browser;

impl Desk {
    /// Selects a card and moves the focus to it: now, or once it is on the page.
    pub fn go_to(self, id: QuestionId) {
        dom::unfold(id);
        self.select(id);
        self.among_cards.set_value(true);
        if dom::is_made(id) {
            dom::focus(&dom::card(id));
        } else {
            browser::before_paint(move || {
                // Who went further meanwhile is not pulled back.
                if self.selected.get_untracked() == Some(id) {
                    browser::focus(&dom::card(id));
                }
            });
        }
    }

    /// Begins to note whether the focus is among the cards. It leaves them when somebody takes it, or presses, elsewhere.
    pub fn watch_focus(self) {
        Effect::new(move |_| {
            let note = move |at| self.among_cards.set_value(dom::is_in_a_card(at));
            let focused = window_event_listener(ev::focusin, move |event| note(event.target()));
            let pressed = window_event_listener(ev::pointerdown, move |event| note(event.target()));
            on_cleanup(move || {
                focused.remove();
                pressed.remove();
            });
        });
    }

    /// Gives the selected card the focus that was lost among the cards, without scrolling.
    pub fn bring_focus_back(self) {
        if self.among_cards.get_value() && dom::is_focus_lost() {
            self.selected.get_untracked().into_iter().for_each(|id| sight::focus_in_place(&dom::card(id)));
        }
    }
}
