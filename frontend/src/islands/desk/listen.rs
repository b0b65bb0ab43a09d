//! The desk's ears: keys, cards that come and go, and how long nobody was told about them.

use leptos::{ev, prelude::*};
use shared::QuestionId;

use super::{
    dom,
    keys::{self, Deed, Wish},
    moves, sight,
    state::{Desk, Dialog, Form},
};
use crate::{browser, live::Connection};

/// The least time between two announcements of new questions, in milliseconds.
const ANNOUNCE: u32 = 10_000;

/// Starts listening, in the browser only.
pub fn listen(desk: Desk) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let key = event.key();
            if let Some(wish) = keys::meaning(dom::press(&event, &key, is_choosing(desk)), &deeds(desk))
                && grant(desk, wish)
            {
                event.prevent_default();
            }
        });
        let menus = window_event_listener(ev::click, |event| dom::close_menus_beside(&event));
        on_cleanup(move || {
            handle.remove();
            menus.remove();
        });
    });
    desk.follow();
    desk.watch_selection();
    desk.watch_focus();
    desk.watch_steps();
    desk.watch_filter();
    desk.watch_waits();
    desk.keep_address();
    desk.watch_claims();
    Effect::new(move |_| sight::on_look(move || desk.looks.update(|looks| *looks = looks.wrapping_add(1))));
    Effect::new(move |_| {
        desk.looks.track();
        let narrow = sight::is_narrow();
        if desk.narrow.get_untracked() != narrow {
            desk.narrow.set(narrow);
        }
    });
    announce(desk);
    Effect::new(move |_| {
        if desk.live.connection.get() == Connection::Live {
            desk.forget_unreachable();
        }
    });
}

/// What can be done with the selected card.
fn deeds(desk: Desk) -> Vec<Deed> {
    desk.selected.get_untracked().map(|id| desk.offered_now(id)).unwrap_or_default()
}

fn is_choosing(desk: Desk) -> bool {
    desk.selected.get_untracked().is_some_and(|id| desk.work(id).form.get_untracked() == Some(Form::Decline))
}

/// Does what a key asks for; whether the key was used up.
fn grant(desk: Desk, wish: Wish) -> bool {
    let selected = desk.selected.get_untracked();
    match wish {
        Wish::Do(Deed::Next) => desk.next(),
        Wish::Do(deed) if desk.picks.any_now() && desk.act_picked(deed) => {}
        Wish::Do(deed) => selected.into_iter().for_each(|id| desk.act(id, deed)),
        Wish::Because(reason) => selected.into_iter().for_each(|id| desk.decline(id, reason)),
        Wish::Along(by) => go(desk, desk.piles_now(|piles| moves::along(piles, selected, by))),
        Wish::Across(by) => {
            let to = desk.piles_now(|piles| {
                let here = selected.and_then(|id| piles.find(id));
                moves::across(piles, here.map_or_else(|| desk.area.get_untracked(), |(area, _)| area), by)
            });
            go(desk, to);
        }
        Wish::Order(by) => {
            let Some(id) = selected else { return false };
            let Some(order) = moves::moved(&desk.queue_now(), id, by) else { return true };
            desk.reorder(id, order, "");
            dom::focus(&dom::card(id));
        }
        Wish::Range(by) => go(desk, desk.pick_along(by)),
        Wish::All => desk.pick_all(),
        Wish::Groups => desk.dialog.set(Some(Dialog::Groups)),
        Wish::Channels => desk.dialog.set(Some(Dialog::Channels)),
        Wish::Filter => {
            desk.filters_open.set(true);
            dom::focus_when_made(super::filters::FIRST.to_owned());
        }
        Wish::Waits => {
            desk.toggle_waits();
            dom::to_top();
        }
        Wish::Undo => desk.undo_mine(),
        Wish::Hall => desk.dialog.set(Some(Dialog::Hall)),
        Wish::Help => desk.dialog.set(Some(Dialog::Help)),
        Wish::Search => dom::focus(super::topbar::SEARCH),
        Wish::Close => return close(desk),
    }
    true
}

fn go(desk: Desk, to: Option<QuestionId>) {
    if let Some(id) = to {
        desk.go_to(id);
    }
}

fn close(desk: Desk) -> bool {
    if dom::close_menus() {
        return true;
    }
    if desk.picks.form.get_untracked().is_some() {
        desk.picks.form.set(None);
        return true;
    }
    let Some(id) = desk.selected.get_untracked() else { return false };
    let work = desk.work(id);
    if work.conflict.get_untracked().is_some() {
        work.conflict.set(None);
    } else if work.form.get_untracked().is_some() {
        work.form.set(None);
    } else if desk.picks.any_now() {
        desk.pick_none();
    } else if !desk.filter.with_untracked(|filter| filter.words.is_empty()) {
        desk.filter.update(|filter| filter.words.clear());
    }
    dom::focus(&dom::card(id));
    true
}

/// Tells how many questions came in, at most once in a while.
fn announce(desk: Desk) {
    browser::every(ANNOUNCE, move || {
        let new = desk.arrived.get_value();
        if new > 0 {
            desk.arrived.set_value(0);
            desk.announcer.say(desk.say.arrived(new));
        }
    });
}
