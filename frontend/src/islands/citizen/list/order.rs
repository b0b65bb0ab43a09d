//! Which questions a list shows, and in what order. Pure, and the same on server and in browser.

use shared::{
    Phase, QuestionId, Status, hashtag,
    views::{PublicCard, PublicView},
};

use crate::Sort;

/// What a list is narrowed to; empty words narrow nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Narrowed {
    /// A topic, in any spelling.
    pub topic: String,
    /// Words that must all be in the question, one of its wordings, its answer or its name.
    pub search: String,
}

/// The leads of the list, in order. As long as nothing is searched for, what is answered or on
/// stage is left to its own place; once the session is over, everything is one list.
pub fn listed(view: &PublicView, sort: Sort, narrowed: &Narrowed) -> Vec<QuestionId> {
    let topic = hashtag::fold(&narrowed.topic);
    let search = hashtag::fold(&narrowed.search);
    let sought: Vec<&str> = search.split_whitespace().collect();
    let everything =
        !topic.is_empty() || !sought.is_empty() || matches!(view.session.phase, Phase::Closed | Phase::Archived);
    let shown = leads(view)
        .filter(|card| match sort {
            Sort::Answered => card.answer.is_some(),
            Sort::Supported | Sort::Newest => everything || card.status == Status::Shown,
        })
        .filter(|card| topic.is_empty() || on_topic(view, card, &topic))
        .filter(|card| sought.is_empty() || says(view, card, &sought));
    let places = shown.map(|card| {
        let asked = card.asked_at.millis();
        let (first, then) = match sort {
            Sort::Supported => (-i64::from(card.support), asked),
            Sort::Newest => (-asked, 0),
            Sort::Answered => (card.answer.as_ref().map_or(0, |answer| -answer.at.millis()), 0),
        };
        (first, then, card.id.0)
    });
    sorted(places.collect()).map(QuestionId).collect()
}

/// The topics people wrote, most used first, as first written.
pub fn topics(view: &PublicView) -> Vec<String> {
    let mut counts: Vec<(String, &str, i64)> = Vec::new();
    for card in view.questions.values() {
        for topic in &card.topics {
            let folded = hashtag::fold(topic);
            match counts.iter_mut().find(|(known, ..)| *known == folded) {
                Some((.., count)) => *count += 1,
                None => counts.push((folded, topic, 1)),
            }
        }
    }
    let mut places = Vec::new();
    for (index, (_, name, count)) in (0..).zip(&counts) {
        let before = counts.iter().filter(|(_, other, _)| other < name).count();
        places.push((-count, i64::try_from(before).unwrap_or(i64::MAX), index));
    }
    sorted(places).filter_map(|index| Some(counts.get(usize::try_from(index).ok()?)?.1.to_owned())).collect()
}

/// What is named third, by what is named first and then second. One kind of key for all orders,
/// because a browser downloads sorting anew for each.
fn sorted(mut places: Vec<(i64, i64, u64)>) -> impl Iterator<Item = u64> {
    places.sort_unstable();
    places.into_iter().map(|(.., name)| name)
}

/// Questions that stand on their own: not under a lead, or under one that is not public.
fn leads(view: &PublicView) -> impl Iterator<Item = &PublicCard> {
    view.questions.values().filter(|card| card.lead.is_none_or(|lead| view.card(lead).is_none()))
}

fn bundle<'a>(view: &'a PublicView, lead: &'a PublicCard) -> impl Iterator<Item = &'a PublicCard> {
    std::iter::once(lead).chain(lead.wordings.iter().filter_map(|id| view.card(*id)))
}

fn on_topic(view: &PublicView, lead: &PublicCard, topic: &str) -> bool {
    bundle(view, lead).any(|card| card.topics.iter().any(|known| hashtag::fold(known) == topic))
}

fn says(view: &PublicView, lead: &PublicCard, sought: &[&str]) -> bool {
    let mut words = String::new();
    for card in bundle(view, lead) {
        for part in [Some(&card.text), card.name.as_ref(), card.answer.as_ref().map(|answer| &answer.text)] {
            words.push_str(part.map_or("", String::as_str));
            words.push('\n');
        }
    }
    let words = hashtag::fold(&words);
    sought.iter().all(|part| words.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::sample::{answered, card, numbers, view};

    fn list(view: &PublicView, sort: Sort, topic: &str, search: &str) -> Vec<u64> {
        let narrowed = Narrowed { topic: topic.to_owned(), search: search.to_owned() };
        numbers(&listed(view, sort, &narrowed))
    }

    #[test]
    fn most_people_first_and_the_earliest_among_equals() {
        let view = view([card(1, "a", 3), card(2, "b", 9), card(3, "c", 3)]);
        assert_eq!(list(&view, Sort::Supported, "", ""), [2, 1, 3]);
        assert_eq!(list(&view, Sort::Newest, "", ""), [3, 2, 1]);
    }

    #[test]
    fn what_is_answered_or_on_stage_has_its_own_place() {
        let mut staged = card(3, "c", 50);
        staged.status = Status::OnStage;
        let view = view([card(1, "a", 3), answered(2, "b", 9, 30), staged, answered(4, "d", 1, 31)]);
        assert_eq!(list(&view, Sort::Supported, "", ""), [1]);
        assert_eq!(list(&view, Sort::Answered, "", ""), [4, 2]);
    }

    #[test]
    fn a_search_looks_everywhere_and_in_any_case() {
        let mut lead = answered(1, "Waarom is de STALLING vol?", 9, 30);
        lead.wordings = vec![QuestionId(2)];
        let mut wording = card(2, "Waar laat ik mijn bakfiets?", 1);
        wording.lead = Some(QuestionId(1));
        let view = view([lead, wording, card(3, "Stallingen in Zuid", 4)]);
        assert_eq!(list(&view, Sort::Supported, "", "stalling"), [1, 3]);
        assert_eq!(list(&view, Sort::Supported, "", "BAKFIETS"), [1]);
        assert_eq!(list(&view, Sort::Supported, "", "stalling zuid"), [3]);
        assert_eq!(list(&view, Sort::Supported, "", "tram"), [0; 0]);
    }

    #[test]
    fn a_topic_is_found_in_any_spelling_and_in_any_wording() {
        let mut lead = card(1, "Waarom?", 9);
        lead.wordings = vec![QuestionId(2)];
        let mut wording = card(2, "Hoezo? #Stalling", 1);
        wording.lead = Some(QuestionId(1));
        let view = view([lead, wording, card(3, "Wanneer? #school", 4)]);
        assert_eq!(list(&view, Sort::Supported, "STALLING", ""), [1]);
        assert_eq!(topics(&view), ["Stalling", "school"]);
    }

    #[test]
    fn once_it_is_over_everything_is_one_list() {
        let mut view = view([card(1, "a", 3), answered(2, "b", 9, 30)]);
        view.session.phase = Phase::Closed;
        assert_eq!(list(&view, Sort::Supported, "", ""), [2, 1]);
    }

    #[test]
    fn a_wording_whose_lead_is_not_public_stands_on_its_own() {
        let mut orphan = card(1, "a", 3);
        orphan.lead = Some(QuestionId(9));
        assert_eq!(list(&view([orphan]), Sort::Supported, "", ""), [1]);
    }
}
