//! What each deed asks of the server.

use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{
    Phase, QuestionId, Reason,
    commands::{
        Ask, Asked, Assign, Bundle, Decline, Edit, Label, MovePhase, Revise, Route, Seen, SetBanner, SetBox, Tell,
    },
    sentences::sources::Sources,
};

use super::{
    keys::Deed,
    moves,
    send::Step,
    state::{Desk, Dialog, Form},
};
use crate::api::Method;

impl Desk {
    /// Does what a card's button or key says.
    pub fn act(self, id: QuestionId, deed: Deed) {
        self.select(id);
        if self.work(id).busy.get_untracked() {
            return;
        }
        let say = self.say;
        match deed {
            Deed::Approve => self.plain(id, "approve", say.approve(), say.did_approve()),
            Deed::Restore => self.plain(id, "restore", say.restore(), say.did_restore()),
            Deed::Stage => self.plain(id, "stage", say.put_on_stage(), say.did_stage()),
            Deed::Unstage => self.plain(id, "unstage", say.take_off_stage(), say.did_unstage()),
            Deed::Mask => self.plain(id, "mask", say.mask(), say.did_mask()),
            Deed::Twin => self.nearest_now(id).twin.into_iter().for_each(|twin| self.bundle(id, twin.id)),
            Deed::Refer => self.refer(id),
            Deed::Route => self.open(id, Form::Route),
            Deed::Label => self.open(id, Form::Label),
            Deed::Pick => self.toggle_pick(id),
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
            Deed::TakeOver => self.revise(id, true),
            Deed::LeaveAs => self.revise(id, false),
        }
    }

    /// A step that needs nothing but the card.
    fn plain(self, id: QuestionId, verb: &'static str, label: &'static str, said: &'static str) {
        let step = Step { verb, label, from: None, said };
        self.step(id, step, self.version(id), |seen| Seen { seen });
    }

    /// Puts the first of the queue on stage.
    pub fn next(self) {
        match self.queue_now().first() {
            Some(first) if !self.work(*first).busy.get_untracked() => {
                self.plain(*first, "stage", self.say.put_on_stage(), self.say.did_stage());
            }
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
        let say = self.say;
        let step = Step { verb: "decline", label: say.decline(), from: Some(Form::Decline), said: say.did_decline() };
        let body = move |seen| Decline { reason, note: note.clone(), answer: None, seen };
        self.step(id, step, self.looked_at(id), body);
    }

    /// Declines a question whose answer is there already, with a link to it.
    fn refer(self, id: QuestionId) {
        let Some(answered) = self.nearest_now(id).answered else { return };
        let say = self.say;
        let step = Step { verb: "decline", label: say.refer(), from: None, said: say.did_decline() };
        self.step(id, step, self.version(id), move |seen| {
            let answer = Some(answered.place.clone());
            Decline { reason: Reason::AlreadyAnswered, note: None, answer, seen }
        });
    }

    /// Sends the words of the card that is being edited.
    pub fn save(self, id: QuestionId) {
        let text = self.work(id).words.get_untracked();
        let step = Step { verb: "edit", label: self.say.edit(), from: Some(Form::Edit), said: self.say.did_edit() };
        self.step(id, step, self.looked_at(id), move |seen| Edit { text: text.clone(), seen });
    }

    /// Puts a question under another.
    pub fn bundle(self, id: QuestionId, into: QuestionId) {
        self.dialog.set(None);
        let step = Step { verb: "bundle", label: self.say.bundle(), from: None, said: self.say.did_bundle() };
        self.step(id, step, self.version(id), move |seen| Bundle { into, seen });
    }

    /// Takes a wording out of its bundle.
    pub fn unbundle(self, id: QuestionId) {
        self.plain(id, "unbundle", self.say.unbundle(), self.say.did_unbundle());
    }

    /// Makes a wording the lead of its bundle.
    pub fn lead(self, id: QuestionId) {
        self.plain(id, "lead", self.say.make_lead(), self.say.did_lead());
    }

    /// Puts a label on a question, or takes it off.
    pub fn label_one(self, id: QuestionId, label: String, on: bool) {
        let step = Step { verb: "label", label: self.say.label(), from: None, said: self.say.did_label() };
        self.step(id, step, self.version(id), move |seen| Label { label: label.clone(), on, seen });
    }

    /// Sends a question to a department, or calls it back.
    pub fn route(self, id: QuestionId, route: Route) {
        let say = self.say;
        let said = if route.department.is_some() { say.did_route() } else { say.did_call_back() };
        let step = Step { verb: "department", label: say.route(), from: Some(Form::Route), said };
        self.step(id, step, self.version(id), move |seen| Route { seen, ..route.clone() });
    }

    /// Gives a question to one of the aldermen, or to none in particular.
    pub fn assign(self, id: QuestionId, alderman: Option<String>) {
        let step = Step { verb: "alderman", label: self.say.alderman(), from: None, said: self.say.did_assign() };
        self.step(id, step, self.version(id), move |seen| Assign { alderman: alderman.clone(), seen });
    }

    /// Takes over what a post's author made of it, or leaves the words as they are.
    pub fn revise(self, id: QuestionId, take: bool) {
        let say = Sources(self.say.0);
        let (label, said) =
            if take { (say.take_over(), say.did_take_over()) } else { (say.leave_as(), say.did_leave()) };
        let step = Step { verb: "revision", label, from: None, said };
        self.step(id, step, self.version(id), move |seen| Revise { take, seen });
    }

    /// Says whether the author of a post is told what becomes of it; without, as the session is set.
    pub fn tell_author(self, id: QuestionId, on: Option<bool>) {
        let say = Sources(self.say.0);
        let step = Step { verb: "telling", label: say.tell(), from: None, said: say.did_tell() };
        self.step(id, step, self.version(id), move |seen| Tell { on, seen });
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
}
