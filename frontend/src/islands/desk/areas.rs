//! Which card lies where on the desk, and in which order.

use shared::{
    QuestionId, Status, hashtag,
    views::{ModeratorCard, ModeratorView, PublicSession},
};

/// A part of the desk, in the order in which the eye goes over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// Waiting for a moderator, the longest waiting first.
    Incoming,
    /// Public and not in the queue, the most supported first.
    Shown,
    /// Being answered now.
    Stage,
    /// Next on stage, in order.
    Queue,
    /// Answered, the latest first.
    Answered,
    /// Declined or taken back, the latest asked first.
    Declined,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 6] = [Self::Incoming, Self::Shown, Self::Stage, Self::Queue, Self::Answered, Self::Declined];

    /// The word that stands for it in ids and classes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Shown => "shown",
            Self::Stage => "stage",
            Self::Queue => "queue",
            Self::Answered => "answered",
            Self::Declined => "declined",
        }
    }
}

/// The cards of every area. A question bundled under another is in none: it lies in its lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lists([Vec<QuestionId>; 6]);

impl Lists {
    /// Lays out the view. With words to search for, cards without them stay away; stage and queue
    /// stay whole, since their order is worked on.
    pub fn of(view: &ModeratorView, search: &str) -> Self {
        let session = &view.session.public;
        let wanted: Vec<String> = hashtag::fold(search).split_whitespace().map(str::to_owned).collect();
        let mut piles: [Vec<&ModeratorCard>; 6] = Default::default();
        for card in view.questions.values() {
            let Some(area) = area(card, session) else { continue };
            if matches!(area, Area::Stage | Area::Queue) || has_words(card, &wanted) {
                piles[area as usize].push(card);
            }
        }
        piles[Area::Incoming as usize].sort_by_key(|card| card.card.asked_at.millis());
        piles[Area::Shown as usize]
            .sort_by_key(|card| std::cmp::Reverse((card.card.support, card.card.asked_at.millis())));
        piles[Area::Queue as usize].sort_by_key(|card| session.queue.iter().position(|id| *id == card.card.id));
        piles[Area::Answered as usize]
            .sort_by_key(|card| std::cmp::Reverse(card.card.answer.as_ref().map(|answer| answer.at.millis())));
        piles[Area::Declined as usize].sort_by_key(|card| std::cmp::Reverse(card.card.asked_at.millis()));
        Self(piles.map(|pile| pile.into_iter().map(|card| card.card.id).collect()))
    }

    /// The cards of one area, in order.
    pub fn area(&self, area: Area) -> &[QuestionId] {
        &self.0[area as usize]
    }

    /// Where a card lies.
    pub fn find(&self, id: QuestionId) -> Option<(Area, usize)> {
        Area::ALL.into_iter().find_map(|area| Some((area, self.area(area).iter().position(|known| *known == id)?)))
    }
}

/// Where a card belongs, if it has a place of its own.
pub fn area(card: &ModeratorCard, session: &PublicSession) -> Option<Area> {
    let id = card.card.id;
    match card.card.status {
        Status::Declined | Status::Withdrawn => Some(Area::Declined),
        _ if card.card.lead.is_some() => None,
        _ if session.on_stage == Some(id) => Some(Area::Stage),
        Status::Waiting => Some(Area::Incoming),
        Status::Answered => Some(Area::Answered),
        Status::Shown | Status::OnStage if session.queue.contains(&id) => Some(Area::Queue),
        Status::Shown | Status::OnStage => Some(Area::Shown),
    }
}

fn has_words(card: &ModeratorCard, wanted: &[String]) -> bool {
    wanted.is_empty() || {
        let name = card.card.name.as_deref().unwrap_or("");
        let text = hashtag::fold(&format!("{} {name}", card.card.text));
        wanted.iter().all(|word| text.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::desk::sample::{card, view};

    #[test]
    fn every_card_lies_in_one_place_and_wordings_in_their_lead() {
        let mut waiting = card(1, "Waarom?", Status::Waiting);
        waiting.card.asked_at.0 = "2026-05-12T14:05:00+02:00".into();
        let earlier = card(2, "Wanneer?", Status::Waiting);
        let mut popular = card(3, "Hoe?", Status::Shown);
        popular.card.support = 9;
        let mut wording = card(5, "Hoe dan?", Status::Shown);
        wording.card.lead = Some(QuestionId(3));
        let cards = [
            waiting,
            earlier,
            popular,
            card(4, "Wie?", Status::Shown),
            wording,
            card(6, "Wat?", Status::Shown),
            card(7, "O?", Status::OnStage),
        ];
        let mut view = view(cards);
        view.session.public.queue = vec![QuestionId(6)];
        view.session.public.on_stage = Some(QuestionId(7));
        let lists = Lists::of(&view, "");
        assert_eq!(lists.area(Area::Incoming), [QuestionId(2), QuestionId(1)], "the longest waiting first");
        assert_eq!(lists.area(Area::Shown), [QuestionId(3), QuestionId(4)], "the most supported first");
        assert_eq!(lists.area(Area::Queue), [QuestionId(6)]);
        assert_eq!(lists.area(Area::Stage), [QuestionId(7)]);
        assert_eq!(lists.find(QuestionId(5)), None);
    }

    #[test]
    fn searching_leaves_the_queue_whole() {
        let mut view = view([
            card(1, "De STALLING is vol", Status::Shown),
            card(2, "Te smal", Status::Shown),
            card(3, "Wie?", Status::Shown),
        ]);
        view.session.public.queue = vec![QuestionId(2)];
        let lists = Lists::of(&view, "stalling");
        assert_eq!(lists.area(Area::Shown), [QuestionId(1)]);
        assert_eq!(lists.area(Area::Queue), [QuestionId(2)]);
    }

    #[test]
    fn an_answered_question_stays_on_stage_until_the_next() {
        let mut view = view([card(1, "Wie?", Status::Answered)]);
        assert_eq!(Lists::of(&view, "").find(QuestionId(1)), Some((Area::Answered, 0)));
        view.session.public.on_stage = Some(QuestionId(1));
        assert_eq!(Lists::of(&view, "").find(QuestionId(1)), Some((Area::Stage, 0)));
    }
}
