//! Makes events history. Total: what an event names and is not there is left alone, so that no
//! journal can stop a session from coming back.

mod bundle;
mod citizen;
mod handling;
mod moderator;
mod post;
mod queue;
mod session;
mod undo;

use jiff::Timestamp;
use shared::{Act, QuestionId};

use crate::{
    Changes, Conversation, Event,
    state::{card::Standing, pen::Pen},
};

impl Conversation {
    /// Makes an event part of the session, and says what it changed for whom.
    pub fn apply(&mut self, at: Timestamp, event: &Event) -> Changes {
        let mut pen = Pen::new(self, at);
        pen.write(event);
        pen.finish()
    }
}

impl Pen<'_> {
    fn write(&mut self, event: &Event) {
        match event {
            // Only the first event of a session creates it.
            Event::Created { .. } => {}
            Event::Asked { by, question, text, name, shown, noted } => {
                self.ask(*by, *question, text, name.clone(), *shown, noted);
            }
            Event::Supported { by, question } => {
                self.support(*by, *question);
            }
            Event::Unsupported { by, question } => {
                self.unsupport(*by, *question);
            }
            Event::Withdrawn { question, .. } => {
                self.withdraw(*question);
            }
            Event::PhaseMoved { by, phase } => self.move_phase(by.as_deref(), *phase),
            Event::DetailsChanged { details, .. } => self.change_details(details),
            Event::KeyRenewed { role, hash, .. } => self.renew_key(*role, *hash),
            Event::Drafted { question, text, .. } => self.draft(*question, text),
            Event::Undone { by, step } => {
                self.undo(by, *step);
            }
            Event::Written { by, question, paper, text, ready } => {
                self.write_paper(by, *question, *paper, text, *ready);
            }
            Event::Heard { post, question, text, name, shown, noted } => {
                self.hear(post, *question, text, name.clone(), *shown, noted);
            }
            Event::Reheard { question, text, edited_at, noted } => {
                self.rehear(*question, text, *edited_at, noted);
            }
            Event::Unheard { address } => {
                self.unhear(address);
            }
            Event::Many { by, act, events } => {
                let done = events.iter().filter_map(|event| self.do_step(event)?.0).count();
                self.sign_many(u32::try_from(done).unwrap_or(u32::MAX), by, *act);
            }
            step => {
                if let Some((done, by, act, question)) = self.do_step(step) {
                    self.sign(done, by, act, question);
                }
            }
        }
    }

    /// What can be undone: whether it was done, by whom, what, and to which question.
    fn do_step<'e>(&mut self, event: &'e Event) -> Option<(Option<()>, &'e str, Act, Option<QuestionId>)> {
        let (done, by, act, question) = match event {
            Event::Approved { by, question } => (self.approve(*question), by, Act::Approved, Some(*question)),
            Event::Declined { by, question, reason, note, answer } => {
                let standing = Standing::Declined { reason: *reason, note: note.clone(), answer: answer.clone() };
                (self.decline(*question, standing), by, Act::Declined, Some(*question))
            }
            Event::Restored { by, question } => (self.restore(*question), by, Act::Restored, Some(*question)),
            Event::Edited { by, question, text, flags } => {
                (self.edit(*question, text, flags, false), by, Act::Edited, Some(*question))
            }
            Event::Masked { by, question, text, flags } => {
                (self.edit(*question, text, flags, true), by, Act::Masked, Some(*question))
            }
            Event::Led { by, question } => (self.lead(*question), by, Act::Led, Some(*question)),
            Event::Parted { by, these, those } => {
                self.part(these, those);
                (Some(()), by, Act::Parted, None)
            }
            Event::Labelled { by, question, label, on } => {
                (self.label(*question, label, *on), by, Act::Labelled, Some(*question))
            }
            Event::Assigned { by, question, alderman } => {
                (self.assign(*question, alderman.clone()), by, Act::Assigned, Some(*question))
            }
            Event::Routed { by, question, department, due } => {
                (self.route(by, *question, department.clone(), *due), by, Act::Routed, Some(*question))
            }
            Event::Bundled { by, question, into } => (self.bundle(*question, *into), by, Act::Bundled, Some(*question)),
            Event::Unbundled { by, question } => (self.leave_bundle(*question), by, Act::Unbundled, Some(*question)),
            Event::Staged { by, question } => (self.stage(*question), by, Act::Staged, Some(*question)),
            Event::Unstaged { by, question } => (self.unstage(*question), by, Act::Unstaged, Some(*question)),
            Event::Queued { by, order } => {
                self.order(order);
                (Some(()), by, Act::Queued, None)
            }
            Event::Entered { by, question, text, name, noted } => {
                (self.enter(*question, text, name.clone(), noted), by, Act::Entered, Some(*question))
            }
            Event::Revised { by, question, take } => (self.revise(*question, *take), by, Act::Revised, Some(*question)),
            Event::Told { by, question, on } => (self.set_telling(*question, *on), by, Act::Told, Some(*question)),
            Event::Announced { by, text } => {
                self.announce(text);
                (Some(()), by, Act::Announced, None)
            }
            Event::Bannered { by, text } => {
                self.set_banner(text.clone());
                (Some(()), by, Act::Bannered, None)
            }
            Event::BoxSet { by, open } => {
                self.set_box(*open);
                (Some(()), by, if *open { Act::OpenedBox } else { Act::ClosedBox }, None)
            }
            Event::Answered { by, question, text, spoken, alderman } => {
                (self.answer(*question, text, *spoken, alderman), by, Act::Answered, Some(*question))
            }
            Event::Corrected { by, question, text, spoken } => {
                (self.correct(*question, text, *spoken), by, Act::Answered, Some(*question))
            }
            _ => return None,
        };
        Some((done, by, act, question))
    }
}
