//! Which cards of a long list are made: those in sight, and some around them. Those that are new are
//! made a few at a time, so that nobody waits for a whole screen of them.

use std::ops::Range;

use shared::QuestionId;

use super::{piles::GUESS, ranked::Ranked};

/// How far beyond what is in sight cards are made, in pixels.
const BEYOND: u64 = 700;
/// How many are made before anybody looked, as on the page that the server sends.
pub const FIRST: usize = 30;
/// How much is done for one picture at first, at least and at most: putting a card away counts for one, making one for
/// several. The first cards with something that none had before take twice as long, so even a quick screen gets few.
const AT_ONCE: usize = 2 * MAKING + 1;
const LEAST: usize = MAKING;
const MOST: usize = 4 * MAKING;
const MAKING: usize = 3;
/// A picture that took longer than this, in milliseconds, is felt soon; and one that took less leaves room.
const LONG: i64 = 35;
const SHORT: i64 = 22;

/// How much is done for one picture: what a screen was quick with becomes more, what it was slow with becomes less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(usize);

impl Default for Pace {
    fn default() -> Self {
        Self(AT_ONCE)
    }
}

impl Pace {
    /// After what was done took so many milliseconds, the picture included.
    pub fn after(self, took: i64) -> Self {
        let now = match took {
            LONG.. => self.0 / 2,
            ..SHORT => self.0 + MAKING,
            _ => self.0,
        };
        Self(now.clamp(LEAST, MOST))
    }
}

/// What of a list is in sight, in pixels from its top; nothing before anybody looked.
pub type Sight = Option<(u64, u64)>;

/// The cards that are made, and the room that the others take.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// The place of the first, from 0.
    pub first: usize,
    /// The cards, in order.
    pub ids: Vec<QuestionId>,
    /// The room above them, in pixels.
    pub above: u64,
    /// The room below them, in pixels.
    pub below: u64,
}

/// Which of the wanted cards are made now, when `made` are already and at most `at_once` are new: an
/// unbroken row from `eye`, the place among the wanted of the first in sight, down and then up.
pub fn nearer(wanted: &[QuestionId], made: &[QuestionId], eye: usize, at_once: usize) -> Range<usize> {
    let mut left = at_once;
    let mut can = |id: &QuestionId| made.contains(id) || (left > 0).then(|| left -= 1).is_some();
    let eye = eye.min(wanted.len().saturating_sub(1));
    let below = wanted.iter().skip(eye).take_while(|id| can(id)).count();
    let above = wanted.iter().take(eye).rev().take_while(|id| can(id)).count();
    eye - above..eye + below
}

/// What of a list is to be made.
pub fn window(list: &Ranked, sight: Sight) -> Window {
    let total = list.total();
    let (first, many) = match sight {
        None => (0, FIRST),
        Some((top, bottom)) => {
            let first = list.above(top.saturating_sub(BEYOND)).min(total.found.saturating_sub(1));
            let end = list.above(bottom + BEYOND) + 1;
            (first, end.saturating_sub(first).max(1))
        }
    };
    let mut window = part(list, first, list.some(first, many));
    if sight.is_none() {
        // Before anybody looked there is no script that could give the list its height.
        window.below = 0;
    }
    window
}

/// The part of the wanted cards that is made now, as [`nearer`] says.
pub fn step(list: &Ranked, wanted: &Window, made: &[QuestionId], sight: Sight, Pace(much): Pace) -> Window {
    let Some((top, _)) = sight else { return wanted.clone() };
    let eye = list.above(top).saturating_sub(wanted.first);
    let leaving = made.iter().filter(|id| !wanted.ids.contains(id)).count();
    let now = nearer(&wanted.ids, made, eye, much.saturating_sub(leaving) / MAKING);
    if now.len() == wanted.ids.len() {
        wanted.clone()
    } else {
        part(list, wanted.first + now.start, wanted.ids[now].to_vec())
    }
}

fn part(list: &Ranked, first: usize, ids: Vec<QuestionId>) -> Window {
    let (above, made) = heights(list, first, ids.len());
    let below = list.total().height.saturating_sub(above + made);
    Window { first, ids, above, below }
}

fn heights(list: &Ranked, first: usize, many: usize) -> (u64, u64) {
    let above = list.height_of_first(first);
    (above, list.height_of_first(first + many) - above)
}

/// Rounds what is in sight, so that not each pixel makes for another window.
pub fn rounded(top: f64, bottom: f64) -> (u64, u64) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels on a page, from 0")]
    let steps = |pixels: f64| pixels.max(0.0) as u64 / u64::from(GUESS);
    (steps(top) * u64::from(GUESS), (steps(bottom) + 1) * u64::from(GUESS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(n: u64) -> Ranked {
        let mut list = Ranked::default();
        for id in 0..n {
            list.insert(((i64::try_from(id).expect("few"), 0), QuestionId(id)), 100, true);
        }
        list
    }

    #[test]
    fn only_what_is_near_the_eye_is_made_and_the_rest_keeps_its_room() {
        let list = list(20_000);
        let window = window(&list, Some((100_000, 100_800)));
        assert_eq!((window.first, window.ids.len()), (993, 23));
        assert_eq!(window.ids[0], QuestionId(993));
        assert_eq!(window.above, 99_300);
        assert_eq!(window.above + 23 * 100 + window.below, 2_000_000);
    }

    #[test]
    fn the_ends_of_a_list_are_no_trouble() {
        assert_eq!(window(&Ranked::default(), Some((0, 500))), Window::default());
        let list = list(5);
        assert_eq!(window(&list, Some((0, 500))).ids.len(), 5);
        let after = window(&list, Some((90_000, 90_500)));
        assert_eq!((after.first, after.ids.len(), after.below), (4, 1, 0), "as when a filter shortened it");
        assert_eq!(window(&list, None).below, 0);
    }

    fn ids(ids: Range<u64>) -> Vec<QuestionId> {
        ids.map(QuestionId).collect()
    }

    #[test]
    fn a_few_new_cards_are_made_at_a_time_beside_those_that_are_there() {
        assert_eq!(nearer(&ids(10..22), &ids(5..17), 4, 2), 0..9, "further down");
        assert_eq!(nearer(&ids(5..17), &ids(10..22), 4, 2), 3..12, "further up");
        assert_eq!(nearer(&ids(50..60), &ids(5..17), 4, 2), 4..6, "far away, what is in sight comes first");
        assert_eq!(nearer(&ids(5..17), &ids(5..17), 0, 2), 0..12, "nothing is new");
        assert_eq!(nearer(&ids(5..8), &[], 9, 2), 1..3, "a list that became short");
        assert_eq!(nearer(&[], &ids(5..17), 3, 2), 0..0);
    }

    #[test]
    fn step_by_step_all_that_is_wanted_is_made_and_the_rest_keeps_its_room() {
        let list = list(20_000);
        let sight = Some((100_000, 100_800));
        let wanted = window(&list, sight);
        let mut made = window(&list, Some((0, 800)));
        let mut steps = 0;
        while made != wanted {
            let before = made.ids.clone();
            made = step(&list, &wanted, &before, sight, Pace::default());
            let new = made.ids.iter().filter(|id| !before.contains(id)).count();
            assert!(new <= if steps == 0 { 0 } else { 2 }, "while many are put away none is made");
            assert_eq!(made.above + made.ids.len() as u64 * 100 + made.below, 2_000_000);
            steps += 1;
        }
        assert_eq!(steps, 1 + wanted.ids.len().div_ceil(2));
    }

    #[test]
    fn a_slow_screen_gets_one_card_at_a_time_and_a_quick_one_many() {
        let cards = |Pace(much): Pace| much / MAKING;
        assert_eq!(cards(Pace::default()), 2);
        let slow = Pace::default().after(80).after(80);
        assert_eq!(cards(slow), 1, "never none");
        assert_eq!(slow.after(30), slow);
        assert_eq!(cards((0..20).fold(slow, |pace, _| pace.after(8))), 4);
    }

    #[test]
    fn what_is_in_sight_lies_within_what_is_rounded() {
        let (top, bottom) = rounded(1_234.5, 2_000.0);
        assert!(top <= 1_234 && bottom >= 2_000);
        assert_eq!(rounded(-80.0, 10.0).0, 0);
    }
}
