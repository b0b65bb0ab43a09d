//! A moderator, by API.

use serde_json::{Value, json};
use shared::{
    Phase, QuestionId, Reason,
    commands::Asked,
    views::{ModeratorCard, ModeratorView, Proposals, Step},
};

use super::{Caller, ModeratorScreen, Reply, Screen, screen::Live};

/// Somebody who holds a session's moderator key.
#[derive(Clone)]
pub struct Moderator {
    /// With the key.
    pub caller: Caller,
    session: String,
    hashtag: String,
}

impl Moderator {
    /// By this key.
    pub fn with_key(stranger: &Caller, hashtag: &str, key: &str) -> Self {
        Self { caller: stranger.with_key(key), session: format!("/sessions/{hashtag}"), hashtag: hashtag.to_owned() }
    }

    /// All that moderators see.
    pub async fn view(&self) -> ModeratorView {
        self.caller.get(&format!("{}/moderation", self.session)).await.is(200).read()
    }

    /// One question as moderators see it.
    pub async fn card(&self, question: QuestionId) -> ModeratorCard {
        self.view().await.card(question).expect("a question that moderators see").clone()
    }

    /// Takes any step with a question, and may be refused.
    pub async fn tries(&self, step: &str, question: impl ToString, body: Value) -> Reply {
        self.caller.post(&format!("{}/questions/{}/{step}", self.session, question.to_string()), body).await
    }

    /// Makes a waiting question public.
    pub async fn approves(&self, question: QuestionId) -> ModeratorCard {
        self.does("approve", question, json!({})).await
    }

    /// Declines a question.
    pub async fn declines(&self, question: QuestionId, reason: Reason, note: Option<&str>) -> ModeratorCard {
        self.does("decline", question, json!({ "reason": reason, "note": note })).await
    }

    /// Brings a declined question back.
    pub async fn restores(&self, question: QuestionId) -> ModeratorCard {
        self.does("restore", question, json!({})).await
    }

    /// Changes a question's words.
    pub async fn edits(&self, question: QuestionId, text: &str) -> ModeratorCard {
        self.does("edit", question, json!({ "text": text })).await
    }

    /// Puts a question under another.
    pub async fn bundles(&self, question: QuestionId, lead: QuestionId) -> ModeratorCard {
        self.does("bundle", question, json!({ "into": lead })).await
    }

    /// Takes a question out of its bundle.
    pub async fn unbundles(&self, question: QuestionId) -> ModeratorCard {
        self.does("unbundle", question, json!({})).await
    }

    /// Makes a wording the lead of its bundle.
    pub async fn makes_lead(&self, question: QuestionId) -> ModeratorCard {
        self.does("lead", question, json!({})).await
    }

    /// Puts a block over what was flagged.
    pub async fn masks(&self, question: QuestionId) -> ModeratorCard {
        self.does("mask", question, json!({})).await
    }

    /// Sets something on a card: a label, an alderman, a department.
    pub async fn sets(&self, what: &str, question: QuestionId, body: Value) -> Reply {
        self.caller.put(&format!("{}/questions/{question}/{what}", self.session), body).await
    }

    /// Does the same to many questions at once, and may be refused.
    pub async fn tries_many(&self, deed: Value, questions: &[QuestionId]) -> Reply {
        let mut body = deed;
        body["questions"] = questions.iter().map(|question| json!({ "question": question })).collect();
        self.caller.post(&format!("{}/many", self.session), body).await
    }

    /// Says which questions do not mean the same.
    pub async fn parts(&self, these: &[QuestionId], others: &[QuestionId]) -> Reply {
        self.caller.post(&format!("{}/apart", self.session), json!({ "these": these, "those": others })).await
    }

    /// Which questions seem to mean the same.
    pub async fn proposals(&self) -> Proposals {
        self.caller.get(&format!("{}/proposals", self.session)).await.is(200).read()
    }

    /// Tells colleagues that this question is open here, or no longer.
    pub async fn claims(&self, question: QuestionId, open: bool) -> Reply {
        let path = format!("{}/questions/{question}/claim", self.session);
        if open { self.caller.put(&path, json!({})).await } else { self.caller.delete(&path).await }
    }

    /// Puts a question on stage.
    pub async fn stages(&self, question: QuestionId) -> ModeratorCard {
        self.does("stage", question, json!({})).await
    }

    /// Takes a question off stage.
    pub async fn unstages(&self, question: QuestionId) -> ModeratorCard {
        self.does("unstage", question, json!({})).await
    }

    /// Puts the queue in this order.
    pub async fn queues(&self, order: &[QuestionId]) -> Vec<QuestionId> {
        let reply = self.tries_to_queue(json!({ "order": order })).await.is(200);
        serde_json::from_value(reply.json()["order"].clone()).expect("an order")
    }

    /// Orders the queue, and may be refused.
    pub async fn tries_to_queue(&self, body: Value) -> Reply {
        self.caller.put(&format!("{}/queue", self.session), body).await
    }

    /// Types in a question from the hall.
    pub async fn enters(&self, name: &str, text: &str) -> QuestionId {
        self.caller
            .post(&format!("{}/hall", self.session), json!({ "text": text, "name": name }))
            .await
            .is(201)
            .read::<Asked>()
            .id
    }

    /// Puts up a banner, or takes it down.
    pub async fn puts_up(&self, banner: Option<&str>) -> Reply {
        self.caller.put(&format!("{}/banner", self.session), json!({ "text": banner })).await
    }

    /// Opens or closes the question box.
    pub async fn opens_box(&self, open: bool) -> Reply {
        self.caller.put(&format!("{}/box", self.session), json!({ "open": open })).await
    }

    /// Moves the session to another phase.
    pub async fn moves_to(&self, phase: Phase) -> Reply {
        self.caller.post(&format!("{}/phase", self.session), json!({ "phase": phase })).await
    }

    /// The newest step that was not undone.
    pub async fn last_step(&self) -> Step {
        let steps = self.view().await.session.steps;
        steps.into_iter().rev().find(|step| step.undone_by.is_none()).expect("a step")
    }

    /// Takes back a step.
    pub async fn undoes(&self, step: u64) -> Reply {
        self.caller.post_nothing(&format!("{}/steps/{step}/undo", self.session)).await
    }

    /// Opens the desk.
    pub async fn screen(&self) -> ModeratorScreen {
        Screen::opens(self.live()).await
    }

    /// How the desk connects.
    pub fn live(&self) -> Live {
        Live::new(self.caller.base(), &self.hashtag, shared::Audience::Moderator, self.caller.key())
    }

    async fn does(&self, step: &str, question: QuestionId, body: Value) -> ModeratorCard {
        self.tries(step, question, body).await.is(200).read()
    }
}
