//! The one writer. Whatever waits is committed together, so that a busy hall costs one disk flush
//! for many commands.

use std::sync::Arc;

use conversation::Checkpoint;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot};

use super::{JournalError, Receipt, Record, Standing};

/// The most batches in one transaction.
const MOST_TOGETHER: usize = 1_024;

/// What the writer is told to do.
pub enum Order {
    /// Make records durable.
    Append(Batch),
    /// Keep where a session stands.
    Keep(Kept),
    /// End, and hang up on whoever waits for that.
    Close(std::sync::mpsc::Sender<()>),
}

/// Records that are kept together or not at all.
pub struct Batch {
    /// Of one session, in order.
    pub records: Vec<Record>,
    /// Whoever waits for them to be durable.
    pub reply: oneshot::Sender<Result<(), JournalError>>,
}

/// Where a session stands, written out.
pub struct Kept {
    session: Arc<str>,
    number: u64,
    at: Timestamp,
    checkpoint: String,
}

impl Kept {
    /// Writes it out.
    pub fn of(standing: &Standing) -> Result<Self, JournalError> {
        let Standing { session, number, at, checkpoint } = standing;
        let checkpoint =
            serde_json::to_string(checkpoint).map_err(|source| JournalError::Unreadable { number: *number, source })?;
        Ok(Self { session: Arc::clone(session), number: *number, at: *at, checkpoint })
    }
}

/// Does what it is told until nobody can tell it anything any more.
pub fn until_closed(mut connection: Connection, mut orders: mpsc::UnboundedReceiver<Order>) {
    let mut together = Vec::new();
    let mut closing = None;
    while closing.is_none() && orders.blocking_recv_many(&mut together, MOST_TOGETHER) > 0 {
        let (mut batches, mut standings) = (Vec::new(), Vec::new());
        for order in together.drain(..) {
            match order {
                Order::Append(batch) => batches.push(batch),
                Order::Keep(standing) => standings.push(standing),
                Order::Close(waiting) => closing = Some(waiting),
            }
        }
        if !batches.is_empty() {
            append(&mut connection, batches);
        }
        for standing in standings {
            if let Err(error) = keep(&connection, &standing) {
                tracing::warn!(%error, session = %standing.session, "where a session stands could not be kept");
            }
        }
    }
    drop(connection);
    drop(closing);
}

/// Keeps a value of the installation itself.
pub fn setting(connection: &Connection, name: &str, value: &[u8]) -> Result<(), JournalError> {
    let upsert = "INSERT INTO settings (name, value) VALUES (?1, ?2)
                  ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    connection.execute(upsert, params![name, value])?;
    Ok(())
}

fn append(connection: &mut Connection, batches: Vec<Batch>) {
    match write(connection, &batches) {
        Ok(()) => {
            for batch in batches {
                let _ = batch.reply.send(Ok(()));
            }
        }
        // Waiting for a lock or a disk once for each batch would make everybody wait for all.
        Err(error) if let Some((cause, message)) = trouble_with_all(&error) => {
            tracing::warn!(%error, batches = batches.len(), "a common commit failed");
            for batch in batches {
                let error = rusqlite::Error::SqliteFailure(cause, message.clone());
                let _ = batch.reply.send(Err(error.into()));
            }
        }
        // One session's trouble must not fail the others: each batch gets its own try.
        Err(error) => {
            tracing::warn!(%error, batches = batches.len(), "a common commit failed; trying one by one");
            for batch in batches {
                let result = write(connection, std::slice::from_ref(&batch));
                let _ = batch.reply.send(result);
            }
        }
    }
}

/// What failed, when it would fail any batch: a lock, the disk, the file. `None` when it lies in what
/// one of the batches holds.
fn trouble_with_all(error: &JournalError) -> Option<(rusqlite::ffi::Error, Option<String>)> {
    let JournalError::Database(rusqlite::Error::SqliteFailure(cause, message)) = error else { return None };
    let of_one = matches!(cause.code, ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch | ErrorCode::TooBig);
    (!of_one).then(|| (*cause, message.clone()))
}

fn write(connection: &mut Connection, batches: &[Batch]) -> Result<(), JournalError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
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

fn keep(connection: &Connection, kept: &Kept) -> Result<(), JournalError> {
    let Kept { session, number, at, checkpoint } = kept;
    let upsert = "INSERT INTO standings (session, number, at, form, checkpoint) VALUES (?1, ?2, ?3, ?4, ?5)
                  ON CONFLICT (session) DO UPDATE SET
                      number = excluded.number, at = excluded.at, form = excluded.form, checkpoint = excluded.checkpoint";
    connection.execute(upsert, params![&**session, number, at.to_string(), Checkpoint::VERSION, checkpoint])?;
    Ok(())
}
