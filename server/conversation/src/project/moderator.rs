//! What moderators see: every question, also what is hidden and why, and the latest steps.

use shared::{
    QuestionId,
    views::{ModeratorCard, ModeratorSession, ModeratorView, Step},
};

use crate::{Conversation, Paper, state::card::Card};

/// How many of the latest steps their screen shows.
const SHOWN_STEPS: usize = 30;

impl Conversation {
    /// What moderators see.
    pub fn moderator(&self) -> ModeratorView {
        let questions = self.cards.values().map(|card| (card.id, self.moderator_face(card))).collect();
        ModeratorView { seq: self.seqs.moderator, session: self.moderator_head(), questions }
    }

    /// A question as moderators see it.
    pub fn moderator_card(&self, id: QuestionId) -> Option<ModeratorCard> {
        self.cards.get(&id).map(|card| self.moderator_face(card))
    }

    pub(crate) fn moderator_head(&self) -> ModeratorSession {
        let steps = &self.steps.latest;
        ModeratorSession {
            public: self.public_head(),
            box_closed_by_hand: self.box_closed_by_hand,
            steps: steps
                .range(steps.len().saturating_sub(SHOWN_STEPS)..)
                .map(|step| Step {
                    id: step.id,
                    by: step.by.clone(),
                    act: step.act,
                    question: step.question,
                    many: step.many,
                    at: self.moment(step.at),
                    undone_by: step.undone_by.clone(),
                })
                .collect(),
        }
    }

    pub(crate) fn moderator_face(&self, card: &Card) -> ModeratorCard {
        let (declined, handling) = (card.declined(), &card.face.handling);
        ModeratorCard {
            card: self.face_if_public(card),
            original: card.face.words.original.clone(),
            reason: declined.map(|(reason, ..)| reason),
            note: declined.and_then(|(_, note, _)| note.cloned()),
            flags: card.face.words.flags.clone(),
            language: card.language.clone(),
            labels: handling.labels.iter().cloned().collect(),
            alderman: handling.alderman.clone(),
            routed: handling.routed.as_ref().map(|routed| self.routed(routed)),
            briefing: self.paper(card.id, Paper::Briefing),
            proposal: self.paper(card.id, Paper::Proposal),
            post: self.post(card),
            version: card.version,
            changed_by: card.changed.by.clone(),
        }
    }
}
