//! The journal in one `SQLite` file: one thread writes, whatever waits together is committed
//! together, and a second connection reads.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{
    Journal, JournalError, Receipt, Record, Standing, read, schema,
    write::{self, Batch, Order},
};

/// A journal in `DIR/samenspraak.db`.
pub struct Sqlite {
    orders: mpsc::UnboundedSender<Order>,
    reader: Mutex<Connection>,
}

impl Sqlite {
    /// Opens the database of a directory, making the file where it is not there, and starts its
    /// writer.
    pub fn open(directory: &Path) -> anyhow::Result<Self> {
        let path = directory.join(schema::FILE);
        let writer = schema::open(&path)?;
        let reader = Mutex::new(schema::connect(&path)?);
        let (orders, waiting) = mpsc::unbounded_channel();
        thread::Builder::new().name("journal".into()).spawn(move || write::until_closed(writer, waiting))?;
        Ok(Self { orders, reader })
    }

    /// Writes what waits and ends the writer; from here on nothing is stored. Afterwards the file is
    /// whole by itself, without the log beside it.
    pub fn close(&self) {
        let (done, ended) = std::sync::mpsc::channel();
        if self.orders.send(Order::Close(done)).is_ok() {
            let _ = ended.recv();
        }
        if let Err(error) = self.reader().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
            tracing::warn!(%error, "the database's log stays beside it");
        }
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for Sqlite {
    fn append(&self, records: Vec<Record>) -> oneshot::Receiver<Result<(), JournalError>> {
        let (reply, receiver) = oneshot::channel();
        if let Err(mpsc::error::SendError(Order::Append(batch))) =
            self.orders.send(Order::Append(Batch { records, reply }))
        {
            let _ = batch.reply.send(Err(JournalError::Closed));
        }
        receiver
    }

    fn keep(&self, standing: &Standing) -> Result<(), JournalError> {
        // Written out here, so that the writer does not make senders wait for that.
        let order = Order::Keep(write::Kept::of(standing)?);
        self.orders.send(order).map_err(|_| JournalError::Closed)
    }

    fn sessions(&self) -> Result<Vec<String>, JournalError> {
        read::sessions(&self.reader())
    }

    fn standing(&self, session: &str) -> Result<Option<Standing>, JournalError> {
        read::standing(&self.reader(), session)
    }

    fn read(&self, session: &str, after: u64, most: usize) -> Result<Vec<Record>, JournalError> {
        read::records(&self.reader(), session, after, most)
    }

    fn receipts(&self, session: &str, until: u64, most: usize) -> Result<Vec<Receipt>, JournalError> {
        read::receipts(&self.reader(), session, until, most)
    }

    fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, JournalError> {
        read::setting(&self.reader(), name)
    }

    fn keep_setting(&self, name: &str, value: &[u8]) -> Result<(), JournalError> {
        write::setting(&self.reader(), name, value)
    }
}
