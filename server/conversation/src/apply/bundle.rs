//! Bundles: questions that go under a lead, leave it, or take its place.

use shared::{News, QuestionId};

use crate::state::{
    Staged,
    card::{Place, Standing},
    pen::Pen,
};

impl Pen<'_> {
    /// Puts a question, and its own wordings after it, under another's lead.
    pub(super) fn bundle(&mut self, id: QuestionId, into: QuestionId) -> Option<()> {
        let lead = self.now.lead_of(into).filter(|lead| lead.visible())?.id;
        if lead == id {
            return None;
        }
        self.leave_bundle(id);
        self.unqueue(id);
        self.card(id)?.show();
        self.bring_along(id, lead);
        let card = self.card(id)?;
        let mut moved = vec![id];
        moved.append(&mut card.face.place.wordings);
        for question in &moved {
            self.card(*question)?.face.place.lead = Some(lead);
        }
        self.card(lead)?.face.place.wordings.append(&mut moved.clone());
        let answered = self.now.cards.get(&lead)?.face.place.answer.is_some();
        for question in moved {
            self.tell(question, News::Bundled);
            if answered {
                self.tell(question, News::Answered);
            }
        }
        Some(())
    }

    /// Takes a question out from under its lead.
    pub(super) fn leave_bundle(&mut self, id: QuestionId) -> Option<()> {
        let lead = self.card(id)?.face.place.lead.take()?;
        self.card(lead)?.face.place.wordings.retain(|wording| *wording != id);
        // What its author was told of the bundle is so no longer.
        let place = &mut self.card(id)?.face.place;
        place.news.remove(&News::Bundled);
        if place.answer.is_none() {
            place.news.remove(&News::Answered);
        }
        Some(())
    }

    /// Takes a question out of everybody's sight. A bundle goes on without it.
    pub(super) fn hide(&mut self, id: QuestionId, standing: Standing) -> Option<()> {
        self.touch(id);
        if self.now.cards.get(&id)?.leads() {
            self.succeed(id, None);
        } else {
            self.leave_bundle(id);
            self.unqueue(id);
            if self.now.on_stage(id) {
                self.set_stage(None);
            }
        }
        self.card(id)?.face.place.standing = standing;
        Some(())
    }

    /// A wording changes places with its lead.
    pub(super) fn lead(&mut self, id: QuestionId) -> Option<()> {
        let lead = self.card(id)?.face.place.lead?;
        self.succeed(lead, Some(id))?;
        self.card(lead)?.face.place.lead = Some(id);
        self.card(id)?.face.place.wordings.insert(0, lead);
        self.tell(lead, News::Bundled);
        Some(())
    }

    /// A wording, the first unless one is named, becomes the lead, with the place in the queue or on
    /// stage, the answer, the draft, and what was arranged.
    fn succeed(&mut self, id: QuestionId, heir: Option<QuestionId>) -> Option<()> {
        self.touch_bundle(id);
        let Place { wordings, answer, .. } = &mut self.card(id)?.face.place;
        let place = heir.map_or(Some(0), |heir| wordings.iter().position(|wording| *wording == heir))?;
        let (mut wordings, answer) = (std::mem::take(wordings), answer.take());
        let heir = wordings.remove(place);
        if let Some(staged) = self.now.stage.filter(|staged| staged.question == id) {
            self.set_stage(Some(Staged { question: heir, ..staged }));
        }
        for wording in &wordings {
            self.card(*wording)?.face.place.lead = Some(heir);
        }
        let place = &mut self.card(heir)?.face.place;
        place.lead = None;
        place.news.remove(&News::Bundled);
        place.answer = answer;
        place.wordings = wordings;
        if self.now.queue.contains(&id) {
            self.head().queue.iter_mut().filter(|queued| **queued == id).for_each(|queued| *queued = heir);
        }
        if let Some(draft) = self.now.drafts.get(&id).cloned().filter(|_| !self.now.drafts.contains_key(&heir)) {
            self.set_draft(id, None);
            self.set_draft(heir, Some(draft));
        }
        self.hand_over(id, heir)
    }
}
