//! Which questions lie at the desk, for whom, and in what order: what is due first is on top.

use std::collections::BTreeMap;

use shared::{
    QuestionId, Status,
    views::{DeskCard, DeskView},
};

/// What lies at the desk for one department, or for all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piles {
    /// To be worked on; due first, then what has no set time, each in the order in which it was sent.
    pub open: Vec<QuestionId>,
    /// Answered, declined or taken back; the latest sent first.
    pub done: Vec<QuestionId>,
}

/// What lies there for a department; an empty name is all of them.
pub fn piles(view: &DeskView, department: &str) -> Piles {
    let mut mine: Vec<_> = view
        .questions
        .values()
        .filter_map(|card| Some((card, card.routed.as_ref()?)))
        .filter(|(_, routed)| department.is_empty() || same(&routed.department, department))
        .map(|(card, routed)| {
            let due = routed.due.as_ref().map_or(i64::MAX, shared::Moment::millis);
            (due, routed.at.millis(), card)
        })
        .collect();
    mine.sort_by_key(|(due, at, card)| (*due, *at, card.card.id));
    let (open, mut done): (Vec<_>, Vec<_>) = mine.into_iter().partition(|(.., card)| is_open(card));
    done.sort_by_key(|(_, at, card)| (std::cmp::Reverse(*at), card.card.id));
    let ids = |pile: Vec<(i64, i64, &DeskCard)>| pile.into_iter().map(|(.., card)| card.card.id).collect();
    Piles { open: ids(open), done: ids(done) }
}

/// Every department to which something was sent, by name, and how much is still to be worked on.
pub fn departments(view: &DeskView) -> Vec<(String, usize)> {
    let mut known: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for card in view.questions.values() {
        let Some(routed) = &card.routed else { continue };
        let entry = known.entry(fold(&routed.department)).or_insert_with(|| (routed.department.clone(), 0));
        entry.1 += usize::from(is_open(card));
    }
    known.into_values().collect()
}

/// Whether two names are the same department's.
pub fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

fn is_open(card: &DeskCard) -> bool {
    matches!(card.card.status, Status::Waiting | Status::Shown | Status::OnStage)
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::{office::sample, sample::numbers};

    #[test]
    fn what_is_due_first_is_on_top() {
        let view = sample::view([
            sample::card(1, "Mobiliteit", None),
            sample::card(2, "Mobiliteit", Some("14:40")),
            sample::card(3, "Wonen", Some("14:30")),
        ]);
        assert_eq!(numbers(&piles(&view, "").open), [3, 2, 1]);
        assert_eq!(numbers(&piles(&view, "mobiliteit").open), [2, 1]);
    }

    #[test]
    fn what_was_answered_lies_apart_and_wordings_lie_nowhere() {
        let mut answered = sample::card(1, "Wonen", Some("14:30"));
        answered.card.status = Status::Answered;
        let mut wording = sample::card(2, "Wonen", None);
        wording.routed = None;
        let view = sample::view([answered, wording, sample::card(3, "wonen", None)]);
        let piles = piles(&view, "");
        assert_eq!((numbers(&piles.open), numbers(&piles.done)), (vec![3], vec![1]));
        assert_eq!(departments(&view), [("Wonen".to_owned(), 1)]);
    }
}
