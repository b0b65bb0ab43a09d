//! The handle of a session, by which it is read and followed; what people do to it stands in
//! [`deeds`](super::deeds). Nobody else sees its mailbox.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use conversation::{Command, Conversation};
use serde_json::Value;
use shared::{
    Audience, QuestionId, Refusal,
    views::{
        Account, DeskCard, DeskSession, ModeratorCard, ModeratorSession, PanelCard, PanelSession, Proposals,
        PublicCard, PublicSession,
    },
};
use tokio::sync::{mpsc, oneshot};

use super::{
    audience::Looking,
    fanout::{FanOut, Joined, Snapshot},
};
use crate::{
    clock::Clock,
    likeness::{Following, Likeness},
    notice::Notice,
    viewers::Newcomer,
};

/// A sender's own key for a command, so that sending it twice does it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Who sends: a participant or a role.
    pub sender: String,
    /// Their key.
    pub key: String,
}

/// A command was done, and is durable.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The question it was about.
    pub about: Option<QuestionId>,
    /// What the API answers.
    pub answer: Value,
}

/// A command on its way to the session's task.
pub(super) struct Letter {
    pub command: Command,
    pub once: Option<Once>,
    pub reply: oneshot::Sender<Result<Done, Refusal>>,
}

pub(super) struct Inner {
    pub mailbox: mpsc::Sender<Letter>,
    /// The session at its last durable point; the task alone writes it.
    pub durable: RwLock<Conversation>,
    pub public: FanOut<PublicSession, PublicCard>,
    pub moderator: FanOut<ModeratorSession, ModeratorCard>,
    pub panel: FanOut<PanelSession, PanelCard>,
    pub desk: FanOut<DeskSession, DeskCard>,
    pub looking: Looking,
    /// Which questions seem to mean the same.
    pub likeness: Likeness,
    /// Looks at what comes in.
    pub notice: Arc<Notice>,
    pub clock: Arc<dyn Clock>,
    /// The account of moderation, and the minute it was made in.
    pub account: Mutex<Option<(i64, Account)>>,
    pub name: Arc<str>,
}

/// A session, to be asked things and told commands.
#[derive(Clone)]
pub struct Session(pub(super) Arc<Inner>);

impl Session {
    /// Its hashtag, folded: its name in tables and keys.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Reads the session as it durably is.
    pub fn read<T>(&self, look: impl FnOnce(&Conversation) -> T) -> T {
        look(&self.0.durable.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Who is looking.
    pub fn looking(&self) -> &Looking {
        &self.0.looking
    }

    /// The present view of an audience, as the API's body.
    pub fn snapshot(&self, audience: Audience) -> Arc<Snapshot> {
        self.read(|now| match audience {
            Audience::Public => self.0.public.snapshot(now.seq(audience), || now.public()),
            Audience::Moderator => self.0.moderator.snapshot(now.seq(audience), || now.moderator()),
            Audience::Panel => self.0.panel.snapshot(now.seq(audience), || now.panel()),
            Audience::Desk => self.0.desk.snapshot(now.seq(audience), || now.desk()),
        })
    }

    /// Joins a screen to an audience; what it saw before is `after`.
    pub fn join(&self, audience: Audience, after: Option<u64>) -> Joined {
        // The view changes under the write lock, so nothing falls between snapshot and patches.
        self.read(|now| match audience {
            Audience::Public => self.0.public.join(after, || now.public()),
            Audience::Moderator => self.0.moderator.join(after, || now.moderator()),
            Audience::Panel => self.0.panel.join(after, || now.panel()),
            Audience::Desk => self.0.desk.join(after, || now.desk()),
        })
    }

    /// Follows which questions seem to mean the same.
    pub fn join_likeness(&self) -> Following {
        self.wake_likeness();
        self.0.likeness.join()
    }

    /// Groups of questions that seem to mean the same.
    pub fn proposals(&self) -> Proposals {
        self.wake_likeness();
        self.read(|now| self.0.likeness.proposals(now))
    }

    /// The public questions nearest to what somebody is typing; of a bundle the lead.
    pub fn near_public(&self, text: &str, most: usize) -> Vec<PublicCard> {
        self.wake_likeness();
        let near = self.0.likeness.near(text, most);
        // What was public a moment ago may be so no longer.
        self.read(|now| near.into_iter().filter_map(|id| now.public_card(id)).collect())
    }

    /// Starts following which questions mean the same, so that it is known when somebody asks.
    pub(super) fn wake_likeness(&self) {
        self.0.likeness.wake(|look| self.read(|now| look(now)));
    }

    /// The public account of moderation; renewed once a minute, so that no single decision shows.
    pub fn account(&self) -> Account {
        let now = self.0.clock.now();
        let minute = now.as_second().div_euclid(60);
        let mut kept = self.0.account.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((made, account)) if *made == minute => account.clone(),
            _ => {
                let account = self.read(|session| session.account(now));
                *kept = Some((minute, account.clone()));
                account
            }
        }
    }

    /// Gives one of the public a seat among the viewers.
    pub fn admit(&self, newcomer: Newcomer, after: Option<u64>) {
        self.read(|now| self.0.public.admit(newcomer, after, || now.public()));
    }
}
