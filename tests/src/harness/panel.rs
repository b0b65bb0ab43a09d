//! The panel's tablet, by API.

use serde_json::json;
use shared::{
    QuestionId,
    views::{PanelView, PublicCard},
};

use super::{Caller, PanelScreen, Reply, Screen, screen::Live};

/// Whoever holds a session's panel key.
#[derive(Clone)]
pub struct Panel {
    /// With the key.
    pub caller: Caller,
    session: String,
    hashtag: String,
}

impl Panel {
    /// By this key.
    pub fn with_key(stranger: &Caller, hashtag: &str, key: &str) -> Self {
        Self { caller: stranger.with_key(key), session: format!("/sessions/{hashtag}"), hashtag: hashtag.to_owned() }
    }

    /// All that the panel sees.
    pub async fn view(&self) -> PanelView {
        self.caller.get(&format!("{}/panel", self.session)).await.is(200).read()
    }

    /// Answers, or corrects the answer.
    pub async fn answers(&self, question: QuestionId, text: &str) -> PublicCard {
        self.tries_to_answer(question, json!({ "text": text })).await.is(200).read()
    }

    /// Marks as answered aloud, in one line.
    pub async fn answers_aloud(&self, question: QuestionId, summary: &str) -> PublicCard {
        self.tries_to_answer(question, json!({ "text": summary, "spoken": true })).await.is(200).read()
    }

    /// Answers, and may be refused.
    pub async fn tries_to_answer(&self, question: impl ToString, body: serde_json::Value) -> Reply {
        self.caller.post(&format!("{}/questions/{}/answer", self.session, question.to_string()), body).await
    }

    /// Keeps an unfinished answer.
    pub async fn drafts(&self, question: QuestionId, text: &str) -> Reply {
        self.caller.put(&format!("{}/questions/{question}/draft", self.session), json!({ "text": text })).await
    }

    /// Opens the tablet's page.
    pub async fn screen(&self) -> PanelScreen {
        Screen::opens(self.live()).await
    }

    /// How the tablet connects.
    pub fn live(&self) -> Live {
        Live::new(self.caller.base(), &self.hashtag, shared::Audience::Panel, self.caller.key())
    }
}
