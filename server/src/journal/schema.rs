//! The tables, and how a database comes to have them.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use super::JournalError;

/// The database's file in its directory.
pub const FILE: &str = "samenspraak.db";
/// The database's version, in `user_version`.
const VERSION: i64 = 3;
/// How long a write waits for another program that has the database.
const PATIENCE: Duration = Duration::from_secs(5);

/// What leads from each version to the next.
const STEPS: [&str; 3] = [
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
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
     CREATE INDEX receipts_by_number ON receipts (session, number);",
    // Where sessions stood: `form` is the checkpoint's own version.
    "CREATE TABLE standings (
         session TEXT PRIMARY KEY,
         number INTEGER NOT NULL,
         at TEXT NOT NULL,
         form INTEGER NOT NULL,
         checkpoint TEXT NOT NULL
     ) STRICT;",
    // What networks need: where to go on listening, by which number a server calls a post, and what
    // was sent or is to be.
    "CREATE TABLE places (name TEXT PRIMARY KEY, place TEXT NOT NULL) STRICT, WITHOUT ROWID;
     CREATE TABLE locals (
         account TEXT NOT NULL,
         local TEXT NOT NULL,
         address TEXT NOT NULL,
         PRIMARY KEY (account, local)
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX locals_by_address ON locals (account, address);
     CREATE TABLE outbox (
         session TEXT NOT NULL,
         key TEXT NOT NULL,
         account TEXT NOT NULL,
         said TEXT NOT NULL,
         state TEXT NOT NULL,
         generation INTEGER NOT NULL,
         tries INTEGER NOT NULL,
         due TEXT,
         id TEXT,
         link TEXT,
         words TEXT,
         changed TEXT NOT NULL,
         PRIMARY KEY (session, key, account)
     ) STRICT, WITHOUT ROWID;",
];

/// Opens the database to write, making it or bringing it up to date where that is needed.
pub fn open(path: &Path) -> Result<Connection, JournalError> {
    let connection = connect(path)?;
    let found = version(&connection)?;
    let steps = usize::try_from(found).ok().and_then(|done| STEPS.get(done..));
    let steps = steps.ok_or(JournalError::TooNew { found, known: VERSION })?;
    if !steps.is_empty() {
        let steps = steps.concat();
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {steps} PRAGMA user_version = {VERSION}; COMMIT;"))?;
    }
    Ok(connection)
}

/// Another connection to a database that is up to date.
pub fn connect(path: &Path) -> Result<Connection, JournalError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

/// A connection that leaves everything as it is, to a database that may be in use.
pub fn look_into(path: &Path) -> Result<Connection, JournalError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(PATIENCE)?;
    let found = version(&connection)?;
    if found == VERSION { Ok(connection) } else { Err(JournalError::TooNew { found, known: VERSION }) }
}

fn version(connection: &Connection) -> Result<i64, JournalError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
