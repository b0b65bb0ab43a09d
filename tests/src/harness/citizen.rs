//! A participant who asks and supports, by API.

use serde_json::{Value, json};
use shared::{
    QuestionId,
    commands::{Asked, ParticipantMade, Supported},
    views::{Mine, MineCard},
};

use super::{Caller, PublicScreen, Reply, Screen, screen::Live};

/// One participant in one session.
#[derive(Clone)]
pub struct Citizen {
    /// With the participant's own token.
    pub caller: Caller,
    /// `/sessions/{hashtag}`.
    session: String,
    hashtag: String,
}

impl Citizen {
    /// Somebody new.
    pub async fn arrives(stranger: &Caller, hashtag: &str) -> Self {
        let made: ParticipantMade = stranger.post_nothing("/participants").await.is(201).read();
        Self::known_as(stranger, hashtag, &made.token)
    }

    /// Somebody who was here before.
    pub fn known_as(stranger: &Caller, hashtag: &str, token: &str) -> Self {
        Self { caller: stranger.with_key(token), session: format!("/sessions/{hashtag}"), hashtag: hashtag.to_owned() }
    }

    /// Asks, and is told that it arrived.
    pub async fn asks(&self, text: &str) -> QuestionId {
        self.tries_to_ask(text).await.is(201).read::<Asked>().id
    }

    /// Asks under a name.
    pub async fn asks_as(&self, name: &str, text: &str) -> QuestionId {
        self.caller
            .post(&format!("{}/questions", self.session), json!({ "text": text, "name": name }))
            .await
            .is(201)
            .read::<Asked>()
            .id
    }

    /// Asks, and may be refused.
    pub async fn tries_to_ask(&self, text: &str) -> Reply {
        self.caller.post(&format!("{}/questions", self.session), json!({ "text": text })).await
    }

    /// Stands behind a question, and is told how many do.
    pub async fn supports(&self, question: QuestionId) -> u32 {
        self.tries_to_support(question).await.is(200).read::<Supported>().support
    }

    /// Stands behind a question, and may be refused.
    pub async fn tries_to_support(&self, question: impl ToString) -> Reply {
        self.caller.put_nothing(&self.question(&question, "/support")).await
    }

    /// Takes support back, and is told how many are left.
    pub async fn takes_back_support(&self, question: QuestionId) -> u32 {
        self.caller.delete(&self.question(&question, "/support")).await.is(200).read::<Supported>().support
    }

    /// Takes a question back.
    pub async fn withdraws(&self, question: QuestionId) -> MineCard {
        self.tries_to_withdraw(question).await.is(200).read()
    }

    /// Takes a question back, and may be refused.
    pub async fn tries_to_withdraw(&self, question: impl ToString) -> Reply {
        self.caller.delete(&self.question(&question, "")).await
    }

    /// Their own questions and support.
    pub async fn mine(&self) -> Mine {
        self.caller.get(&format!("{}/mine", self.session)).await.is(200).read()
    }

    /// One of their own questions.
    pub async fn own(&self, question: QuestionId) -> MineCard {
        let mine = self.mine().await;
        mine.questions.into_iter().find(|card| card.id == question).expect("one of their own questions")
    }

    /// Opens their live page.
    pub async fn screen(&self) -> PublicScreen {
        Screen::opens(self.live()).await
    }

    /// How their screen connects.
    pub fn live(&self) -> Live {
        Live::new(self.caller.base(), &self.hashtag, shared::Audience::Public, self.caller.key())
    }

    /// Does something unusual to a question.
    pub async fn posts(&self, question: impl ToString, step: &str, body: Value) -> Reply {
        self.caller.post(&self.question(&question, &format!("/{step}")), body).await
    }

    fn question(&self, question: &impl ToString, rest: &str) -> String {
        format!("{}/questions/{}{rest}", self.session, question.to_string())
    }
}
