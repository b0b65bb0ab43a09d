//! What citizens do: ask, support, withdraw.

use std::collections::{BTreeMap, BTreeSet};

use shared::{QuestionId, Source, words};

use crate::{
    Noted, ParticipantId,
    state::{
        card::{Card, Changed, Face, Handling, Place, Standing, Words},
        pen::Pen,
    },
};

impl Pen<'_> {
    pub(super) fn ask(
        &mut self,
        by: ParticipantId,
        id: QuestionId,
        text: &str,
        name: Option<String>,
        shown: bool,
        noted: &Noted,
    ) {
        let mut card = self.fresh(id, text, name, Source::Web, noted);
        card.asker = Some(by);
        if shown {
            card.show();
        }
        self.put(card);
    }

    pub(super) fn enter(&mut self, id: QuestionId, text: &str, name: Option<String>, noted: &Noted) -> Option<()> {
        let mut card = self.fresh(id, text, name, Source::Hall, noted);
        card.show();
        self.put(card)
    }

    pub(super) fn support(&mut self, by: ParticipantId, id: QuestionId) -> Option<()> {
        let lead = self.now.lead_of(id).filter(|lead| !lead.has_support_of(by))?.id;
        self.touch(lead);
        self.card(id)?.supporters.insert(by);
        self.card(lead)?.join(by);
        self.now.people.entry(by).or_default().stands.insert(id);
        self.stir(by);
        Some(())
    }

    pub(super) fn unsupport(&mut self, by: ParticipantId, id: QuestionId) -> Option<()> {
        let lead = self.now.lead_of(id)?.id;
        self.touch(lead);
        let wordings = self.now.cards.get(&lead)?.face.place.wordings.clone();
        for question in wordings.into_iter().chain([lead]) {
            if self.now.cards.get(&question).is_some_and(|card| card.supporters.contains(&by)) {
                self.card(question)?.supporters.remove(&by);
                self.now.people.entry(by).or_default().stands.remove(&question);
            }
        }
        self.card(lead)?.crowd.remove(&by);
        self.stir(by);
        Some(())
    }

    pub(super) fn withdraw(&mut self, id: QuestionId) -> Option<()> {
        self.hide(id, Standing::Withdrawn)
    }

    pub(super) fn fresh(
        &self,
        id: QuestionId,
        text: &str,
        name: Option<String>,
        source: Source,
        noted: &Noted,
    ) -> Card {
        let mut card = Card {
            id,
            asker: None,
            name,
            source,
            post: None,
            asked_at: self.at,
            language: noted.language.clone(),
            decided_at: None,
            key: words::same_words_key(text),
            face: Face {
                words: Words::of(text, &noted.flags),
                place: Place {
                    standing: Standing::Waiting,
                    was_shown: false,
                    lead: None,
                    wordings: Vec::new(),
                    answer: None,
                    news: BTreeSet::new(),
                },
                handling: Handling::default(),
            },
            topics: Vec::new(),
            version: 0,
            changed: Changed::default(),
            supporters: BTreeSet::new(),
            crowd: BTreeMap::new(),
        };
        card.find_topics(&self.now.details.hashtag.folded());
        card
    }
}
