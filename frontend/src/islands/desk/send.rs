//! How a step reaches the server, and what becomes of its card meanwhile. Nothing changes on the desk before the server
//! agreed.

use std::sync::Arc;

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use shared::{QuestionId, Refusal, views::ModeratorCard};

use super::{
    conflict::Conflict,
    state::{Desk, Form},
};
use crate::{
    api::{self, Failure, Method},
    browser,
};

/// A step with one card.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// The last part of its address.
    pub verb: &'static str,
    /// What its button says.
    pub label: &'static str,
    /// The form it comes from.
    pub from: Option<Form>,
    /// What is said when it was done.
    pub said: &'static str,
}

impl Step {
    /// What is set on a card is put there; anything else is done to it.
    fn method(self) -> Method {
        const PUT: [&str; 5] = ["label", "alderman", "department", "revision", "telling"];
        if PUT.contains(&self.verb) { Method::Put } else { Method::Post }
    }
}

impl Desk {
    /// The version of a card when its form was opened. After a refusal, sending the same again is
    /// meant for the card as it is by then.
    pub(super) fn looked_at(self, id: QuestionId) -> Option<u64> {
        self.work(id).seen.get_untracked().or_else(|| self.version(id))
    }

    /// A step with one card as it was `seen`. The card is busy meanwhile; a refusal is written on it,
    /// and when a colleague was faster, one is asked again. When it was done, the form it came from is
    /// closed and empty; other half-done work stays.
    pub(super) fn step<B: Serialize + 'static>(
        self,
        id: QuestionId,
        step: Step,
        seen: Option<u64>,
        body: impl Fn(Option<u64>) -> B + Clone + Send + Sync + 'static,
    ) {
        let work = self.work(id);
        if work.busy.get_untracked() {
            return;
        }
        work.busy.set(true);
        work.refusal.set(None);
        work.conflict.set(None);
        let opened = step.from.and_then(|_| work.was.get_untracked());
        let before = opened.or_else(|| self.card_now(id).map(|card| (card.card.text, card.card.status)));
        let path = format!("/questions/{id}/{}", step.verb);
        let sent = body(seen);
        self.step_sent();
        self.ask(step.method(), &path, Some(sent), move |answer: Result<ModeratorCard, Failure>| {
            self.step_answered(answer.is_ok());
            match answer {
                Ok(card) => {
                    match step.from {
                        Some(Form::Edit) => work.words.update(String::clear),
                        Some(Form::Decline) => work.note.update(String::clear),
                        _ => {}
                    }
                    if step.from.is_some() {
                        work.form.set(None);
                    }
                    self.take_in(card);
                    self.announce(step.said);
                }
                Err(failure) => {
                    work.seen.set(None);
                    let again = move || {
                        // What is there now is on the screen; what came since the refusal is asked again.
                        let now = self.version(id).filter(|now| seen.is_none_or(|seen| *now > seen));
                        self.step(id, step, now, body.clone());
                    };
                    match (failure.refusal(), before) {
                        (Some(Refusal::Changed { by, act }), Some((words, status))) => {
                            let (by, act) = (by.clone(), *act);
                            let again = Arc::new(again);
                            work.conflict.set(Some(Conflict { by, act, words, status, label: step.label, again }));
                        }
                        _ => work.refusal.set(Some(failure.sentence(self.say.0))),
                    }
                }
            }
            work.busy.set(false);
        });
    }

    /// Takes in a card that the server answered with, unless the socket was faster.
    fn take_in(self, card: ModeratorCard) {
        if self.version(card.card.id).is_none_or(|known| known < card.version) {
            let id = card.card.id;
            self.live.view.update(|view| drop(view.questions.insert(id, card)));
            self.absorb(&[id], false);
        }
    }

    /// Makes a step: as [`Self::call`], and known to be under way.
    pub(super) fn make<B, R>(
        self,
        method: Method,
        path: &str,
        body: Option<B>,
        then: impl FnOnce(Result<R, String>) + 'static,
    ) where
        B: Serialize + 'static,
        R: DeserializeOwned + 'static,
    {
        self.step_sent();
        self.call(method, path, body, move |answer| {
            self.step_answered(answer.is_ok());
            then(answer);
        });
    }

    /// Calls the API about this session; `then` hears the answer, or why there is none.
    pub(super) fn call<B, R>(
        self,
        method: Method,
        path: &str,
        body: Option<B>,
        then: impl FnOnce(Result<R, String>) + 'static,
    ) where
        B: Serialize + 'static,
        R: DeserializeOwned + 'static,
    {
        let lang = self.say.0;
        self.ask(method, path, body, move |answer| then(answer.map_err(|failure: Failure| failure.sentence(lang))));
    }

    /// The same; `then` hears why there is none in the server's own terms.
    fn ask<B, R>(self, method: Method, path: &str, body: Option<B>, then: impl FnOnce(Result<R, Failure>) + 'static)
    where
        B: Serialize + 'static,
        R: DeserializeOwned + 'static,
    {
        let path = format!("/sessions/{}{path}", self.hashtag.get_value());
        browser::spawn(async move {
            then(api::send::<B, R>(method, &path, body.as_ref()).await);
        });
    }
}
