//! Moderators, about the stage and the queue behind it.

use std::collections::BTreeSet;

use shared::{Phase, QuestionId, Refusal, Status};

use super::Outcome;
use crate::{Conversation, Decision, Event, Staff};

impl Conversation {
    pub(super) fn decide_stage(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        Self::unbundled(card)?;
        self.must_be(card, &[Status::Shown])?;
        if !matches!(self.phase, Phase::Open | Phase::Live) {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        Ok(Decision::about(question, Event::Staged { by: by.name.clone(), question }))
    }

    pub(super) fn decide_unstage(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        Self::unbundled(card)?;
        if !self.on_stage(question) {
            return Err(self.wrong(card));
        }
        Ok(Decision::about(question, Event::Unstaged { by: by.name.clone(), question }))
    }

    pub(super) fn decide_order(&self, by: &Staff, order: &[QuestionId], seen: Option<&[QuestionId]>) -> Outcome {
        let named: BTreeSet<_> = order.iter().collect();
        if seen.is_some_and(|seen| seen != self.queue) || named.len() != order.len() {
            return Err(Refusal::QueueChanged);
        }
        for id in order {
            let card = self.question(*id)?;
            Self::unbundled(card)?;
            self.must_be(card, &[Status::Shown])?;
        }
        if order == self.queue {
            return Ok(Decision::nothing(None));
        }
        Ok(Decision::session(Event::Queued { by: by.name.clone(), order: order.to_vec() }))
    }
}
