//! Where the selection goes, and what an order of the queue becomes.

use shared::QuestionId;

use super::areas::{Area, Lists};

/// The card `by` places further in the same area; the first card of the desk when none is selected.
pub fn along(lists: &Lists, selected: Option<QuestionId>, by: isize) -> Option<QuestionId> {
    let Some((area, at)) = selected.and_then(|id| lists.find(id)) else { return first(lists) };
    let cards = lists.area(area);
    cards.get(at.saturating_add_signed(by).min(cards.len().saturating_sub(1))).copied()
}

/// A card of the next area that has any, to the right (`1`) or left (`-1`), starting where the
/// desk was when no card is selected.
pub fn across(lists: &Lists, from: Area, by: isize) -> Option<QuestionId> {
    let mut at = from as usize;
    loop {
        at = at.checked_add_signed(by).filter(|next| *next < Area::ALL.len())?;
        if let Some(id) = lists.area(Area::ALL[at]).first() {
            return Some(*id);
        }
    }
}

/// Which card is selected after the lists changed. When the selected card left its area, that is
/// the one that followed it there, else the one before it, else the card itself where it is now.
pub fn follow(before: &Lists, after: &Lists, selected: Option<QuestionId>) -> Option<QuestionId> {
    let Some(id) = selected else { return first(after) };
    let Some((area, at)) = before.find(id) else { return after.find(id).map(|_| id).or_else(|| first(after)) };
    if after.area(area).contains(&id) {
        return Some(id);
    }
    let was = before.area(area);
    let still = |id: &&QuestionId| after.area(area).contains(id);
    let neighbour = was[at + 1..].iter().find(still).or_else(|| was[..at].iter().rev().find(still));
    neighbour.copied().or_else(|| after.find(id).map(|_| id)).or_else(|| first(after))
}

/// The queue with one question moved `by` places; nothing when it would stay where it is.
pub fn moved(order: &[QuestionId], id: QuestionId, by: isize) -> Option<Vec<QuestionId>> {
    let from = order.iter().position(|known| *known == id)?;
    let to = from.checked_add_signed(by).filter(|to| *to < order.len() && *to != from)?;
    let mut order = order.to_vec();
    let id = order.remove(from);
    order.insert(to, id);
    Some(order)
}

/// The queue with one question put where another stands, as after dragging it there; nothing when
/// it would stay where it is.
pub fn dropped(order: &[QuestionId], id: QuestionId, onto: QuestionId) -> Option<Vec<QuestionId>> {
    let place = |wanted: QuestionId| order.iter().position(|known| *known == wanted);
    let (from, to) = (place(id)?, place(onto)?);
    moved(order, id, to.cast_signed() - from.cast_signed())
}

/// The queue with a question at its end, or without it when it was there.
pub fn toggled(order: &[QuestionId], id: QuestionId) -> Vec<QuestionId> {
    let mut order = order.to_vec();
    match order.iter().position(|known| *known == id) {
        Some(at) => drop(order.remove(at)),
        None => order.push(id),
    }
    order
}

fn first(lists: &Lists) -> Option<QuestionId> {
    Area::ALL.into_iter().find_map(|area| lists.area(area).first().copied())
}

#[cfg(test)]
mod tests {
    use shared::Status;

    use super::*;
    use crate::islands::desk::sample::{card, view};

    fn ids(ids: &[u64]) -> Vec<QuestionId> {
        ids.iter().copied().map(QuestionId).collect()
    }

    fn lists(cards: &[(u64, Status)]) -> Lists {
        Lists::of(&view(cards.iter().map(|(id, status)| card(*id, "?", *status))), "")
    }

    const W: Status = Status::Waiting;
    const S: Status = Status::Shown;

    #[test]
    fn after_a_decision_the_next_card_is_selected() {
        let before = lists(&[(1, W), (2, W), (3, W)]);
        let after = lists(&[(1, W), (2, S), (3, W)]);
        assert_eq!(follow(&before, &after, Some(QuestionId(2))), Some(QuestionId(3)));
        let last = lists(&[(1, W), (2, W), (3, S)]);
        assert_eq!(follow(&before, &last, Some(QuestionId(3))), Some(QuestionId(2)));
    }

    #[test]
    fn a_card_that_did_not_leave_stays_selected_whatever_else_happens() {
        let before = lists(&[(1, W), (2, W)]);
        let after = lists(&[(1, S), (2, W), (3, W)]);
        assert_eq!(follow(&before, &after, Some(QuestionId(2))), Some(QuestionId(2)));
    }

    #[test]
    fn the_last_card_of_an_area_is_followed_to_its_new_place() {
        let before = lists(&[(1, W), (2, S)]);
        let after = lists(&[(1, S), (2, S)]);
        assert_eq!(follow(&before, &after, Some(QuestionId(1))), Some(QuestionId(1)));
        assert_eq!(follow(&before, &lists(&[(2, S)]), Some(QuestionId(1))), Some(QuestionId(2)));
        assert_eq!(follow(&before, &lists(&[]), Some(QuestionId(1))), None);
    }

    #[test]
    fn arrows_stop_at_the_ends_and_skip_empty_areas() {
        let lists = lists(&[(1, W), (2, W), (3, Status::Declined)]);
        assert_eq!(along(&lists, Some(QuestionId(2)), 1), Some(QuestionId(2)));
        assert_eq!(along(&lists, Some(QuestionId(1)), -1), Some(QuestionId(1)));
        assert_eq!(along(&lists, None, 1), Some(QuestionId(1)));
        assert_eq!(across(&lists, Area::Incoming, 1), Some(QuestionId(3)));
        assert_eq!(across(&lists, Area::Incoming, -1), None);
    }

    #[test]
    fn the_queue_moves_by_key_and_by_hand() {
        let order = ids(&[1, 2, 3]);
        assert_eq!(moved(&order, QuestionId(1), 1), Some(ids(&[2, 1, 3])));
        assert_eq!(moved(&order, QuestionId(1), -1), None);
        assert_eq!(moved(&order, QuestionId(3), 1), None);
        assert_eq!(dropped(&order, QuestionId(3), QuestionId(1)), Some(ids(&[3, 1, 2])));
        assert_eq!(dropped(&order, QuestionId(1), QuestionId(3)), Some(ids(&[2, 3, 1])));
        assert_eq!(dropped(&order, QuestionId(1), QuestionId(1)), None);
        assert_eq!(toggled(&order, QuestionId(2)), ids(&[1, 3]));
        assert_eq!(toggled(&order, QuestionId(9)), ids(&[1, 2, 3, 9]));
    }
}
