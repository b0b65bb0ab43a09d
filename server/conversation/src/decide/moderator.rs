//! Moderators, about one question: approve, decline, restore, edit, and enter one from the hall.

use shared::{Phase, QuestionId, Reason, Refusal, Status, words};

use super::Outcome;
use crate::{Conversation, Decision, Event, Ids, Staff};

impl Conversation {
    pub(super) fn decide_approve(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        self.must_be(card, &[Status::Waiting])?;
        Ok(Decision::about(question, Event::Approved { by: by.name.clone(), question }))
    }

    pub(super) fn decide_decline(
        &self,
        by: &Staff,
        question: QuestionId,
        reason: Reason,
        note: Option<&str>,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.seen(question, seen)?;
        self.must_be(card, &[Status::Waiting, Status::Shown, Status::OnStage, Status::Answered])?;
        let note = Some(words::optional(note.unwrap_or(""), words::MAX_NOTE)?).filter(|note| !note.is_empty());
        if reason == Reason::Other && note.is_none() {
            return Err(Refusal::Field { field: "note".into() });
        }
        Ok(Decision::about(question, Event::Declined { by: by.name.clone(), question, reason, note }))
    }

    pub(super) fn decide_restore(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        self.must_be(card, &[Status::Declined])?;
        Ok(Decision::about(question, Event::Restored { by: by.name.clone(), question }))
    }

    pub(super) fn decide_edit(&self, by: &Staff, question: QuestionId, text: &str, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        if self.status(card) == Status::Withdrawn {
            return Err(self.wrong(card));
        }
        let text = words::question(text)?;
        if text == card.face.words.text {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Edited { by: by.name.clone(), question, text }))
    }

    /// Somebody in the hall spoke: that is asked, box or no box.
    pub(super) fn decide_enter(&self, by: &Staff, text: &str, name: Option<&str>, ids: &mut dyn Ids) -> Outcome {
        if self.phase == Phase::Archived {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let text = words::question(text)?;
        let name = words::name(name.unwrap_or(""))?;
        let question = self.fresh_id(ids);
        Ok(Decision::about(question, Event::Entered { by: by.name.clone(), question, text, name }))
    }
}
