//! What moderators do to one question, and the panel's answers to it.

use shared::{Flag, News, QuestionId, flags::BLOCK};

use crate::state::{
    Draft,
    card::{Answer, Standing, Words},
    pen::Pen,
};

impl Pen<'_> {
    pub(super) fn approve(&mut self, id: QuestionId) -> Option<()> {
        self.card(id)?.show();
        Some(())
    }

    pub(super) fn decline(&mut self, id: QuestionId, standing: Standing) -> Option<()> {
        self.hide(id, standing)?;
        self.tell(id, News::Declined);
        Some(())
    }

    pub(super) fn restore(&mut self, id: QuestionId) -> Option<()> {
        let card = self.card(id)?;
        if card.face.place.was_shown {
            card.show();
        } else {
            card.face.place.standing = Standing::Waiting;
        }
        card.face.place.news.remove(&News::Declined);
        Some(())
    }

    pub(super) fn edit(&mut self, id: QuestionId, text: &str, flags: &[Flag], masked: bool) -> Option<()> {
        let own = self.now.details.hashtag.folded();
        let card = self.card(id)?;
        let Words { text: old, original, masked: before, .. } = &card.face.words;
        let first = original.clone().unwrap_or_else(|| old.clone());
        let masked = masked || (*before && text.contains(BLOCK));
        let original = (first != text).then_some(first);
        let revision = card.face.words.revision.take();
        card.face.words = Words { text: text.to_owned(), original, flags: flags.to_vec(), masked, revision };
        card.find_topics(&own);
        Some(())
    }

    pub(super) fn answer(&mut self, id: QuestionId, text: &str, spoken: bool, alderman: &str) -> Option<()> {
        let at = self.at;
        let answer = Answer { text: text.to_owned(), spoken, by: alderman.to_owned(), at, corrected: false };
        self.card(id)?.face.place.answer = Some(answer);
        self.unqueue(id);
        self.forget_draft(id);
        self.tell_bundle(id, News::Answered);
        Some(())
    }

    pub(super) fn correct(&mut self, id: QuestionId, text: &str, spoken: bool) -> Option<()> {
        let answer = self.card(id)?.face.place.answer.as_mut()?;
        *answer = Answer { text: text.to_owned(), spoken, corrected: true, ..answer.clone() };
        self.forget_draft(id);
        Some(())
    }

    pub(super) fn draft(&mut self, id: QuestionId, text: &str) {
        if self.now.cards.contains_key(&id) {
            let draft = Draft { text: text.to_owned(), at: self.at };
            self.set_draft(id, (!text.is_empty()).then_some(draft));
        }
    }

    fn forget_draft(&mut self, id: QuestionId) {
        if self.now.drafts.contains_key(&id) {
            self.set_draft(id, None);
        }
    }
}
