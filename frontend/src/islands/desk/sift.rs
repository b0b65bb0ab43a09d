//! Laying aside the cards that one does not look for. With many cards this is done a slice at a time,
//! so that nobody has to wait for it with typing or scrolling.

use leptos::prelude::*;
use shared::{QuestionId, hashtag, views::ModeratorCard};

use super::{
    areas::Area,
    filter::{Filter, Known},
    moves,
    piles::Touched,
    state::Desk,
};
use crate::browser;

/// How long after the last key one begins to look, in milliseconds.
const PAUSE: u32 = 150;
/// How long one slice may take, in milliseconds.
const SLICE: i64 = 6;
/// How many cards are looked at between two looks at the clock.
const STRIDE: usize = 16;

/// A filter made ready.
#[derive(Debug, Clone, Default)]
pub struct Sieve {
    filter: Filter,
    words: Vec<String>,
    /// Which sifting is under way; an older one stops.
    round: u32,
    /// It is not at its end.
    pub(super) under_way: bool,
}

impl Desk {
    /// Follows what one looks for.
    pub fn watch_filter(self) {
        Effect::new(move |before: Option<Filter>| {
            let filter = self.filter.get();
            match &before {
                Some(before) if *before != filter => {
                    let wanted = filter.clone();
                    browser::after(PAUSE, move || {
                        if self.filter.with_untracked(|now| *now == wanted) {
                            self.sift(wanted);
                        }
                    });
                }
                None if filter != Filter::default() => self.sift(filter.clone()),
                _ => {}
            }
            filter
        });
    }

    /// Finds those that wait long enough while time goes by.
    pub fn watch_waits(self) {
        Effect::new(move |before: Option<Option<i64>>| {
            let now = self.clock.get();
            let by = self.filter.with(|filter| filter.asked_by(now))?;
            if let Some(before) = before.flatten() {
                // Those of the same millisecond have the same key.
                let due = self.piles.with_value(|piles| piles.pile(Area::Incoming).within((before, 0), (by, 0)));
                let mut touched = Touched::default();
                for id in due {
                    touched.join(self.sift_one(id));
                }
                self.touch(touched, false);
            }
            Some(by)
        });
    }

    /// Looks for what waits long, or no longer.
    pub fn toggle_waits(self) {
        self.filter.update(|filter| {
            filter.waits = if filter.waits.is_some() { None } else { Some(super::filter::WAITS_LONG) };
        });
    }

    /// Looks for everything again.
    pub fn look_for_all(self) {
        self.filter.set(Filter::default());
    }

    /// Whether a card is looked for.
    pub fn wants(self, card: &ModeratorCard) -> bool {
        self.sieve.with_value(|sieve| {
            let id = card.card.id;
            let known = |me: &String| {
                sieve.filter.takes(card, &Known { me, open: self.is_mine(id), now: self.clock.get_untracked() })
            };
            self.me.with_value(known)
                && (sieve.words.is_empty()
                    || self.with_folded(card, |text| sieve.words.iter().all(|word| text.contains(word.as_str()))))
        })
    }

    /// A card's words and name, folded; kept until the card changes.
    pub fn with_folded<T>(self, card: &ModeratorCard, look: impl FnOnce(&str) -> T) -> T {
        let id = card.card.id;
        if let Some(folded) = self.folded.with_value(|all| all.get(&id).cloned()) {
            return look(&folded);
        }
        let folded: std::sync::Arc<str> =
            hashtag::fold(&format!("{} {}", card.card.text, card.card.name.as_deref().unwrap_or(""))).into();
        self.folded.update_value(|all| drop(all.insert(id, folded.clone())));
        look(&folded)
    }

    fn sift_one(self, id: QuestionId) -> Touched {
        let found = self.live.view.with_untracked(|view| view.card(id).is_some_and(|card| self.wants(card)));
        let mut touched = Touched::default();
        self.piles.update_value(|piles| piles.sift(id, found).into_iter().for_each(|area| touched.add(area)));
        touched
    }

    fn sift(self, filter: Filter) {
        let words = filter.wanted();
        let mut round = 0;
        self.sieve.update_value(|sieve| {
            round = sieve.round.wrapping_add(1);
            *sieve = Sieve { filter, words, round, under_way: true };
        });
        let selected = self.selected.get_untracked();
        let was = selected.and_then(|id| self.piles.with_value(|piles| piles.place(id)));
        let ids = self.live.view.with_untracked(|view| view.questions.keys().copied().collect());
        let each = move |id| {
            if self.sieve.with_value(|sieve| sieve.round) != round {
                return false;
            }
            self.touch(self.sift_one(id), false);
            true
        };
        in_slices(ids, each, move || {
            self.sieve.update_value(|sieve| sieve.under_way &= sieve.round != round);
            if self.sieve.with_value(|sieve| sieve.round) == round && self.selected.get_untracked() == selected {
                let next = self.piles.with_value(|piles| moves::follow(piles, selected, was));
                if next != selected {
                    self.selected.set(next);
                }
            }
            self.touch(Touched::default(), true);
        });
    }
}

/// Does something with each of these, a slice at a time, as long as it says to go on; then the end.
pub fn in_slices(ids: Vec<QuestionId>, each: impl Fn(QuestionId) -> bool + 'static, end: impl FnOnce() + 'static) {
    slice(ids, 0, each, end);
}

fn slice(
    ids: Vec<QuestionId>,
    mut from: usize,
    each: impl Fn(QuestionId) -> bool + 'static,
    end: impl FnOnce() + 'static,
) {
    let began = browser::clock();
    while from < ids.len() {
        let upto = (from + STRIDE).min(ids.len());
        if !ids[from..upto].iter().all(|id| each(*id)) {
            return end();
        }
        from = upto;
        if browser::clock() - began >= SLICE && from < ids.len() {
            return browser::after(0, move || slice(ids, from, each, end));
        }
    }
    end();
}
