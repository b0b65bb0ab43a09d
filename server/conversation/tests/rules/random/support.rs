//! Counts people the slow way, by walking through everybody.

use std::collections::{BTreeMap, BTreeSet};

use conversation::{Conversation, Event, ParticipantId};
use shared::{QuestionId, views::ModeratorView};

/// Who stands behind which question itself.
#[derive(Default)]
pub struct Supporters(BTreeMap<QuestionId, BTreeSet<ParticipantId>>);

impl Supporters {
    pub fn saw(&mut self, before: &ModeratorView, event: &Event) {
        match event {
            Event::Supported { by, question } => {
                self.0.entry(*question).or_default().insert(*by);
            }
            Event::Unsupported { by, question } => {
                let lead = before.questions[question].card.lead.unwrap_or(*question);
                for id in before.questions[&lead].card.wordings.iter().chain([&lead]) {
                    self.0.entry(*id).or_default().remove(by);
                }
            }
            _ => {}
        }
    }

    pub fn agree(&self, all: &ModeratorView, now: &Conversation) {
        for card in all.questions.values().map(|card| &card.card) {
            let people = self.people(card.wordings.iter().copied().chain([card.id]));
            assert_eq!(card.support as usize, people.len(), "each person once");
            let lead = &all.questions[&card.lead.unwrap_or(card.id)].card;
            assert_eq!(now.support_of(card.id), lead.support, "the bundle's");
        }
    }

    fn people(&self, questions: impl Iterator<Item = QuestionId>) -> BTreeSet<ParticipantId> {
        questions.filter_map(|id| self.0.get(&id)).flatten().copied().collect()
    }
}
