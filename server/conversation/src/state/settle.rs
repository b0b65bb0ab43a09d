//! What every event ends with: the numbers that follow from it are brought up to date, a step is
//! kept with what it touched, and everybody who should hear of it gets a patch.

use std::collections::BTreeMap;

use shared::views::Counts;

use super::{
    card::{Card, Place, Standing},
    pen::{Pen, Signed},
    steps::{Change, Parts, Seat, Step},
};
use crate::{Changes, Conversation, ParticipantId};

impl Pen<'_> {
    /// Puts the pen down: all that follows from what was written, and who should hear of it.
    pub fn finish(mut self) -> Changes {
        self.count_crowds();
        self.count_versions();
        self.count_questions();
        self.keep_step();
        let participants = self.listeners();
        let mut changes = self.patches();
        changes.participants = participants;
        changes
    }

    /// Counts the people behind every bundle that got other questions.
    fn count_crowds(&mut self) {
        for (id, before) in &self.cards {
            let Some(card) = self.now.cards.get(id) else { continue };
            let wordings = &card.face.place.wordings;
            if before.as_ref().is_some_and(|before| before.place.wordings == *wordings) {
                continue;
            }
            let crowd = self.now.crowd_of(card);
            if let Some(card) = self.now.cards.get_mut(id) {
                card.crowd = crowd;
            }
        }
    }

    /// Whoever looked at a card before it changed must be able to tell.
    fn count_versions(&mut self) {
        for (id, before) in &self.cards {
            let (Some(before), Some(card)) = (before, self.now.cards.get(id)) else { continue };
            let same = before.words == card.face.words
                && before.place == card.face.place
                && before.handling == card.face.handling
                && before.status == self.now.status(card);
            if let (false, Some(card)) = (same, self.now.cards.get_mut(id)) {
                card.version += 1;
                card.changed = self.changed.clone();
                let decided = matches!(card.face.place.standing, Standing::Public | Standing::Declined { .. });
                if before.place.standing == Standing::Waiting && decided {
                    card.decided_at.get_or_insert(self.at);
                }
            }
        }
        // A new card that staff put down carries their name from the start.
        for id in self.cards.iter().filter(|(_, before)| before.is_none()).map(|(id, _)| id) {
            if let Some(card) = self.now.cards.get_mut(id) {
                card.changed = self.changed.clone();
            }
        }
    }

    fn count_questions(&mut self) {
        let mut counts = self.now.counts;
        for (id, before) in &self.cards {
            let less = before.as_ref().map_or_else(Counts::default, |before| counted(&before.place));
            let more = self.now.cards.get(id).map_or_else(Counts::default, |card| counted(&card.face.place));
            counts.asked = counts.asked + more.asked - less.asked;
            counts.answered = counts.answered + more.answered - less.answered;
            counts.bundled = counts.bundled + more.bundled - less.bundled;
        }
        if counts != self.now.counts {
            self.head().counts = counts;
        }
    }

    fn keep_step(&mut self) {
        let Some(Signed { by, act, question, many }) = self.step.take() else { return };
        self.head();
        let (id, at, parts) = (self.now.steps.count + 1, self.at, self.parts());
        self.now.steps.push(Step { id, by, act, question, many, at, undone_by: None, parts });
    }

    /// Exactly what was touched and is different now.
    fn parts(&self) -> Parts {
        let mut parts = Parts::default();
        let now = &*self.now;
        for (&id, before) in &self.cards {
            let (Some(card), Some(seat)) = (now.cards.get(&id), now.seat(id)) else { continue };
            let Some(before) = before else {
                parts.entered = Some(id);
                continue;
            };
            let (queue, stage) = self.head.as_ref().map_or((&now.queue, now.stage), |head| (&head.queue, head.stage));
            let old_seat = Seat {
                place: before.place.clone(),
                on_stage: stage.is_some_and(|staged| staged.question == id),
                queued: queue.contains(&id),
            };
            parts.seats.extend(Change::between(old_seat, seat).map(|change| (id, change)));
            let words = Change::between(before.words.clone(), card.face.words.clone());
            parts.words.extend(words.map(|change| (id, change)));
            let handling = Change::between(before.handling.clone(), card.face.handling.clone());
            parts.handlings.extend(handling.map(|change| (id, change)));
        }
        for (&id, before) in &self.drafts {
            let draft = Change::between(before.clone(), now.drafts.get(&id).cloned());
            parts.drafts.extend(draft.map(|change| (id, change)));
        }
        for (&id, before) in &self.papers {
            let papers = Change::between(before.clone(), now.papers.get(&id).cloned());
            parts.papers.extend(papers.map(|change| (id, change)));
        }
        parts.parted = self.parted;
        parts.announced = self.announced;
        if let Some(head) = &self.head {
            parts.queue = Change::between(head.queue.clone(), now.queue.clone());
            parts.stage = Change::between(head.stage, now.stage);
            parts.banner = Change::between(head.banner.clone(), now.banner.clone());
            parts.box_closed = Change::between(head.box_closed, now.box_closed_by_hand);
            parts.phase = Change::between(head.phase, now.phase);
        }
        parts
    }
}

impl Conversation {
    /// Who stands behind the bundle that a question leads, and behind how many of its questions.
    pub(crate) fn crowd_of(&self, lead: &Card) -> BTreeMap<ParticipantId, u32> {
        let mut crowd = BTreeMap::new();
        if lead.leads() {
            let questions = lead.face.place.wordings.iter().filter_map(|id| self.cards.get(id)).chain([lead]);
            for who in questions.flat_map(|question| &question.supporters) {
                *crowd.entry(*who).or_insert(0) += 1;
            }
        }
        crowd
    }
}

/// What a question adds to the counts. A lead's answer answers its wordings too; these are all
/// public, and have none of their own.
fn counted(place: &Place) -> Counts {
    if place.standing != Standing::Public {
        return Counts::default();
    }
    let wordings = u32::try_from(place.wordings.len()).unwrap_or(u32::MAX - 1);
    Counts {
        asked: 1,
        answered: if place.answer.is_some() { 1 + wordings } else { 0 },
        bundled: u32::from(place.lead.is_some()),
    }
}
