//! Takes what an account hears to the sessions that it is switched on for, and keeps where to go on.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use conversation::{Conversation, Post};
use futures_util::future::join_all;
use shared::{Refusal, Source};
use sources::{Ears, Gone, Heard, Hearing, NotKept};

use super::{Channels, accounts::Account, health::Health};
use crate::{hub::Session, journal::JournalError};

/// How many numbers of posts that were deleted before they were heard are remembered.
const REMEMBERED: usize = 1_000;

/// The ears of one account.
pub struct Listener {
    channels: Arc<Channels>,
    account: Arc<Account>,
    health: Arc<Health>,
    /// Numbers of posts that were deleted before they were heard.
    deleted: Mutex<VecDeque<String>>,
}

impl Listener {
    /// Of this account.
    pub fn new(channels: Arc<Channels>, account: Arc<Account>, health: Arc<Health>) -> Self {
        Self { channels, account, health, deleted: Mutex::default() }
    }

    async fn hear(&self, heard: Heard) -> Result<(), NotKept> {
        match heard {
            Heard::Post { post, text, name, language, tags, local } => {
                if self.channels.is_ours(&post) || local.as_ref().is_some_and(|local| self.was_deleted(local)) {
                    return Ok(());
                }
                let told = self.tell(&post, &text, name.as_ref(), language.as_ref(), &tags).await?;
                if let Some(local) = local.filter(|_| told) {
                    let ledger = &self.channels.ledger;
                    kept(ledger.keep_local(&self.account.name, &local, &post.address))?;
                }
                Ok(())
            }
            Heard::Gone(Gone::Address(address)) => self.forget(&address).await,
            Heard::Gone(Gone::Local(local)) => {
                if let Some(address) = kept(self.channels.ledger.address(&self.account.name, &local))? {
                    return self.forget(&address).await;
                }
                self.remember(local);
                Ok(())
            }
        }
    }

    /// Tells every session that the post is for, or that knows it already; whether there was one.
    async fn tell(
        &self,
        post: &Post,
        text: &str,
        name: Option<&String>,
        language: Option<&String>,
        tags: &BTreeSet<String>,
    ) -> Result<bool, NotKept> {
        let sessions = self.sessions(|name, now| {
            let listens = now.details().channels.accounts.contains(&self.account.name);
            (listens && tags.contains(name)) || now.question_of(&post.address).is_some()
        });
        for session in &sessions {
            let outcome = session.hear(Box::new(post.clone()), text.to_owned(), name.cloned(), language.cloned()).await;
            self.note(session, outcome.map(|_| ()))?;
        }
        Ok(!sessions.is_empty())
    }

    async fn forget(&self, address: &str) -> Result<(), NotKept> {
        for session in self.sessions(|_, now| now.question_of(address).is_some()) {
            let outcome = session.unhear(address.to_owned()).await;
            self.note(&session, outcome.map(|_| ()))?;
        }
        Ok(())
    }

    /// The sessions that something is for, by their name and as they are.
    fn sessions(&self, is_for: impl Fn(&str, &Conversation) -> bool) -> Vec<Session> {
        let mut sessions = Vec::new();
        self.channels.hub().each(|session| {
            if session.read(|now| is_for(session.name(), now)) {
                sessions.push(session.clone());
            }
        });
        sessions
    }

    /// What was refused is passed over, except when it was only not stored.
    fn note(&self, session: &Session, outcome: Result<(), Refusal>) -> Result<(), NotKept> {
        match outcome {
            Ok(()) => self.health.posted(session.name(), self.channels.clock.now()),
            Err(Refusal::NotStored) => return Err(NotKept),
            Err(refusal) => self.channels.metrics.refused_post(self.account.source, &refusal),
        }
        self.channels.metrics.heard(self.account.source);
        Ok(())
    }

    /// Two accounts on one network each go on from where they were.
    fn own(&self, place: &str) -> String {
        format!("{}/{place}", self.account.name)
    }

    fn was_deleted(&self, local: &str) -> bool {
        self.deleted.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|known| known == local)
    }

    fn remember(&self, local: String) {
        let mut deleted = self.deleted.lock().unwrap_or_else(PoisonError::into_inner);
        deleted.push_back(local);
        if deleted.len() > REMEMBERED {
            deleted.pop_front();
        }
    }
}

impl Ears for Listener {
    async fn take(&self, heard: Vec<Heard>, place: Option<(&str, String)>) -> Result<(), NotKept> {
        // Begun in order, so each session gets them in order; together, so one commit holds many.
        for outcome in join_all(heard.into_iter().map(|heard| self.hear(heard))).await {
            outcome?;
        }
        if let Some((name, place)) = place {
            kept(self.channels.ledger.keep_place(&self.own(name), &place))?;
        }
        Ok(())
    }

    fn place(&self, name: &str) -> Result<Option<String>, NotKept> {
        kept(self.channels.ledger.place(&self.own(name)))
    }

    fn known(&self, most: usize) -> Vec<(String, Option<String>)> {
        let mut addresses = Vec::new();
        self.channels.hub().each(|session| {
            session.read(|now| {
                let known = now.heard_from(self.account.source);
                addresses.extend(known.into_iter().take(most.saturating_sub(addresses.len())).map(str::to_owned));
            });
        });
        let local = |address: &String| match self.account.source {
            Source::Mastodon => self.channels.ledger.local(&self.account.name, address).ok().flatten(),
            _ => None,
        };
        addresses.into_iter().map(|address| (address.clone(), local(&address))).collect()
    }

    fn hearing(&self, hearing: Hearing) {
        match hearing {
            Hearing::Unreadable => self.channels.metrics.passed_over(self.account.source, "unreadable"),
            Hearing::Unknown => self.channels.metrics.passed_over(self.account.source, "unknown"),
            Hearing::Listening(_) | Hearing::Alive { .. } => {}
        }
        self.health.hears(&hearing, self.channels.clock.now());
    }
}

fn kept<T>(outcome: Result<T, JournalError>) -> Result<T, NotKept> {
    outcome.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "what a network needs could not be kept");
        NotKept
    })
}
