//! Steps on their way to the server. Nothing changes on the desk before the server agreed, except
//! the queue's order, which is put back when it does not.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned, de::IgnoredAny};
use shared::{
    Phase, QuestionId, Reason,
    commands::{Ask, Asked, Bundle, Decline, Edit, MovePhase, QueueOrder, Seen, SetBanner, SetBox},
    views::ModeratorCard,
};

use super::{
    keys::Deed,
    moves,
    state::{Desk, Dialog, Form, Ordering},
};
use crate::{
    api::{self, Method},
    browser,
};

impl Desk {
    /// Does what a card's button or key says.
    pub fn act(self, id: QuestionId, deed: Deed) {
        self.select(id);
        if self.work(id).busy.get_untracked() {
            return;
        }
        let say = self.say;
        match deed {
            Deed::Approve => self.plain(id, "approve", say.did_approve()),
            Deed::Restore => self.plain(id, "restore", say.did_restore()),
            Deed::Stage => self.plain(id, "stage", say.did_stage()),
            Deed::Unstage => self.plain(id, "unstage", say.did_unstage()),
            Deed::Decline => self.open(id, Form::Decline),
            Deed::Edit => self.open(id, Form::Edit),
            Deed::Bundle => self.dialog.set(Some(Dialog::Bundle(id))),
            Deed::Wordings => super::dom::open_wordings(id),
            Deed::Enqueue | Deed::Dequeue => {
                let said = if deed == Deed::Enqueue { say.did_enqueue() } else { say.did_dequeue() };
                let order = moves::toggled(&self.queue_now(), id);
                self.reorder(id, order, said);
            }
            Deed::Next => self.next(),
        }
    }

    /// A step that needs nothing but the card.
    fn plain(self, id: QuestionId, verb: &'static str, said: &'static str) {
        self.step(id, verb, Seen { seen: self.version(id) }, None, said);
    }

    /// Puts the first of the queue on stage.
    pub fn next(self) {
        match self.queue_now().first() {
            Some(first) if !self.work(*first).busy.get_untracked() => self.plain(*first, "stage", self.say.did_stage()),
            Some(_) => {}
            None => self.announce(self.say.nothing_next()),
        }
    }

    /// Declines the card whose reasons are open; `Other` needs a note.
    pub fn decline(self, id: QuestionId, reason: Reason) {
        let work = self.work(id);
        let note = work.note.get_untracked().trim().to_owned();
        if reason == Reason::Other && note.is_empty() {
            work.refusal.set(Some(self.say.note_needed().into()));
            super::dom::focus(&super::decline::note_field(id));
            return;
        }
        let note = (!note.is_empty()).then_some(note);
        let body = Decline { reason, note, answer: None, seen: self.looked_at(id) };
        self.step(id, "decline", body, Some(Form::Decline), self.say.did_decline());
    }

    /// Sends the words of the card that is being edited.
    pub fn save(self, id: QuestionId) {
        let text = self.work(id).words.get_untracked();
        self.step(id, "edit", Edit { text, seen: self.looked_at(id) }, Some(Form::Edit), self.say.did_edit());
    }

    /// Puts a question under another.
    pub fn bundle(self, id: QuestionId, into: QuestionId) {
        self.dialog.set(None);
        self.step(id, "bundle", Bundle { into, seen: self.version(id) }, None, self.say.did_bundle());
    }

    /// Takes a wording out of its bundle.
    pub fn unbundle(self, id: QuestionId) {
        self.plain(id, "unbundle", self.say.did_unbundle());
    }

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

    /// Moves the session to another phase.
    pub fn move_phase(self, phase: Phase) {
        self.make(Method::Post, "/phase", Some(MovePhase { phase }), move |answer: Result<IgnoredAny, String>| {
            self.tell(answer.map(|_| ""));
        });
    }

    /// Opens or closes the question box.
    pub fn set_box(self, open: bool) {
        self.make(Method::Put, "/box", Some(SetBox { open }), move |answer: Result<IgnoredAny, String>| {
            self.tell(answer.map(|_| ""));
        });
    }

    /// Puts up the banner, or takes it down; `then` hears why it was not done.
    pub fn set_banner(self, text: Option<String>, then: impl FnOnce(Result<(), String>) + 'static) {
        self.make(Method::Put, "/banner", Some(SetBanner { text }), move |answer: Result<IgnoredAny, String>| {
            then(answer.map(drop));
        });
    }

    /// Enters a question from the hall; `then` hears why it was not done.
    pub fn enter(self, text: String, name: Option<String>, then: impl FnOnce(Result<Asked, String>) + 'static) {
        self.make(Method::Post, "/hall", Some(Ask { text, name }), then);
    }

    /// Says how a step about the session itself went.
    pub fn tell(self, outcome: Result<&'static str, String>) {
        match outcome {
            Ok(said) => {
                self.trouble.set(None);
                self.announce(said);
            }
            Err(sentence) => self.trouble.set(Some(sentence)),
        }
    }

    /// The version of a card when its form was opened. After a refusal, sending the same again is
    /// meant for the card as it is by then.
    fn looked_at(self, id: QuestionId) -> Option<u64> {
        self.work(id).seen.get_untracked().or_else(|| self.version(id))
    }

    /// A step with one card. The card is busy meanwhile; a refusal is written on it. When it was
    /// done, the form it came from is closed and empty; other half-done work stays.
    fn step<B: Serialize + 'static>(
        self,
        id: QuestionId,
        verb: &'static str,
        body: B,
        from: Option<Form>,
        said: &'static str,
    ) {
        let work = self.work(id);
        if work.busy.get_untracked() {
            return;
        }
        work.busy.set(true);
        work.refusal.set(None);
        self.make(Method::Post, &format!("/questions/{id}/{verb}"), Some(body), move |answer| {
            match answer {
                Ok(card) => {
                    match from {
                        Some(Form::Edit) => work.words.update(String::clear),
                        Some(Form::Decline) => work.note.update(String::clear),
                        None => {}
                    }
                    if from.is_some() {
                        work.form.set(None);
                    }
                    self.take_in(card);
                    self.announce(said);
                }
                Err(sentence) => {
                    work.seen.set(None);
                    work.refusal.set(Some(sentence));
                }
            }
            work.busy.set(false);
        });
    }

    /// Takes in a card that the server answered with, unless the socket was faster.
    fn take_in(self, card: ModeratorCard) {
        if self.version(card.card.id).is_none_or(|known| known < card.version) {
            self.live.view.update(|view| drop(view.questions.insert(card.card.id, card)));
        }
    }

    /// Takes in the order that the server agreed to, unless the socket was faster.
    fn take_in_order(self, seen: &[QuestionId], order: Vec<QuestionId>) {
        if self.session.with_untracked(|session| session.public.queue == seen) {
            self.live.view.update(|view| view.session.public.queue = order);
        }
    }

    /// Makes a step: as [`Self::call`], and known to be under way.
    fn make<B, R>(self, method: Method, path: &str, body: Option<B>, then: impl FnOnce(Result<R, String>) + 'static)
    where
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
        let path = format!("/sessions/{}{path}", self.hashtag.get_value());
        browser::spawn(async move {
            then(api::send::<B, R>(method, &path, body.as_ref()).await.map_err(|failure| failure.sentence(lang)));
        });
    }
}
