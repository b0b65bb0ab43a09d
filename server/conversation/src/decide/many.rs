//! The same for many questions at once: one step, which leaves out what it cannot be done to.

use std::collections::BTreeSet;

use shared::{
    Act, QuestionId, Refusal, Status,
    commands::{LeftOut, ManyDeed, Picked},
    words,
};

use super::Outcome;
use crate::{Conversation, Decision, Event, Staff};

impl Conversation {
    /// Refused only when it can be done to none of them, for the reason of the first.
    pub(super) fn decide_many(&self, by: &Staff, deed: &ManyDeed, questions: &[Picked]) -> Outcome {
        let named: BTreeSet<QuestionId> = questions.iter().map(|picked| picked.question).collect();
        if questions.is_empty() || questions.len() > words::MAX_MANY || named.len() != questions.len() {
            return Err(Refusal::Field { field: "questions".into() });
        }
        let (mut events, mut left) = (self.opening(by, deed)?, Vec::new());
        for &Picked { question, seen } in questions {
            match self.one_of_many(by, deed, question, seen) {
                Ok(decision) => events.extend(decision.events),
                Err(refusal) => left.push(LeftOut { question, refusal }),
            }
        }
        if left.len() == questions.len() {
            return Err(left.swap_remove(0).refusal);
        }
        let act = match deed {
            ManyDeed::Approve => Act::Approved,
            ManyDeed::Decline { .. } => Act::Declined,
            ManyDeed::Label { .. } => Act::Labelled,
            ManyDeed::Bundle { .. } => Act::Bundled,
        };
        let events = if events.is_empty() { events } else { vec![Event::Many { by: by.name.clone(), act, events }] };
        Ok(Decision { events, about: None, left })
    }

    /// What must be so before it can be done to any: a lead has to be there for everybody.
    fn opening(&self, by: &Staff, deed: &ManyDeed) -> Result<Vec<Event>, Refusal> {
        let ManyDeed::Bundle { into } = *deed else { return Ok(Vec::new()) };
        let lead = self.question(into)?;
        Self::unbundled(lead)?;
        self.must_be(lead, &[Status::Waiting, Status::Shown, Status::OnStage, Status::Answered])?;
        let waits = self.status(lead) == Status::Waiting;
        Ok(Vec::from_iter(waits.then(|| Event::Approved { by: by.name.clone(), question: into })))
    }

    fn one_of_many(&self, by: &Staff, deed: &ManyDeed, question: QuestionId, seen: Option<u64>) -> Outcome {
        match deed {
            ManyDeed::Approve => self.decide_approve(by, question, seen),
            ManyDeed::Decline { reason, note } => {
                self.decide_decline(by, question, *reason, note.as_deref(), None, seen)
            }
            ManyDeed::Label { label, on } => self.decide_label(by, question, label, *on, seen),
            ManyDeed::Bundle { into } if *into == question => {
                self.seen(question, seen)?;
                Ok(Decision::nothing(Some(question)))
            }
            ManyDeed::Bundle { into } => {
                let card = self.seen(question, seen)?;
                self.must_be(card, &[Status::Waiting, Status::Shown])?;
                if card.face.place.lead == Some(*into) {
                    return Ok(Decision::nothing(Some(question)));
                }
                let event = Event::Bundled { by: by.name.clone(), question, into: *into };
                Ok(Decision::about(question, event))
            }
        }
    }
}
