//! What one participant sees of their own questions and supports.

use std::collections::BTreeSet;

use shared::{
    QuestionId,
    views::{Mine, MineCard},
};

use crate::{Conversation, ParticipantId, state::card::Card};

impl Conversation {
    /// The participant's own part; empty for one who did nothing here.
    pub fn mine(&self, who: ParticipantId) -> Mine {
        let Some(person) = self.people.get(&who) else { return Mine::default() };
        let questions = person.asked.iter().rev().filter_map(|id| self.mine_card(who, *id)).collect();
        let supports: BTreeSet<QuestionId> = person
            .stands
            .iter()
            .filter_map(|id| self.lead_of(*id))
            .filter(|card| card.visible())
            .map(|card| card.id)
            .collect();
        Mine { questions, supports: supports.into_iter().collect() }
    }

    /// One of the participant's own questions; `None` when it is somebody else's.
    pub fn mine_card(&self, who: ParticipantId, id: QuestionId) -> Option<MineCard> {
        let card = self.cards.get(&id).filter(|card| card.asker == Some(who))?;
        let lead = self.lead_of(id)?;
        let declined = card.declined();
        Some(MineCard {
            id,
            text: card.face.words.text.clone(),
            asked_at: self.moment(card.asked_at),
            status: self.status(lead),
            edited: card.face.words.original.is_some(),
            lead: card.face.place.lead,
            lead_text: card.face.place.lead.map(|_| lead.face.words.text.clone()),
            place: self.place_of(lead),
            reason: declined.map(|(reason, ..)| reason),
            note: declined.and_then(|(_, note, _)| note.cloned()),
            answer: declined.and_then(|(.., answer)| answer.cloned()),
        })
    }

    fn place_of(&self, lead: &Card) -> Option<u32> {
        let index = self.queue.iter().position(|id| *id == lead.id)?;
        u32::try_from(index + 1).ok()
    }
}
