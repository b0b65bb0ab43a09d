//! The stage and the queue behind it.

use shared::{News, QuestionId};

use crate::state::{Staged, pen::Pen};

impl Pen<'_> {
    /// Puts a question on stage. What was there goes back to the head of the queue, unless it was
    /// answered.
    pub(super) fn stage(&mut self, id: QuestionId) -> Option<()> {
        if !self.now.queueable(id) {
            return None;
        }
        self.clear_stage();
        self.unqueue(id);
        self.set_stage(Some(Staged { question: id, since: self.at }));
        self.tell_bundle(id, News::Staged);
        Some(())
    }

    pub(super) fn unstage(&mut self, id: QuestionId) -> Option<()> {
        if self.now.on_stage(id) {
            self.clear_stage();
            Some(())
        } else {
            None
        }
    }

    pub(super) fn order(&mut self, order: &[QuestionId]) {
        let mut queue = Vec::with_capacity(order.len());
        for &id in order {
            if self.now.queueable(id) && !queue.contains(&id) {
                queue.push(id);
            }
        }
        self.head().queue = queue;
    }

    fn clear_stage(&mut self) {
        let Some(staged) = self.now.stage else { return };
        self.set_stage(None);
        if self.now.queueable(staged.question) {
            self.head().queue.insert(0, staged.question);
        }
    }
}
