//! What staff did, with what it looked like before and after, so that it can be undone.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::{Act, Phase, QuestionId, Refusal};

use super::{
    Banner, Conversation, Draft, Staged,
    card::{Handling, Place, Standing, Words},
    papers::Papers,
};

/// How many of the latest steps can still be undone.
const KEPT: usize = 200;

/// The latest steps, oldest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Steps {
    pub latest: VecDeque<Step>,
    /// How many there ever were: the number of the last one.
    pub count: u64,
}

/// Something a member of staff did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub id: u64,
    pub by: String,
    pub act: Act,
    pub question: Option<QuestionId>,
    /// How many questions, when it was done to many at once.
    pub many: Option<u32>,
    pub at: Timestamp,
    pub undone_by: Option<String>,
    pub parts: Parts,
}

/// How one part looked before and after a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change<T> {
    pub before: T,
    pub after: T,
}

/// Exactly what a step touched.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Parts {
    pub words: BTreeMap<QuestionId, Change<Words>>,
    pub seats: BTreeMap<QuestionId, Change<Seat>>,
    /// A question that came into being.
    pub entered: Option<QuestionId>,
    pub queue: Option<Change<Vec<QuestionId>>>,
    pub stage: Option<Change<Option<Staged>>>,
    pub banner: Option<Change<Option<Banner>>>,
    pub box_closed: Option<Change<bool>>,
    pub phase: Option<Change<Phase>>,
    pub drafts: BTreeMap<QuestionId, Change<Option<Draft>>>,
    pub handlings: BTreeMap<QuestionId, Change<Handling>>,
    pub papers: BTreeMap<QuestionId, Change<Option<Papers>>>,
    /// Whether it kept questions apart.
    pub parted: bool,
    /// Whether it said something on the networks.
    pub announced: bool,
}

/// Where a question stands, and whether it is on stage or in the queue. An answered question has
/// the same status on stage and off it, so its status would not tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    pub place: Place,
    pub on_stage: bool,
    pub queued: bool,
}

impl<T: PartialEq> Change<T> {
    /// A change, if it is one.
    pub fn between(before: T, after: T) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }
}

impl Steps {
    /// Keeps a step under the next number.
    pub fn push(&mut self, step: Step) {
        self.count = step.id;
        self.latest.push_back(step);
        if self.latest.len() > KEPT {
            self.latest.pop_front();
        }
    }

    /// The step with this number, while it is kept.
    pub fn get(&self, id: u64) -> Option<&Step> {
        self.latest.iter().find(|step| step.id == id)
    }

    /// The same, to mark it.
    pub fn get_mut(&mut self, id: u64) -> Option<&mut Step> {
        self.latest.iter_mut().find(|step| step.id == id)
    }
}

impl Conversation {
    /// The step, when undoing it disturbs nothing that was built on it.
    pub(crate) fn undoable(&self, id: u64) -> Result<&Step, Refusal> {
        if id == 0 || id > self.steps.count {
            return Err(Refusal::NotFound);
        }
        match self.steps.get(id) {
            Some(step) if step.undone_by.is_none() && self.stands(step) => Ok(step),
            _ => Err(Refusal::CannotUndo),
        }
    }

    /// Whether everything a step touched is still as it left it, and can be as it was. Drafts and
    /// papers are left out: nobody's typing stands in the way of undoing.
    fn stands(&self, step: &Step) -> bool {
        let parts = &step.parts;
        parts.words.iter().all(|(id, words)| self.cards.get(id).is_some_and(|card| card.face.words == words.after))
            && parts.seats.iter().all(|(id, seat)| self.seat(*id).as_ref() == Some(&seat.after))
            && parts
                .handlings
                .iter()
                .all(|(id, handling)| self.cards.get(id).is_some_and(|card| card.face.handling == handling.after))
            && parts.entered.is_none_or(|id| self.seat(id).is_some_and(|seat| is_as_entered(&seat)))
            && parts.stage.as_ref().is_none_or(|stage| self.stage == stage.after)
            && parts.banner.as_ref().is_none_or(|banner| self.banner == banner.after)
            && parts.box_closed.as_ref().is_none_or(|closed| self.box_closed_by_hand == closed.after)
            && parts.phase.as_ref().is_none_or(|phase| self.phase == phase.after)
            && self.queue_can_return(step)
            && self.stage_can_return(parts)
    }

    /// The whole queue goes back only as a whole; single questions always find a place in it.
    fn queue_can_return(&self, step: &Step) -> bool {
        match &step.parts.queue {
            Some(queue) if step.act == Act::Queued => {
                self.queue == queue.after && queue.before.iter().all(|id| self.queueable(*id))
            }
            _ => true,
        }
    }

    /// Nothing is on stage in a session that is over.
    fn stage_can_return(&self, parts: &Parts) -> bool {
        let stage = parts.stage.as_ref().map_or(self.stage, |stage| stage.before);
        let phase = parts.phase.as_ref().map_or(self.phase, |phase| phase.before);
        stage.is_none() || phase <= Phase::Live
    }

    /// Where a question stands now.
    pub(crate) fn seat(&self, id: QuestionId) -> Option<Seat> {
        let card = self.cards.get(&id)?;
        Some(Seat { place: card.face.place.clone(), on_stage: self.on_stage(id), queued: self.queue.contains(&id) })
    }
}

fn is_as_entered(seat: &Seat) -> bool {
    let Place { standing, lead, wordings, answer, .. } = &seat.place;
    *standing == Standing::Public
        && !seat.on_stage
        && !seat.queued
        && lead.is_none()
        && wordings.is_empty()
        && answer.is_none()
}
