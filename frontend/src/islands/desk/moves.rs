//! Where the selection goes, and what an order of the queue becomes.

use shared::QuestionId;

use super::{areas::Area, piles::Piles, ranked::At};

/// The card `by` places further in the same area; the first card of the desk when none is selected.
pub fn along(piles: &Piles, selected: Option<QuestionId>, by: isize) -> Option<QuestionId> {
    let Some((area, before)) = selected.and_then(|id| piles.find(id)) else { return first(piles) };
    let last = piles.len(area).saturating_sub(1);
    piles.pile(area).nth(before.found.saturating_add_signed(by).min(last))
}

/// A card of the next area that has any, to the right (`1`) or left (`-1`), starting where the
/// desk was when no card is selected.
pub fn across(piles: &Piles, from: Area, by: isize) -> Option<QuestionId> {
    let mut at = from as usize;
    loop {
        at = at.checked_add_signed(by).filter(|next| *next < Area::ALL.len())?;
        if let Some(id) = piles.pile(Area::ALL[at]).nth(0) {
            return Some(id);
        }
    }
}

/// Which card is selected after the piles changed, `was` being where the selected card lay before.
/// When it left its area, that is the one that followed it there, else the one before it, else the
/// card itself where it is now.
pub fn follow(piles: &Piles, selected: Option<QuestionId>, was: Option<(Area, At)>) -> Option<QuestionId> {
    let Some(id) = selected else { return first(piles) };
    let now = piles.find(id);
    let Some((area, at)) = was else { return now.map(|_| id).or_else(|| first(piles)) };
    if now.is_some_and(|(now, _)| now == area) {
        return Some(id);
    }
    let pile = piles.pile(area);
    let next = pile.before(at).found;
    let neighbour = pile.nth(next).or_else(|| pile.nth(next.checked_sub(1)?));
    neighbour.or_else(|| now.map(|_| id)).or_else(|| first(piles))
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

fn first(piles: &Piles) -> Option<QuestionId> {
    Area::ALL.into_iter().find_map(|area| piles.pile(area).nth(0))
}

#[cfg(test)]
mod tests {
    use shared::Status;

    use super::*;
    use crate::islands::desk::sample::{card, view};

    fn ids(ids: &[u64]) -> Vec<QuestionId> {
        ids.iter().copied().map(QuestionId).collect()
    }

    fn piles(cards: &[(u64, Status)]) -> Piles {
        Piles::of(&view(cards.iter().map(|(id, status)| card(*id, "?", *status))), |_| true)
    }

    fn followed(before: &[(u64, Status)], after: &[(u64, Status)], id: u64) -> Option<u64> {
        let was = piles(before).place(QuestionId(id));
        follow(&piles(after), Some(QuestionId(id)), was).map(|id| id.0)
    }

    const W: Status = Status::Waiting;
    const S: Status = Status::Shown;

    #[test]
    fn after_a_decision_the_next_card_is_selected() {
        assert_eq!(followed(&[(1, W), (2, W), (3, W)], &[(1, W), (2, S), (3, W)], 2), Some(3));
        assert_eq!(followed(&[(1, W), (2, W), (3, W)], &[(1, W), (2, W), (3, S)], 3), Some(2));
        assert_eq!(followed(&[(1, W), (2, W), (3, W)], &[(1, W), (2, S), (3, S)], 2), Some(1), "with its neighbour");
    }

    #[test]
    fn a_card_that_did_not_leave_stays_selected_whatever_else_happens() {
        assert_eq!(followed(&[(1, W), (2, W)], &[(1, S), (2, W), (3, W)], 2), Some(2));
    }

    #[test]
    fn the_last_card_of_an_area_is_followed_to_its_new_place() {
        let before = [(1, W), (2, S)];
        assert_eq!(followed(&before, &[(1, S), (2, S)], 1), Some(1));
        assert_eq!(followed(&before, &[(2, S)], 1), Some(2));
        assert_eq!(followed(&before, &[], 1), None);
    }

    #[test]
    fn arrows_stop_at_the_ends_and_skip_empty_areas() {
        let piles = piles(&[(1, W), (2, W), (3, Status::Declined)]);
        assert_eq!(along(&piles, Some(QuestionId(2)), 1), Some(QuestionId(2)));
        assert_eq!(along(&piles, Some(QuestionId(1)), -1), Some(QuestionId(1)));
        assert_eq!(along(&piles, None, 1), Some(QuestionId(1)));
        assert_eq!(across(&piles, Area::Incoming, 1), Some(QuestionId(3)));
        assert_eq!(across(&piles, Area::Incoming, -1), None);
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
