//! The queue in another order: shown at once, and put back when the server does not agree.

use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{QuestionId, commands::QueueOrder};

use super::state::{Desk, Ordering};
use crate::api::Method;

impl Desk {
    /// Puts the queue in another order; `id` is the question that was moved. What is asked for
    /// while another order is under way is shown at once and sent after it.
    pub fn reorder(self, id: QuestionId, order: Vec<QuestionId>, said: &'static str) {
        let under_way = self.ordering.get_untracked().is_some();
        self.work(id).refusal.set(None);
        self.ordering.set(Some(Ordering { order, moved: id, said }));
        if !under_way {
            self.send_order(self.session.with_untracked(|session| session.public.queue.clone()));
        }
    }

    /// Sends the order that is wished for, made from the one `seen`, until the server has it.
    fn send_order(self, seen: Vec<QuestionId>) {
        let Some(sent) = self.ordering.get_untracked() else { return };
        let work = self.work(sent.moved);
        work.busy.set(true);
        self.make(
            Method::Put,
            "/queue",
            Some(QueueOrder { order: sent.order.clone(), seen: Some(seen.clone()) }),
            move |answer: Result<IgnoredAny, String>| {
                work.busy.set(false);
                match answer {
                    Ok(_) => {
                        self.announce(sent.said);
                        self.take_in_order(&seen, sent.order.clone());
                        if self.ordering.with_untracked(|now| now.as_ref() != Some(&sent)) {
                            return self.send_order(sent.order);
                        }
                    }
                    Err(sentence) => work.refusal.set(Some(sentence)),
                }
                self.ordering.set(None);
            },
        );
    }

    /// The queue as it will be when everything under way is done.
    pub fn queue_now(self) -> Vec<QuestionId> {
        self.ordering
            .get_untracked()
            .map_or_else(|| self.session.with_untracked(|session| session.public.queue.clone()), |wished| wished.order)
    }

    /// Takes in the order that the server agreed to, unless the socket was faster.
    fn take_in_order(self, seen: &[QuestionId], order: Vec<QuestionId>) {
        if self.session.with_untracked(|session| session.public.queue == seen) {
            self.live.view.update(|view| view.session.public.queue = order);
            self.absorb(&[], true);
        }
    }
}
