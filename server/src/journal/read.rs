//! What is in the tables.

use std::sync::Arc;

use conversation::Checkpoint;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{JournalError, Receipt, Record, Standing};

/// The sessions there are, the oldest first. Goes from name to name: there may be millions of
/// records under each.
pub fn sessions(connection: &Connection) -> Result<Vec<String>, JournalError> {
    let mut query = connection.prepare_cached(
        "WITH RECURSIVE names (name) AS (
             SELECT min(session) FROM records
             UNION ALL
             SELECT (SELECT min(session) FROM records WHERE session > name) FROM names WHERE name IS NOT NULL
         )
         SELECT name FROM names LEFT JOIN records ON session = name AND number = 1
         WHERE name IS NOT NULL ORDER BY at, name",
    )?;
    let sessions = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(sessions)
}

/// Where a session stood last; nothing when another version of this program kept it.
pub fn standing(connection: &Connection, session: &str) -> Result<Option<Standing>, JournalError> {
    let query = "SELECT number, at, checkpoint FROM standings WHERE session = ?1 AND form = ?2";
    let kept = connection
        .query_row(query, params![session, Checkpoint::VERSION], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    let Some((number, at, checkpoint)) = kept else { return Ok(None) };
    let at = moment(&at, number)?;
    let checkpoint = serde_json::from_str(&checkpoint).map_err(|source| JournalError::Unreadable { number, source })?;
    Ok(Some(Standing { session: session.into(), number, at, checkpoint }))
}

/// A session's records with numbers above `after`, in order, `most` at most.
pub fn records(connection: &Connection, session: &str, after: u64, most: usize) -> Result<Vec<Record>, JournalError> {
    let mut query = connection.prepare_cached(
        "SELECT records.number, at, events, sender, key, fingerprint, answer
         FROM records LEFT JOIN receipts USING (session, number)
         WHERE records.session = ?1 AND records.number > ?2 ORDER BY records.number LIMIT ?3",
    )?;
    let name: Arc<str> = session.into();
    let mut rows = query.query(params![session, after, most])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(record(&name, row)?);
    }
    Ok(records)
}

/// A session's last receipts up to a record, the oldest first.
pub fn receipts(connection: &Connection, session: &str, until: u64, most: usize) -> Result<Vec<Receipt>, JournalError> {
    let mut query = connection.prepare_cached(
        "SELECT number, sender, key, fingerprint, answer FROM receipts
         WHERE session = ?1 AND number <= ?2 ORDER BY number DESC LIMIT ?3",
    )?;
    let mut rows = query.query(params![session, until, most])?;
    let mut receipts = Vec::new();
    while let Some(row) = rows.next()? {
        receipts.extend(receipt(row, row.get(0)?, 1)?);
    }
    receipts.reverse();
    Ok(receipts)
}

/// A value of the installation itself.
pub fn setting(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, JournalError> {
    let query = "SELECT value FROM settings WHERE name = ?1";
    Ok(connection.query_row(query, [name], |row| row.get(0)).optional()?)
}

fn record(session: &Arc<str>, row: &Row<'_>) -> Result<Record, JournalError> {
    let number: u64 = row.get(0)?;
    let at = moment(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?, number)?;
    let events = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
    let events = serde_json::from_str(events).map_err(|source| JournalError::Unreadable { number, source })?;
    Ok(Record { session: Arc::clone(session), number, at, events, receipt: receipt(row, number, 3)? })
}

/// The receipt in four columns from `first` on, if there is one.
fn receipt(row: &Row<'_>, number: u64, first: usize) -> Result<Option<Receipt>, JournalError> {
    let sender: Option<String> = row.get(first)?;
    let Some(sender) = sender else { return Ok(None) };
    let answer: String = row.get(first + 3)?;
    let answer = serde_json::from_str(&answer).map_err(|source| JournalError::Unreadable { number, source })?;
    Ok(Some(Receipt { sender, key: row.get(first + 1)?, fingerprint: row.get(first + 2)?, answer }))
}

fn moment(text: &str, number: u64) -> Result<Timestamp, JournalError> {
    let unreadable = |error| JournalError::Unreadable { number, source: serde::de::Error::custom(error) };
    text.parse().map_err(|error: jiff::Error| unreadable(error))
}
