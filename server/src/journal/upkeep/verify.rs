//! Whether a store is sound: the database, the numbers, every record, and what was kept of them.

use std::{fmt, path::Path};

use conversation::Conversation;
use jiff::Timestamp;
use rusqlite::Connection;

use super::UpkeepError;
use crate::journal::{JournalError, Record, read, schema};

/// How many records are read at once.
const PAGE: usize = 10_000;
/// How many of the database's own complaints are told.
const COMPLAINTS: u32 = 100;

/// What a store holds, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Report {
    /// How many sessions.
    pub sessions: u64,
    /// How many records, over all of them.
    pub records: u64,
    /// What is wrong, in the order of the store.
    pub findings: Vec<Finding>,
}

/// Something that is wrong.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// The database itself is damaged, in its own words.
    Database(String),
    /// A session whose records do not follow on each other.
    Gap {
        /// Its name.
        session: String,
        /// The number that should have come.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// A record that cannot be read.
    Unreadable {
        /// Of this session.
        session: String,
        /// Why.
        why: String,
    },
    /// A session that does not begin with its creation.
    NoBeginning(String),
    /// A record from before the one it follows.
    BackInTime {
        /// Of this session.
        session: String,
        /// Which.
        number: u64,
    },
    /// What was kept of a session is not what its records lead to. A server that starts from it
    /// shows something else than what happened; `DELETE FROM standings` heals it.
    OtherStanding(String),
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Reads a store's file from end to end, also while a server works with it, and changes nothing.
pub fn verify(store: &Path) -> Result<Report, UpkeepError> {
    if !store.is_file() {
        return Err(UpkeepError::NoStore(store.display().to_string()));
    }
    let mut report = Report::default();
    match look(store, &mut report) {
        Ok(()) => {}
        // The database gave up in the middle: that is a finding, and the last one.
        Err(JournalError::Database(error)) => report.findings.push(Finding::Database(error.to_string())),
        Err(error) => return Err(error.into()),
    }
    Ok(report)
}

fn look(store: &Path, report: &mut Report) -> Result<(), JournalError> {
    let connection = schema::look_into(store)?;
    // One state for all that follows.
    connection.execute_batch("BEGIN")?;
    connection.pragma_query(None, "foreign_key_check", |_| {
        report.findings.push(Finding::Database("a receipt belongs to no record".into()));
        Ok(())
    })?;
    connection.pragma(None, "integrity_check", COMPLAINTS, |row| {
        let complaint: String = row.get(0)?;
        if complaint != "ok" {
            report.findings.push(Finding::Database(complaint));
        }
        Ok(())
    })?;
    for session in read::sessions(&connection)? {
        report.sessions += 1;
        follow(&connection, &session, report)?;
    }
    Ok(())
}

/// Goes through a session's records as a start without anything kept would.
fn follow(connection: &Connection, session: &str, report: &mut Report) -> Result<(), JournalError> {
    let kept = match read::standing(connection, session) {
        Ok(kept) => kept.map(|standing| (standing.number, Conversation::from(standing.checkpoint))),
        Err(JournalError::Unreadable { .. }) => {
            report.findings.push(Finding::OtherStanding(session.to_owned()));
            None
        }
        Err(error) => return Err(error),
    };
    let mut history = History::default();
    loop {
        let page = match read::records(connection, session, history.number, PAGE) {
            Ok(page) => page,
            Err(error @ JournalError::Unreadable { .. }) => {
                report.findings.push(Finding::Unreadable { session: session.to_owned(), why: told(&error) });
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let complete = page.len() < PAGE;
        for record in page {
            report.records += 1;
            if let Err(finding) = history.add(&record) {
                report.findings.push(finding);
                return Ok(());
            }
            if let Some((number, standing)) = &kept
                && *number == record.number
                && history.now.as_ref() != Some(standing)
            {
                report.findings.push(Finding::OtherStanding(session.to_owned()));
            }
        }
        if complete {
            break;
        }
    }
    if kept.is_some_and(|(number, _)| number > history.number) {
        report.findings.push(Finding::OtherStanding(session.to_owned()));
    }
    Ok(())
}

/// A session so far.
#[derive(Default)]
struct History {
    now: Option<Conversation>,
    number: u64,
    last: Option<Timestamp>,
}

impl History {
    fn add(&mut self, record: &Record) -> Result<(), Finding> {
        let session = || record.session.to_string();
        if record.number != self.number + 1 {
            return Err(Finding::Gap { session: session(), expected: self.number + 1, found: record.number });
        }
        if self.last.is_some_and(|last| last > record.at) {
            return Err(Finding::BackInTime { session: session(), number: record.number });
        }
        let mut events = record.events.iter();
        if self.now.is_none() {
            self.now = events.next().and_then(|created| Conversation::begin(record.at, created));
        }
        let Some(now) = &mut self.now else { return Err(Finding::NoBeginning(session())) };
        for event in events {
            now.apply(record.at, event);
        }
        (self.number, self.last) = (record.number, Some(record.at));
        Ok(())
    }
}

/// An error with what led to it.
fn told(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", told(cause)),
        None => error.to_string(),
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(complaint) => write!(f, "the database is damaged: {complaint}"),
            Self::Gap { session, expected, found } => {
                write!(f, "#{session}: record {expected} is missing; the next one is {found}")
            }
            Self::Unreadable { session, why } => write!(f, "#{session}: {why}"),
            Self::NoBeginning(session) => write!(f, "#{session}: it does not begin with its creation"),
            Self::BackInTime { session, number } => {
                write!(f, "#{session}: record {number} is older than the one before it")
            }
            Self::OtherStanding(session) => {
                write!(f, "#{session}: what was kept of it is not what its records lead to")
            }
        }
    }
}
