//! Citizens: ask, support, withdraw.

use shared::{Moderation, Phase, QuestionId, Refusal, Status, words};

use super::Outcome;
use crate::{Conversation, Decision, Event, Ids, ParticipantId, state::card::Standing};

impl Conversation {
    pub(super) fn decide_ask(&self, by: ParticipantId, text: &str, name: Option<&str>, ids: &mut dyn Ids) -> Outcome {
        if !self.box_open() {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let text = words::question(text)?;
        let name = words::name(name.unwrap_or(""))?;
        if let Some(question) = self.asked_before(by, &text) {
            return Err(Refusal::AlreadyAsked { question });
        }
        let question = self.fresh_id(ids);
        let shown = self.details.moderation == Moderation::After;
        Ok(Decision::about(question, Event::Asked { by, question, text, name, shown }))
    }

    pub(super) fn decide_support(&self, by: ParticipantId, question: QuestionId, on: bool) -> Outcome {
        let (now, _) = self.status_for(Some(by), question).ok_or(Refusal::NotFound)?;
        if !matches!(now, Status::Shown | Status::OnStage | Status::Answered) {
            return Err(Refusal::WrongStatus { now });
        }
        if self.phase == Phase::Archived {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let stands = self.lead_of(question).is_some_and(|lead| lead.has_support_of(by));
        Ok(match (stands, on) {
            (false, true) => Decision::about(question, Event::Supported { by, question }),
            (true, false) => Decision::about(question, Event::Unsupported { by, question }),
            _ => Decision::nothing(Some(question)),
        })
    }

    pub(super) fn decide_withdraw(&self, by: ParticipantId, question: QuestionId) -> Outcome {
        let (now, _) = self.status_for(Some(by), question).ok_or(Refusal::NotFound)?;
        if self.question(question)?.asker != Some(by) {
            return Err(Refusal::Forbidden);
        }
        if matches!(now, Status::Declined | Status::Withdrawn | Status::Answered) {
            return Err(Refusal::WrongStatus { now });
        }
        Ok(Decision::about(question, Event::Withdrawn { by, question }))
    }

    fn asked_before(&self, by: ParticipantId, text: &str) -> Option<QuestionId> {
        let key = words::same_words_key(text);
        let asked = &self.people.get(&by)?.asked;
        let same = |id: &&QuestionId| {
            self.cards.get(id).is_some_and(|card| card.key == key && card.face.place.standing != Standing::Withdrawn)
        };
        asked.iter().find(same).copied()
    }
}
