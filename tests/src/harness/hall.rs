//! A server with one session in it, and the people of that session.

use serde_json::{Value, json};
use shared::{QuestionId, commands::SessionMade, views::PublicView};

use super::{
    Caller, Citizen, Moderator, Office, Organiser, Panel, PublicScreen, Screen, Server, Terms, Visitor, screen::Live,
};

/// A session under way.
pub struct Hall {
    /// The process.
    pub server: Server,
    /// What the organiser was told.
    pub made: SessionMade,
    /// Whoever made it.
    pub organiser: Organiser,
    /// One moderator.
    pub moderator: Moderator,
    /// The panel.
    pub panel: Panel,
    /// The desk of civil servants.
    pub office: Office,
    /// Somebody without a key.
    pub stranger: Caller,
}

/// A live session about cycling, moderated before showing.
pub fn session(hashtag: &str) -> Value {
    json!({
        "hashtag": hashtag,
        "title": "Fietsen in de stad",
        "introduction": "Praat mee over fietsen.",
        "aldermen": [
            { "name": "Judith Bokhove", "office": "wethouder Mobiliteit" },
            { "name": "Arno de Wit", "office": "wethouder Openbare Ruimte" },
        ],
        "moderation": "before",
        "phase": "live",
    })
}

impl Hall {
    /// With `#FietsFan010` live, moderated before showing.
    pub async fn opens() -> Self {
        Self::of(session("FietsFan010")).await
    }

    /// With this session.
    pub async fn of(session: Value) -> Self {
        Self::on(Terms::default(), session).await
    }

    /// With this session, at a server on these terms.
    pub async fn on(terms: Terms, session: Value) -> Self {
        let server = Server::on(terms).await;
        let stranger = Caller::stranger(&server.base());
        let organiser = Organiser::at(&stranger);
        let made = organiser.makes(session).await;
        let moderator = Moderator::with_key(&stranger, &made.hashtag, &made.keys.moderator);
        let panel = Panel::with_key(&stranger, &made.hashtag, &made.keys.panel);
        let office = Office::with_key(&stranger, &made.hashtag, &made.keys.desk);
        Self { server, made, organiser, moderator, panel, office, stranger }
    }

    /// The session's hashtag.
    pub fn hashtag(&self) -> &str {
        &self.made.hashtag
    }

    /// Somebody new, by API.
    pub async fn citizen(&self) -> Citizen {
        Citizen::arrives(&self.stranger, self.hashtag()).await
    }

    /// Somebody new, with a browser that runs no scripts.
    pub fn visitor(&self, language: &str) -> Visitor {
        Visitor::new(&self.server.base(), language)
    }

    /// What everybody sees.
    pub async fn view(&self) -> PublicView {
        self.stranger.get(&format!("/sessions/{}", self.hashtag())).await.is(200).read()
    }

    /// A question that somebody asked and the moderator approved.
    pub async fn shown(&self, text: &str) -> QuestionId {
        let question = self.citizen().await.asks(text).await;
        self.moderator.approves(question).await;
        question
    }

    /// A public screen of nobody in particular.
    pub async fn wall(&self) -> PublicScreen {
        Screen::opens(self.live()).await
    }

    /// How such a screen connects.
    pub fn live(&self) -> Live {
        Live::new(&self.server.base(), self.hashtag(), shared::Audience::Public, None)
    }
}
