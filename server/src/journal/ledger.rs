//! What the networks need to have kept, in tables of their own beside the records: where to go on
//! listening, by which number a server calls a post, and what was sent or is to be.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{JournalError, schema};

/// The tables of the networks, durable as the journal is.
pub struct Ledger(Mutex<Connection>);

/// A message to a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The session's hashtag, folded.
    pub session: String,
    /// What it is in that session.
    pub key: String,
    /// The account that sends it.
    pub account: String,
    /// The message, as whoever writes it down can read it again.
    pub said: String,
    /// How far it is.
    pub state: State,
    /// How often it was made anew after it was taken back.
    pub generation: u32,
    /// How often it was tried in vain.
    pub tries: u32,
    /// When it is to be tried next.
    pub due: Option<Timestamp>,
    /// What the network calls it.
    pub id: Option<String>,
    /// Where it can be read.
    pub link: Option<String>,
    /// Why it was not sent (yet).
    pub words: Option<String>,
    /// When it changed last.
    pub changed: Timestamp,
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is to be sent, or sent as it is now.
    Waiting,
    /// It was sent.
    Sent,
    /// The network refused it.
    Refused,
    /// It is to be taken back.
    TakingBack,
    /// It is not there any more, or never was.
    Gone,
}

impl State {
    const ALL: [(Self, &str); 5] = [
        (Self::Waiting, "waiting"),
        (Self::Sent, "sent"),
        (Self::Refused, "refused"),
        (Self::TakingBack, "takingBack"),
        (Self::Gone, "gone"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("gone", |(_, word)| word)
    }

    /// What cannot be read is left alone.
    fn from_word(word: &str) -> Self {
        Self::ALL.iter().find(|(_, known)| *known == word).map_or(Self::Gone, |(state, _)| *state)
    }
}

impl Ledger {
    /// Opens the tables of a directory whose database is up to date.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        Ok(Self(Mutex::new(schema::connect(&directory.join(schema::FILE))?)))
    }

    /// Where to go on listening.
    pub fn place(&self, name: &str) -> Result<Option<String>, JournalError> {
        let query = "SELECT place FROM places WHERE name = ?1";
        Ok(self.tables().query_row(query, [name], |row| row.get(0)).optional()?)
    }

    /// Keeps where to go on listening.
    pub fn keep_place(&self, name: &str, place: &str) -> Result<(), JournalError> {
        let upsert = "INSERT INTO places (name, place) VALUES (?1, ?2)
                      ON CONFLICT (name) DO UPDATE SET place = excluded.place";
        self.tables().execute(upsert, [name, place])?;
        Ok(())
    }

    /// The permanent address of the post that an account's server calls by this number.
    pub fn address(&self, account: &str, local: &str) -> Result<Option<String>, JournalError> {
        let query = "SELECT address FROM locals WHERE account = ?1 AND local = ?2";
        Ok(self.tables().query_row(query, [account, local], |row| row.get(0)).optional()?)
    }

    /// The number by which an account's server calls a post.
    pub fn local(&self, account: &str, address: &str) -> Result<Option<String>, JournalError> {
        let query = "SELECT local FROM locals WHERE account = ?1 AND address = ?2 LIMIT 1";
        Ok(self.tables().query_row(query, [account, address], |row| row.get(0)).optional()?)
    }

    /// Keeps by which number an account's server calls a post.
    pub fn keep_local(&self, account: &str, local: &str, address: &str) -> Result<(), JournalError> {
        let insert = "INSERT OR IGNORE INTO locals (account, local, address) VALUES (?1, ?2, ?3)";
        self.tables().execute(insert, [account, local, address])?;
        Ok(())
    }

    /// All messages of a session, the latest change first.
    pub fn messages(&self, session: &str) -> Result<Vec<Entry>, JournalError> {
        self.entries("WHERE session = ?1 ORDER BY changed DESC, key", session)
    }

    /// Messages of an account that are to be sent or taken back, the longest waiting first.
    pub fn open_of(&self, account: &str) -> Result<Vec<Entry>, JournalError> {
        self.entries("WHERE account = ?1 AND state IN ('waiting', 'takingBack') ORDER BY changed, key", account)
    }

    /// Keeps messages as they are now, all or none.
    pub fn keep_messages(&self, entries: &[Entry]) -> Result<(), JournalError> {
        let mut tables = self.tables();
        let transaction = tables.transaction()?;
        for entry in entries {
            let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO outbox
                 (session, key, account, said, state, generation, tries, due, id, link, words, changed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                )?
                .execute(params![
                    entry.session,
                    entry.key,
                    entry.account,
                    entry.said,
                    entry.state.word(),
                    entry.generation,
                    entry.tries,
                    time(entry.due),
                    entry.id,
                    entry.link,
                    entry.words,
                    entry.changed.to_string(),
                ])?;
        }
        Ok(transaction.commit()?)
    }

    fn entries(&self, which: &str, of: &str) -> Result<Vec<Entry>, JournalError> {
        let tables = self.tables();
        let mut query = tables.prepare_cached(&format!(
            "SELECT session, key, account, said, state, generation, tries, due, id, link, words, changed FROM outbox {which}"
        ))?;
        let entries = query.query_map([of], entry)?.collect::<Result<_, _>>()?;
        Ok(entries)
    }

    fn tables(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let time = |column: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<String>>(column)?.and_then(|text| text.parse().ok()))
    };
    Ok(Entry {
        session: row.get(0)?,
        key: row.get(1)?,
        account: row.get(2)?,
        said: row.get(3)?,
        state: State::from_word(row.get_ref(4)?.as_str()?),
        generation: row.get(5)?,
        tries: row.get(6)?,
        due: time(7)?,
        id: row.get(8)?,
        link: row.get(9)?,
        words: row.get(10)?,
        changed: time(11)?.unwrap_or(Timestamp::UNIX_EPOCH),
    })
}
