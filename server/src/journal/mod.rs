//! What happened, durably. A [`Record`] is what one command led to; records of a session are
//! numbered from 1 without gaps.

mod ledger;
mod lock;
mod read;
mod schema;
mod sqlite;
pub mod upkeep;
mod write;

use std::sync::Arc;

use conversation::{Checkpoint, Event};
use jiff::Timestamp;
pub use ledger::{Entry, Ledger, State};
pub use lock::{InUse, Lock};
use serde_json::Value;
pub use sqlite::Sqlite;
use thiserror::Error;
use tokio::sync::oneshot;

/// What one command led to: all of its events, or none, are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The session's hashtag, folded.
    pub session: Arc<str>,
    /// Counts the session's records from 1.
    pub number: u64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub events: Vec<Event>,
    /// What was answered, where the sender wanted to be able to ask twice.
    pub receipt: Option<Receipt>,
}

/// The answer to a command that came with an idempotency key.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Who sent it, without personal data: the key counts for this sender only.
    pub sender: String,
    /// The sender's own key.
    pub key: String,
    /// A digest of the command, to refuse the same key for something else.
    pub fingerprint: String,
    /// What was answered.
    pub answer: Value,
}

/// A session as it stood after one of its records. It follows from the records up to that one, so
/// it can always be thrown away.
#[derive(Debug)]
pub struct Standing {
    /// The session's hashtag, folded.
    pub session: Arc<str>,
    /// The last record in it.
    pub number: u64,
    /// When that record happened.
    pub at: Timestamp,
    /// The session itself.
    pub checkpoint: Checkpoint,
}

/// The store failed. Nothing of the batch may be confirmed.
#[derive(Debug, Error)]
pub enum JournalError {
    /// `SQLite` says why.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// The database holds something this program cannot read.
    #[error("record {number} of a session cannot be read")]
    Unreadable {
        /// Which.
        number: u64,
        /// Why.
        source: serde_json::Error,
    },
    /// The database was written by a newer program.
    #[error("the database has version {found}, this program knows {known}")]
    TooNew {
        /// The database's.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The writer has ended.
    #[error("the journal is closed")]
    Closed,
}

/// A durable store of records.
///
/// - `append` answers only after everything is on disk; when it answers with an error, nothing of
///   the batch may be confirmed, and `read` tells what is there.
/// - Batches of one caller are written in the order of the calls.
/// - A number that is already there is refused, so two writers can never fork a history.
pub trait Journal: Send + Sync + 'static {
    /// Writes records, in one transaction with whatever else waits.
    fn append(&self, records: Vec<Record>) -> oneshot::Receiver<Result<(), JournalError>>;
    /// Keeps where a session stands, soon, in place of what was kept of it before. It takes a while
    /// to write out a large session, and losing it loses nothing.
    fn keep(&self, standing: &Standing) -> Result<(), JournalError>;
    /// The sessions there are, by folded hashtag, the oldest first.
    fn sessions(&self) -> Result<Vec<String>, JournalError>;
    /// Where a session stood last, if that was kept and this program can read it.
    fn standing(&self, session: &str) -> Result<Option<Standing>, JournalError>;
    /// A session's records with numbers above `after`, in order, `most` at most.
    fn read(&self, session: &str, after: u64, most: usize) -> Result<Vec<Record>, JournalError>;
    /// A session's last receipts up to record `until`, the oldest first, `most` at most.
    fn receipts(&self, session: &str, until: u64, most: usize) -> Result<Vec<Receipt>, JournalError>;
    /// A value of the installation itself: secrets, hashes.
    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, JournalError>;
    /// Keeps such a value.
    fn keep_setting(&self, name: &str, value: &[u8]) -> Result<(), JournalError>;
}
