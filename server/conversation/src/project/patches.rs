//! What an event changed in each view: the cards and heads that were touched, before and after.

use std::collections::BTreeSet;

use shared::{
    QuestionId,
    views::{DeskSession, Patch},
};

use crate::{
    Changes, Conversation, ParticipantId,
    state::{
        card::Card,
        pen::{CardBefore, Pen},
    },
};

impl Pen<'_> {
    /// A patch for each audience whose view is different now.
    pub fn patches(self) -> Changes {
        let Pen { now, cards, head, renewed, .. } = self;
        let (mut public, mut moderator) = (Faces::default(), Faces::default());
        let (mut panel, mut desk) = (Faces::default(), Faces::default());
        for (id, before) in cards {
            let Some(card) = now.cards.get(&id) else { continue };
            let before = before.map(|was| (was.public, Some(was.moderator), was.panel, was.desk));
            let (was_public, was_moderator, was_panel, was_desk) = before.unwrap_or_default();
            public.compare(id, was_public, now.public_face(card));
            moderator.compare(id, was_moderator, Some(now.moderator_face(card)));
            panel.compare(id, was_panel, now.panel_face(card));
            desk.compare(id, was_desk, now.desk_face(card));
        }
        let (for_public, for_moderator, for_panel) = match head {
            None => (None, None, None),
            Some(head) => (
                different(&head.public, now.public_head()),
                different(&head.moderator, now.moderator_head()),
                different(&head.panel, now.panel_head()),
            ),
        };
        let for_desk = for_public.clone().map(|public| DeskSession { public });
        Changes {
            public: public.patch(&mut now.seqs.public, for_public),
            moderator: moderator.patch(&mut now.seqs.moderator, for_moderator),
            panel: panel.patch(&mut now.seqs.panel, for_panel),
            desk: desk.patch(&mut now.seqs.desk, for_desk),
            participants: BTreeSet::new(),
            renewed,
        }
    }

    /// Whose own questions or supports may look different now.
    pub fn listeners(&self) -> BTreeSet<ParticipantId> {
        let now = &*self.now;
        let mut listeners = self.participants.clone();
        for (id, before) in &self.cards {
            let Some(card) = now.cards.get(id) else { continue };
            if looks_different_to_asker(now, card, before.as_ref()) {
                listeners.extend(askers(now, *id));
            }
            let same_to_supporters = before.as_ref().is_some_and(|before| {
                before.public.is_some() == card.visible() && before.place.lead == card.face.place.lead
            });
            if !same_to_supporters {
                listeners.extend(&card.supporters);
            }
        }
        for id in self.moved_in_queue() {
            listeners.extend(askers(now, id));
        }
        listeners
    }

    /// Questions with another place in the queue than before.
    fn moved_in_queue(&self) -> BTreeSet<QuestionId> {
        let Some(head) = &self.head else { return BTreeSet::new() };
        let places =
            |queue: &[QuestionId]| -> BTreeSet<(usize, QuestionId)> { queue.iter().copied().enumerate().collect() };
        places(&head.queue).symmetric_difference(&places(&self.now.queue)).map(|(_, id)| *id).collect()
    }
}

/// Who asked a question or one of its wordings: these tell their askers how their lead stands.
fn askers(now: &Conversation, id: QuestionId) -> impl Iterator<Item = ParticipantId> {
    let wordings = now.cards.get(&id).map_or(&[][..], |card| &card.face.place.wordings);
    wordings.iter().copied().chain([id]).filter_map(|id| now.cards.get(&id)?.asker)
}

fn looks_different_to_asker(now: &Conversation, card: &Card, before: Option<&CardBefore>) -> bool {
    before.is_none_or(|before| {
        before.words != card.face.words
            || before.place.standing != card.face.place.standing
            || before.place.lead != card.face.place.lead
            || before.status != now.status(card)
            || before.moderator.card.asked_at != now.moment(card.asked_at)
    })
}

fn different<H: PartialEq>(before: &H, after: H) -> Option<H> {
    (*before != after).then_some(after)
}

/// The cards of one audience that are different now, and those that it no longer sees.
struct Faces<C> {
    changed: Vec<C>,
    gone: Vec<QuestionId>,
}

impl<C> Default for Faces<C> {
    fn default() -> Self {
        Self { changed: Vec::new(), gone: Vec::new() }
    }
}

impl<C: PartialEq> Faces<C> {
    fn compare(&mut self, id: QuestionId, before: Option<C>, now: Option<C>) {
        match (before, now) {
            (Some(_), None) => self.gone.push(id),
            (before, Some(now)) if before.as_ref() != Some(&now) => self.changed.push(now),
            _ => {}
        }
    }

    fn patch<H>(self, seq: &mut u64, session: Option<H>) -> Option<Patch<H, C>> {
        let Self { changed: questions, gone } = self;
        if session.is_none() && questions.is_empty() && gone.is_empty() {
            return None;
        }
        let after = *seq;
        *seq += 1;
        Some(Patch { after, seq: *seq, session, questions, gone })
    }
}
