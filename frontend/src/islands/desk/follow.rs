//! The desk follows the session: what changed is laid where it belongs, the selection goes along, and
//! only what shows it is told.

use leptos::prelude::*;
use shared::QuestionId;

use super::{
    areas::Area,
    dom, moves,
    piles::{Piles, Touched},
    state::Desk,
};
use crate::{
    browser,
    live::{
        Overheard,
        staff::{self, Aside},
    },
};

/// Lists that change by themselves do so at most this often, in milliseconds.
const CALM: i64 = 90;
/// And this often while one looks through everything, which changes them all the time.
const CALMER: i64 = 300;

/// What waits to be told to the lists.
#[derive(Debug, Default)]
pub struct Untold {
    touched: Touched,
    /// Cards that went from one list to another.
    moved: Vec<QuestionId>,
    at: i64,
    waits: bool,
}

impl Desk {
    /// Begins to follow.
    pub fn follow(self) {
        self.watch_all_authors();
        self.live.overhear(move |what| match what {
            Overheard::All => self.lay_out(),
            Overheard::Cards(ids, session) => self.absorb(ids, session),
            Overheard::Frame(frame) => match staff::read(frame) {
                Some(Aside::Presence(presence)) => self.hear_presence(presence),
                Some(Aside::Likeness(likeness)) => self.hear_likeness(likeness),
                Some(Aside::Channels(channels)) => self.hear_channels(channels),
                None => {}
            },
        });
    }

    /// Takes in that these cards changed, came or went, and perhaps the session.
    pub fn absorb(self, ids: &[QuestionId], session: bool) {
        self.folded.update_value(|all| ids.iter().for_each(|id| drop(all.remove(id))));
        self.watch_authors(ids);
        let selected = self.selected.get_untracked();
        let mut was = None;
        let (mut touched, mut arrived) = (Touched::default(), 0_u64);
        let (mut moved, mut stayed) = (Vec::new(), Vec::new());
        self.live.view.with_untracked(|view| {
            self.piles.update_value(|piles| {
                was = selected.and_then(|id| piles.place(id));
                let area = |piles: &Piles, id: QuestionId| piles.place(id).map(|(area, _)| area);
                let before: Vec<_> = ids.iter().map(|id| area(piles, *id)).collect();
                touched = piles.follow(view, ids, |card| self.wants(card));
                for (id, before) in ids.iter().zip(before) {
                    let now = area(piles, *id);
                    arrived += u64::from(before.is_none() && now == Some(Area::Incoming));
                    let list = if before.is_some() && before != now { &mut moved } else { &mut stayed };
                    list.push(*id);
                }
            });
            if self.asked.get_untracked() != view.questions.len() {
                self.asked.set(view.questions.len());
            }
        });
        self.arrived.update_value(|untold| *untold += arrived);
        if session {
            self.session_changes.update(|changes| *changes = changes.wrapping_add(1));
        }
        self.retell(&stayed);
        self.untold.update_value(|untold| untold.moved.extend(moved));
        let left = self.keep_selection(was);
        self.touch(touched, left);
    }

    /// Tells what shows these cards that something about them changed.
    pub fn retell(self, ids: &[QuestionId]) {
        let triggers: Vec<ArcTrigger> =
            self.triggers.with_value(|all| ids.iter().filter_map(|id| all.get(id).cloned()).collect());
        triggers.iter().for_each(Notify::notify);
    }

    /// Tells the lists of these areas that they changed: at once, that is in a turn of its own, so that what was done
    /// before shows first, or together with what else changes about now.
    pub fn touch(self, touched: Touched, at_once: bool) {
        let now = browser::clock();
        let calm = if self.sieve.with_value(|sieve| sieve.under_way) { CALMER } else { CALM };
        let (mut tell, mut wait) = (false, false);
        self.untold.update_value(|untold| {
            untold.touched.join(touched);
            tell = at_once || now - untold.at >= calm;
            wait = !tell && !untold.waits && untold.touched != Touched::default();
            untold.waits |= wait;
        });
        if tell {
            browser::after(0, move || self.tell_lists());
        } else if wait {
            browser::after(u32::try_from(calm).unwrap_or(0), move || {
                self.untold.update_value(|untold| untold.waits = false);
                self.tell_lists();
            });
        }
    }

    /// A card that went elsewhere hears of it last: the one in the list that it left is gone by then, and does not
    /// become another first.
    fn tell_lists(self) {
        let (mut touched, mut moved) = (Touched::default(), Vec::new());
        self.untold.update_value(|untold| {
            (touched, moved) = (std::mem::take(&mut untold.touched), std::mem::take(&mut untold.moved));
            untold.at = browser::clock();
        });
        for area in touched.areas() {
            self.lists[area as usize].update(|changes| *changes = changes.wrapping_add(1));
        }
        if !moved.is_empty() {
            browser::after_paint(move || self.retell(&moved));
        }
    }

    /// The view was replaced.
    fn lay_out(self) {
        let selected = self.selected.get_untracked();
        let was = selected.and_then(|id| self.piles.with_value(|piles| piles.place(id)));
        self.folded.update_value(std::collections::BTreeMap::clear);
        let anew = self.live.view.with_untracked(|view| Piles::of(view, |card| self.wants(card)));
        self.watch_all_authors();
        self.piles.set_value(anew);
        self.asked.set(self.live.view.with_untracked(|view| view.questions.len()));
        self.session_changes.update(|changes| *changes = changes.wrapping_add(1));
        let all: Vec<QuestionId> = self.triggers.with_value(|all| all.keys().copied().collect());
        self.retell(&all);
        self.keep_selection(was);
        self.touch(Touched::ALL, true);
    }

    /// When the selected card leaves its area, the selection goes to its neighbour, and the focus with
    /// it. A card on which somebody is writing is followed to where it went. Whether it left.
    fn keep_selection(self, was: Option<(Area, super::ranked::At)>) -> bool {
        let selected = self.selected.get_untracked();
        let (next, here) = self.piles.with_value(|piles| {
            let here = selected.and_then(|id| piles.find(id)).map(|(area, _)| area);
            (moves::follow(piles, selected, was), here)
        });
        let left = was.map(|(area, _)| area) != here;
        // A form that was just sent holds nothing to lose; the socket may be faster than its answer.
        let writing = selected.filter(|id| {
            let work = self.work(*id);
            here.is_some() && work.form.get_untracked().is_some() && !work.busy.get_untracked()
        });
        if let Some(id) = writing {
            if left {
                self.select(id);
                browser::before_paint(move || dom::unfold(id));
            }
        } else if next != selected {
            self.selected.set(next);
            if selected.is_some() {
                next.into_iter().for_each(dom::focus_if_lost);
            }
        }
        left
    }
}
