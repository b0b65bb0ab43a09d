//! Moderators, about what means the same.

use shared::{QuestionId, Refusal, Status};

use super::Outcome;
use crate::{Conversation, Decision, Event, Staff};

impl Conversation {
    pub(super) fn decide_bundle(
        &self,
        by: &Staff,
        question: QuestionId,
        into: QuestionId,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.seen(question, seen)?;
        self.question(into)?;
        let lead = self.lead_of(into).ok_or(Refusal::NotFound)?;
        if lead.id == question {
            return Err(Refusal::NoBundle);
        }
        self.must_be(lead, &[Status::Shown, Status::OnStage, Status::Answered])?;
        self.must_be(card, &[Status::Waiting, Status::Shown])?;
        if card.face.place.lead == Some(lead.id) {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Bundled { by: by.name.clone(), question, into: lead.id }))
    }

    pub(super) fn decide_unbundle(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        if card.face.place.lead.is_none() {
            return Err(Refusal::NoBundle);
        }
        Ok(Decision::about(question, Event::Unbundled { by: by.name.clone(), question }))
    }
}
