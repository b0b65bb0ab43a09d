//! Moderators, about what means the same.

use std::collections::BTreeSet;

use shared::{QuestionId, Refusal, Status, words};

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

    pub(super) fn decide_lead(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        if card.face.place.lead.is_some() {
            return Ok(Decision::about(question, Event::Led { by: by.name.clone(), question }));
        }
        if card.leads() { Ok(Decision::nothing(Some(question))) } else { Err(Refusal::NoBundle) }
    }

    /// At least one pair is kept apart; what is in both lists is kept apart from all of them.
    pub(super) fn decide_part(&self, by: &Staff, these: &[QuestionId], others: &[QuestionId]) -> Outcome {
        let (mut named, mut sides) = (BTreeSet::new(), Vec::new());
        for (field, side) in [("these", these), ("those", others)] {
            let side: BTreeSet<QuestionId> = side.iter().copied().collect();
            if side.is_empty() || side.len() > words::MAX_MANY {
                return Err(Refusal::Field { field: field.into() });
            }
            for id in &side {
                self.question(*id)?;
            }
            named.extend(side.iter().copied());
            sides.push(side);
        }
        if named.len() < 2 {
            return Err(Refusal::Field { field: "those".into() });
        }
        let known = |parting: &crate::state::papers::Parting| parting.these == sides[0] && parting.those == sides[1];
        if self.partings.iter().any(known) {
            return Ok(Decision::nothing(None));
        }
        let side = |side: usize| sides[side].iter().copied().collect();
        Ok(Decision::session(Event::Parted { by: by.name.clone(), these: side(0), those: side(1) }))
    }
}
