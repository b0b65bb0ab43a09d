//! The desk of civil servants, by API.

use serde_json::{Value, json};
use shared::{
    QuestionId,
    views::{DeskCard, DeskView},
};

use super::{Caller, DeskScreen, Reply, Screen, screen::Live};

/// A civil servant who holds a session's desk key.
#[derive(Clone)]
pub struct Office {
    /// With the key.
    pub caller: Caller,
    session: String,
    hashtag: String,
}

impl Office {
    /// By this key.
    pub fn with_key(stranger: &Caller, hashtag: &str, key: &str) -> Self {
        Self { caller: stranger.with_key(key), session: format!("/sessions/{hashtag}"), hashtag: hashtag.to_owned() }
    }

    /// All that the desk sees.
    pub async fn view(&self) -> DeskView {
        self.caller.get(&format!("{}/desk", self.session)).await.is(200).read()
    }

    /// One question as the desk sees it.
    pub async fn card(&self, question: QuestionId) -> Option<DeskCard> {
        self.view().await.card(question).cloned()
    }

    /// Writes what the panel should know.
    pub async fn briefs(&self, question: QuestionId, text: &str) -> Reply {
        self.writes("briefing", question, json!({ "text": text })).await
    }

    /// Proposes an answer.
    pub async fn proposes(&self, question: QuestionId, text: &str, ready: bool) -> Reply {
        self.writes("proposal", question, json!({ "text": text, "ready": ready })).await
    }

    /// Writes either.
    pub async fn writes(&self, paper: &str, question: QuestionId, body: Value) -> Reply {
        self.caller.put(&format!("{}/questions/{question}/{paper}", self.session), body).await
    }

    /// Tells colleagues that this question is open here.
    pub async fn claims(&self, question: QuestionId) -> Reply {
        self.caller.put(&format!("{}/questions/{question}/claim", self.session), json!({})).await
    }

    /// Opens the desk's page.
    pub async fn screen(&self) -> DeskScreen {
        Screen::opens(self.live()).await
    }

    /// How the page connects.
    pub fn live(&self) -> Live {
        Live::new(self.caller.base(), &self.hashtag, shared::Audience::Desk, self.caller.key())
    }
}
