//! What comes of a command: the rules proper, one file for each kind of author.

mod bundle;
mod citizen;
mod handling;
mod many;
mod moderator;
mod panel;
mod post;
mod queue;
mod session;

use jiff::Timestamp;
use shared::{QuestionId, Refusal, Status};

use crate::{
    Command, Conversation, Decision, Ids,
    state::card::{Card, Changed},
};

type Outcome = Result<Decision, Refusal>;

impl Conversation {
    /// The events a command comes to now, or why not. Changes nothing; a command for what is so
    /// already is no refusal but comes to no events.
    pub fn decide(&self, command: &Command, now: Timestamp, ids: &mut dyn Ids) -> Outcome {
        match command {
            Command::Ask { by, text, name, noted } => self.decide_ask(*by, text, name.as_deref(), noted, now, ids),
            Command::Support { by, question, on } => self.decide_support(*by, *question, *on),
            Command::Withdraw { by, question } => self.decide_withdraw(*by, *question),
            Command::Approve { by, question, seen } => self.decide_approve(by, *question, *seen),
            Command::Decline { by, question, reason, note, answer, seen } => {
                self.decide_decline(by, *question, *reason, note.as_deref(), answer.as_ref(), *seen)
            }
            Command::Restore { by, question, seen } => self.decide_restore(by, *question, *seen),
            Command::Edit { by, question, text, flags, seen } => self.decide_edit(by, *question, text, flags, *seen),
            Command::Mask { by, question, seen } => self.decide_mask(by, *question, *seen),
            Command::Enter { by, text, name, noted } => self.decide_enter(by, text, name.as_deref(), noted, ids),
            Command::Bundle { by, question, into, seen } => self.decide_bundle(by, *question, *into, *seen),
            Command::Unbundle { by, question, seen } => self.decide_unbundle(by, *question, *seen),
            Command::Lead { by, question, seen } => self.decide_lead(by, *question, *seen),
            Command::Part { by, these, those } => self.decide_part(by, these, those),
            Command::Label { by, question, label, on, seen } => self.decide_label(by, *question, label, *on, *seen),
            Command::Assign { by, question, alderman, seen } => {
                self.decide_assign(by, *question, alderman.as_deref(), *seen)
            }
            Command::Route { by, question, department, due, seen } => {
                self.decide_route(by, *question, department.as_deref(), due.as_deref(), *seen)
            }
            Command::Many { by, deed, questions } => self.decide_many(by, deed, questions),
            Command::Write { by, question, paper, text, ready, seen } => {
                self.decide_write(by, *question, *paper, text, *ready, *seen)
            }
            Command::Stage { by, question, seen } => self.decide_stage(by, *question, *seen),
            Command::Unstage { by, question, seen } => self.decide_unstage(by, *question, *seen),
            Command::Order { by, order, seen } => self.decide_order(by, order, seen.as_deref()),
            Command::Answer { by, question, text, spoken, alderman } => {
                self.decide_answer(by, *question, text, *spoken, alderman.as_deref())
            }
            Command::KeepDraft { by, question, text } => self.decide_draft(by, *question, text),
            Command::SetBanner { by, text } => self.decide_banner(by, text.as_deref()),
            Command::SetBox { by, open } => Ok(self.decide_box(by, *open)),
            Command::MovePhase { by, phase } => Ok(self.decide_phase(by, *phase)),
            Command::ChangeDetails { by, details } => Ok(self.decide_details(by, details)),
            Command::RenewKey { by, role, hash } => Ok(Self::decide_key(by, *role, *hash)),
            Command::Undo { by, step } => self.decide_undo(by, *step),
            Command::Hear { post, text, name, noted } => self.decide_hear(post, text, name.as_deref(), noted, ids),
            Command::Unhear { address } => Ok(self.decide_unhear(address)),
            Command::Revise { by, question, take, seen } => self.decide_revise(by, *question, *take, *seen),
            Command::Tell { by, question, on, seen } => self.decide_tell(by, *question, *on, *seen),
            Command::Announce { by, text } => self.decide_announce(by, text),
            Command::Tick => Ok(self.decide_tick(now)),
        }
    }

    /// A question, for staff.
    fn question(&self, id: QuestionId) -> Result<&Card, Refusal> {
        self.cards.get(&id).ok_or(Refusal::NotFound)
    }

    /// A question as its author saw it last: of two at the same card, the second is told.
    fn seen(&self, id: QuestionId, seen: Option<u64>) -> Result<&Card, Refusal> {
        let card = self.question(id)?;
        if seen.is_none_or(|seen| seen == card.version) {
            return Ok(card);
        }
        Err(match card.changed.clone() {
            Changed { by: Some(by), act: Some(act) } => Refusal::Changed { by, act },
            _ => self.wrong(card),
        })
    }

    /// Only the lead of a bundle can be queued, staged or answered.
    fn unbundled(card: &Card) -> Result<(), Refusal> {
        card.face.place.lead.map_or(Ok(()), |into| Err(Refusal::IsBundled { into }))
    }

    /// What an author is told who does not know where this question stands.
    fn wrong(&self, card: &Card) -> Refusal {
        Refusal::WrongStatus { now: self.status(card) }
    }

    fn must_be(&self, card: &Card, allowed: &[Status]) -> Result<(), Refusal> {
        if allowed.contains(&self.status(card)) { Ok(()) } else { Err(self.wrong(card)) }
    }

    fn fresh_id(&self, ids: &mut dyn Ids) -> QuestionId {
        loop {
            let id = ids.question();
            if !self.cards.contains_key(&id) {
                return id;
            }
        }
    }
}
