//! The desk's ears: keys, cards that come and go, and how long nobody was told about them.

use leptos::{ev, prelude::*};
use shared::{QuestionId, Status};

use super::{
    areas::{Area, Lists},
    dom,
    keys::{self, Deed, Wish},
    moves,
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
    desk.watch_steps();
    keep_selection(desk);
    announce(desk);
    Effect::new(move |_| {
        if desk.live.connection.get() == Connection::Live {
            desk.forget_unreachable();
        }
    });
}

/// What can be done with the selected card.
fn deeds(desk: Desk) -> Vec<Deed> {
    let Some(id) = desk.selected.get_untracked() else { return Vec::new() };
    let Some((area, _)) = desk.lists.with_untracked(|lists| lists.find(id)) else { return Vec::new() };
    let Some(card) = desk.card_now(id) else { return Vec::new() };
    keys::offered(area, !card.card.wordings.is_empty(), card.card.status == Status::Withdrawn)
}

fn is_choosing(desk: Desk) -> bool {
    desk.selected.get_untracked().is_some_and(|id| desk.work(id).form.get_untracked() == Some(Form::Decline))
}

/// Does what a key asks for; whether the key was used up.
fn grant(desk: Desk, wish: Wish) -> bool {
    let selected = desk.selected.get_untracked();
    match wish {
        Wish::Do(Deed::Next) => desk.next(),
        Wish::Do(deed) => selected.into_iter().for_each(|id| desk.act(id, deed)),
        Wish::Because(reason) => selected.into_iter().for_each(|id| desk.decline(id, reason)),
        Wish::Along(by) => go(desk, desk.lists.with_untracked(|lists| moves::along(lists, selected, by))),
        Wish::Across(by) => {
            go(
                desk,
                desk.lists.with_untracked(|lists| {
                    let from = selected
                        .and_then(|id| lists.find(id))
                        .map_or_else(|| desk.area.get_untracked(), |(area, _)| area);
                    moves::across(lists, from, by)
                }),
            );
        }
        Wish::Order(by) => {
            let Some(id) = selected else { return false };
            let Some(order) = moves::moved(&desk.queue_now(), id, by) else { return true };
            desk.reorder(id, order, "");
            dom::focus(&dom::card(id));
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
        dom::unfold(id);
        desk.select(id);
        dom::focus(&dom::card(id));
    }
}

fn close(desk: Desk) -> bool {
    if dom::close_menus() {
        return true;
    }
    let Some(id) = desk.selected.get_untracked() else { return false };
    let form = desk.work(id).form;
    if form.get_untracked().is_some() {
        form.set(None);
    } else if !desk.search.with_untracked(String::is_empty) {
        desk.search.update(String::clear);
    }
    dom::focus(&dom::card(id));
    true
}

/// When the selected card leaves its area, the selection goes to its neighbour, and the focus with
/// it. A card on which somebody is writing is followed to where it went.
fn keep_selection(desk: Desk) {
    Effect::new(move |before: Option<Lists>| {
        let lists = desk.lists.get();
        let selected = desk.selected.get_untracked();
        // A form that was just sent holds nothing to lose; the socket may be faster than its answer.
        let writing = selected.filter(|id| {
            let work = desk.work(*id);
            work.form.get_untracked().is_some() && !work.busy.get_untracked() && lists.find(*id).is_some()
        });
        if let Some(id) = writing {
            desk.select(id);
            browser::before_paint(move || dom::unfold(id));
        } else if let Some(before) = before {
            let next = moves::follow(&before, &lists, selected);
            if next != selected {
                desk.selected.set(next);
                if selected.is_some() {
                    next.into_iter().for_each(dom::focus_if_lost);
                }
            }
        }
        lists
    });
}

/// Tells how many questions came in, at most once in a while.
fn announce(desk: Desk) {
    let untold = StoredValue::new(0_u64);
    Effect::new(move |before: Option<Vec<QuestionId>>| {
        let incoming = desk.all.with(|all| all.area(Area::Incoming).to_vec());
        if let Some(mut known) = before {
            known.sort_unstable();
            let new = incoming.iter().filter(|id| known.binary_search(id).is_err()).count();
            untold.update_value(|untold| *untold += new as u64);
        }
        incoming
    });
    browser::every(ANNOUNCE, move || {
        let new = untold.get_value();
        if new > 0 {
            untold.set_value(0);
            desk.announcer.say(desk.say.arrived(new));
        }
    });
}
