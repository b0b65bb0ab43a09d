//! The organiser, by API.

use serde_json::{Value, json};
use shared::{
    Phase, Role,
    commands::{KeyMade, SessionMade},
};

use super::{Caller, ORGANISER_KEY, Reply};

/// Whoever holds the organiser's key.
#[derive(Clone)]
pub struct Organiser {
    /// With the key.
    pub caller: Caller,
}

impl Organiser {
    /// Makes an account of the municipality, or changes it; what was answered.
    pub async fn has_account(&self, account: Value) -> Value {
        let path = format!("/accounts/{}", account["name"].as_str().expect("a name"));
        self.caller.put(&path, account).await.is(200).json()
    }

    /// At this server.
    pub fn at(stranger: &Caller) -> Self {
        Self { caller: stranger.with_key(ORGANISER_KEY) }
    }

    /// Makes a session.
    pub async fn makes(&self, session: Value) -> SessionMade {
        self.tries_to_make(session).await.is(201).read()
    }

    /// Makes a session, and may be refused.
    pub async fn tries_to_make(&self, session: Value) -> Reply {
        self.caller.post("/sessions", session).await
    }

    /// Changes all details of a session.
    pub async fn changes(&self, hashtag: &str, session: Value) -> Reply {
        self.caller.put(&format!("/sessions/{hashtag}"), session).await
    }

    /// Renews a staff key.
    pub async fn renews(&self, hashtag: &str, role: Role) -> KeyMade {
        self.caller.post_nothing(&format!("/sessions/{hashtag}/keys/{}", role.word())).await.is(201).read()
    }

    /// Moves a session to another phase.
    pub async fn moves(&self, hashtag: &str, phase: Phase) -> Reply {
        self.caller.post(&format!("/sessions/{hashtag}/phase"), json!({ "phase": phase })).await
    }
}
