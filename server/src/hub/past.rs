//! A session as the journal tells it: from where it stood last, and the records since.

use conversation::Conversation;
use jiff::Timestamp;

use super::receipts::{RECEIPTS, Receipts};
use crate::journal::{Journal, JournalError, Record, Standing};

/// How many records are read at once.
const PAGE: usize = 10_000;

/// Everything that happened to a session, as far as it matters.
pub struct Past {
    /// The session now.
    pub now: Conversation,
    /// Its last record, and when that happened.
    pub number: u64,
    pub last: Timestamp,
    /// How many of the records are in what was kept of it.
    pub kept: u64,
    /// What its senders were told lately.
    pub receipts: Receipts,
}

impl Past {
    /// Reads it; `None` when the first record is not a session's creation.
    pub fn read(journal: &dyn Journal, name: &str) -> Result<Option<Self>, JournalError> {
        let mut past = match journal.standing(name) {
            Ok(standing) => standing.map(|standing| Self::at(journal, standing)).transpose()?,
            // It follows from the records as well, only later.
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, session = %name, "where a session stood cannot be read; reading all of it");
                None
            }
        };
        loop {
            let after = past.as_ref().map_or(0, |past| past.number);
            let records = journal.read(name, after, PAGE)?;
            let complete = records.len() < PAGE;
            for record in records {
                match &mut past {
                    Some(past) => past.add(&record),
                    None => past = Self::begin(&record),
                }
                if past.is_none() {
                    return Ok(None);
                }
            }
            if complete {
                return Ok(past);
            }
        }
    }

    /// From a first record; `None` when it is not a creation.
    pub fn begin(record: &Record) -> Option<Self> {
        let mut now = Conversation::begin(record.at, record.events.first()?)?;
        for event in record.events.iter().skip(1) {
            now.apply(record.at, event);
        }
        let mut receipts = Receipts::default();
        receipts.remember_durable(record.receipt.as_ref());
        Some(Self { now, number: record.number, last: record.at, kept: 0, receipts })
    }

    fn at(journal: &dyn Journal, standing: Standing) -> Result<Self, JournalError> {
        let Standing { session, number, at, checkpoint } = standing;
        let mut receipts = Receipts::default();
        for receipt in journal.receipts(&session, number, RECEIPTS)? {
            receipts.remember_durable(Some(&receipt));
        }
        Ok(Self { now: checkpoint.into(), number, last: at, kept: number, receipts })
    }

    fn add(&mut self, record: &Record) {
        for event in &record.events {
            self.now.apply(record.at, event);
        }
        (self.number, self.last) = (record.number, record.at);
        self.receipts.remember_durable(record.receipt.as_ref());
    }
}
