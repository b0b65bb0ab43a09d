//! The registry of sessions. Each has one task that is its only writer, and a handle whose methods
//! are what people can do.

mod answers;
mod audience;
mod deeds;
mod fanout;
mod keyring;
mod past;
mod receipts;
mod session;
mod task;

pub use audience::Presence;
use conversation::{Conversation, Details};
use dashmap::{DashMap, mapref::entry::Entry};
pub use fanout::{Delivery, Joined, alive, text};
pub use keyring::Keyring;
use past::Past;
pub use session::{Done, Once, Session};
use shared::{Phase, Refusal, Role, commands::SessionListed, hashtag};
pub use task::House;

use crate::journal::{JournalError, Record};

/// Every session of this server, and the keys that open them.
pub struct Hub {
    sessions: DashMap<String, Session>,
    house: House,
}

impl Hub {
    /// Brings every session in the journal back to life.
    pub fn open(house: House) -> Result<Self, JournalError> {
        let hub = Self { sessions: DashMap::new(), house };
        let journal = &*hub.house.journal;
        for name in journal.sessions()? {
            let Some(past) = Past::read(journal, &name)? else {
                tracing::error!(session = %name, "a session does not begin with its creation; it stays closed");
                continue;
            };
            let session = hub.start(&name, past);
            hub.sessions.insert(name, session);
        }
        Ok(hub)
    }

    /// The session under a hashtag, in whatever case it was written.
    pub fn find(&self, tag: &str) -> Result<Session, Refusal> {
        self.sessions.get(&hashtag::fold(tag)).map(|session| session.clone()).ok_or(Refusal::NotFound)
    }

    /// All sessions, the next or latest to start first; archived ones only when asked for.
    pub fn list(&self, archived: bool) -> Vec<SessionListed> {
        let mut all: Vec<SessionListed> =
            self.sessions.iter().map(|session| session.read(Conversation::listed)).collect();
        all.retain(|session| archived || session.phase != Phase::Archived);
        all.sort_by(|a, b| (&b.starts, &a.hashtag).cmp(&(&a.starts, &b.hashtag)));
        all
    }

    /// Looks at each session.
    pub fn each(&self, mut look: impl FnMut(&Session)) {
        self.sessions.iter().for_each(|session| look(&session));
    }

    /// Makes a session, durably, or says that its hashtag is taken.
    ///
    /// `keys` are hashes; who calls this tells the keys themselves.
    pub async fn create(
        &self,
        details: Details,
        phase: Option<Phase>,
        keys: Vec<(Role, [u8; 32])>,
    ) -> Result<Session, Refusal> {
        let name = details.hashtag.folded();
        if self.sessions.contains_key(&name) {
            return Err(Refusal::HashtagTaken);
        }
        let record = Record {
            session: name.as_str().into(),
            number: 1,
            at: self.house.clock.now(),
            events: vec![Conversation::create(details, phase, keys)],
            receipt: None,
        };
        // Of two at the same moment, the journal refuses the second: number 1 is there already.
        let past = Past::begin(&record).ok_or(Refusal::NotStored)?;
        let created = record.events.clone();
        let stored = self.house.journal.append(vec![record]).await;
        if !matches!(stored, Ok(Ok(()))) {
            let taken = self.house.journal.read(&name, 0, 1).is_ok_and(|records| !records.is_empty());
            return Err(if taken { Refusal::HashtagTaken } else { Refusal::NotStored });
        }
        for event in &created {
            self.house.viewers.metrics().event(event);
        }
        let session = self.start(&name, past);
        let _ = self.house.stirred.send(session.name().into());
        match self.sessions.entry(name) {
            Entry::Occupied(_) => Err(Refusal::HashtagTaken),
            Entry::Vacant(vacant) => Ok(vacant.insert(session).clone()),
        }
    }

    /// Which keys open what.
    pub fn keyring(&self) -> &Keyring {
        &self.house.keyring
    }

    fn start(&self, name: &str, past: Past) -> Session {
        task::start(name, past, &self.house)
    }
}
