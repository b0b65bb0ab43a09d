//! Which cards of a long list are made: those in sight, and some around them.

use shared::QuestionId;

use super::{piles::GUESS, ranked::Ranked};

/// How far beyond what is in sight cards are made, in pixels.
const BEYOND: u64 = 700;
/// How many are made before anybody looked, as on the page that the server sends.
pub const FIRST: usize = 30;

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
    let ids = list.some(first, many);
    let (above, made) = heights(list, first, ids.len());
    // Before anybody looked there is no script that could give the list its height.
    let below = if sight.is_none() { 0 } else { total.height.saturating_sub(above + made) };
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

    #[test]
    fn what_is_in_sight_lies_within_what_is_rounded() {
        let (top, bottom) = rounded(1_234.5, 2_000.0);
        assert!(top <= 1_234 && bottom >= 2_000);
        assert_eq!(rounded(-80.0, 10.0).0, 0);
    }
}
