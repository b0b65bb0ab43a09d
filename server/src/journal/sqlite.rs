//! The journal in one `SQLite` file. One thread writes; whatever waits is committed together, so
//! that a busy hall costs one disk flush for many commands.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use rusqlite::{Connection, OptionalExtension, Row, params};
use tokio::sync::{mpsc, oneshot};

use super::{Journal, JournalError, Receipt, Record};

/// The database's version, in `user_version`.
const VERSION: i64 = 1;
/// The most batches in one transaction.
const MOST_TOGETHER: usize = 1_024;

const SCHEMA: &str = "
    CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE records (
        session TEXT NOT NULL,
        number INTEGER NOT NULL CHECK (number > 0),
        at TEXT NOT NULL,
        events TEXT NOT NULL,
        PRIMARY KEY (session, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipts (
        session TEXT NOT NULL,
        number INTEGER NOT NULL,
        sender TEXT NOT NULL,
        key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        answer TEXT NOT NULL,
        PRIMARY KEY (session, sender, key),
        FOREIGN KEY (session, number) REFERENCES records (session, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX receipts_by_number ON receipts (session, number);
";

struct Batch {
    records: Vec<Record>,
    reply: oneshot::Sender<Result<(), JournalError>>,
}

/// A journal in `DIR/samenspraak.db`.
pub struct Sqlite {
    waiting: mpsc::UnboundedSender<Batch>,
    reader: Mutex<Connection>,
}

impl Sqlite {
    /// Opens the database, making directory and file where they are not there, and starts its
    /// writer.
    pub fn open(directory: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(directory)?;
        let path = directory.join("samenspraak.db");
        let writer = connect(&path)?;
        prepare(&writer)?;
        let reader = Mutex::new(connect(&path)?);
        let (waiting, batches) = mpsc::unbounded_channel();
        thread::Builder::new().name("journal".into()).spawn(move || write_until_closed(writer, batches))?;
        Ok(Self { waiting, reader })
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for Sqlite {
    fn append(&self, records: Vec<Record>) -> oneshot::Receiver<Result<(), JournalError>> {
        let (reply, receiver) = oneshot::channel();
        if let Err(mpsc::error::SendError(batch)) = self.waiting.send(Batch { records, reply }) {
            let _ = batch.reply.send(Err(JournalError::Closed));
        }
        receiver
    }

    fn sessions(&self) -> Result<Vec<String>, JournalError> {
        let reader = self.reader();
        let mut query = reader.prepare_cached("SELECT session FROM records WHERE number = 1 ORDER BY at, session")?;
        let sessions = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(sessions)
    }

    fn read(&self, session: &str, after: u64) -> Result<Vec<Record>, JournalError> {
        let reader = self.reader();
        let mut query = reader.prepare_cached(
            "SELECT records.number, at, events, sender, key, fingerprint, answer
             FROM records LEFT JOIN receipts USING (session, number)
             WHERE records.session = ?1 AND records.number > ?2 ORDER BY records.number",
        )?;
        let name: Arc<str> = session.into();
        let mut rows = query.query(params![session, after])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read_record(&name, row)?);
        }
        Ok(records)
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, JournalError> {
        let query = "SELECT value FROM settings WHERE name = ?1";
        Ok(self.reader().query_row(query, [name], |row| row.get(0)).optional()?)
    }

    fn keep_setting(&self, name: &str, value: &[u8]) -> Result<(), JournalError> {
        let upsert = "INSERT INTO settings (name, value) VALUES (?1, ?2)
                      ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.reader().execute(upsert, params![name, value])?;
        Ok(())
    }
}

fn connect(path: &PathBuf) -> Result<Connection, JournalError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), JournalError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        VERSION => Ok(()),
        0 => Ok(connection.execute_batch(&format!("BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"))?),
        _ => Err(JournalError::TooNew { found, known: VERSION }),
    }
}

fn write_until_closed(mut connection: Connection, mut batches: mpsc::UnboundedReceiver<Batch>) {
    let mut together = Vec::new();
    while batches.blocking_recv_many(&mut together, MOST_TOGETHER) > 0 {
        match write(&mut connection, &together) {
            Ok(()) => {
                for batch in together.drain(..) {
                    let _ = batch.reply.send(Ok(()));
                }
            }
            // One session's trouble must not fail the others: each batch gets its own try.
            Err(error) => {
                tracing::warn!(%error, batches = together.len(), "a common commit failed; trying one by one");
                for batch in together.drain(..) {
                    let result = write(&mut connection, std::slice::from_ref(&batch));
                    let _ = batch.reply.send(result);
                }
            }
        }
    }
}

fn write(connection: &mut Connection, batches: &[Batch]) -> Result<(), JournalError> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    {
        let mut record_row =
            transaction.prepare_cached("INSERT INTO records (session, number, at, events) VALUES (?1, ?2, ?3, ?4)")?;
        let mut receipt_row = transaction.prepare_cached(
            "INSERT INTO receipts (session, number, sender, key, fingerprint, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for record in batches.iter().flat_map(|batch| &batch.records) {
            let unreadable = |source| JournalError::Unreadable { number: record.number, source };
            let events = serde_json::to_string(&record.events).map_err(unreadable)?;
            record_row.execute(params![&*record.session, record.number, record.at.to_string(), events])?;
            if let Some(receipt) = &record.receipt {
                let Receipt { sender, key, fingerprint, answer } = receipt;
                receipt_row.execute(params![
                    &*record.session,
                    record.number,
                    sender,
                    key,
                    fingerprint,
                    answer.to_string()
                ])?;
            }
        }
    }
    Ok(transaction.commit()?)
}

fn read_record(session: &Arc<str>, row: &Row<'_>) -> Result<Record, JournalError> {
    let number: u64 = row.get(0)?;
    let unreadable = |source| JournalError::Unreadable { number, source };
    let at: String = row.get(1)?;
    let at = at.parse().map_err(|error| unreadable(serde::de::Error::custom(error)))?;
    let events: String = row.get(2)?;
    let events = serde_json::from_str(&events).map_err(unreadable)?;
    let sender: Option<String> = row.get(3)?;
    let receipt = match sender {
        None => None,
        Some(sender) => {
            let answer: String = row.get(6)?;
            let answer = serde_json::from_str(&answer).map_err(unreadable)?;
            Some(Receipt { sender, key: row.get(4)?, fingerprint: row.get(5)?, answer })
        }
    };
    Ok(Record { session: Arc::clone(session), number, at, events, receipt })
}
