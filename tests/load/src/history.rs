//! A session with a long past, written straight into the journal's file: a few hundred questions, and
//! people who give and take back support, over and over. What a server makes of it is as much as what
//! it would have made of it live.

use std::{collections::HashSet, path::Path};

use conversation::{Event, Noted, ParticipantId};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use rusqlite::{Connection, params};
use shared::QuestionId;
use thiserror::Error;

/// Public questions in the session.
pub const QUESTIONS: usize = 300;
/// People who support.
const PEOPLE: u64 = 4_000;
/// Each of them moves among so many questions.
const FAVOURITES: u64 = 4;
/// Records in one transaction.
const TOGETHER: u64 = 50_000;

/// The file could not be written.
#[derive(Debug, Error)]
pub enum HistoryError {
    /// `SQLite` says why.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// The last record's moment is no moment.
    #[error("the journal's last moment cannot be read")]
    Moment(#[from] jiff::Error),
    /// An event has no JSON form.
    #[error("an event cannot be written")]
    Event(#[from] serde_json::Error),
}

/// Lengthens the history of a session in a store that no server has open, to so many records; each
/// has one event. Says how many people stand behind its questions then.
pub fn extend(database: &Path, session: &str, records: u64) -> Result<usize, HistoryError> {
    let mut connection = Connection::open(database)?;
    // Nothing of this is worth keeping when the machine fails.
    connection.pragma_update(None, "synchronous", "OFF")?;
    let (mut number, at): (u64, String) = connection.query_row(
        "SELECT number, at FROM records WHERE session = ?1 ORDER BY number DESC LIMIT 1",
        [session],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut at: Timestamp = at.parse()?;
    let mut past = Past::new();
    while number < records {
        let transaction = connection.transaction()?;
        {
            let mut row = transaction
                .prepare_cached("INSERT INTO records (session, number, at, events) VALUES (?1, ?2, ?3, ?4)")?;
            let end = records.min(number + TOGETHER);
            while number < end {
                number += 1;
                at = at.checked_add(SignedDuration::from_micros(1))?;
                row.execute(params![session, number, at.to_string(), serde_json::to_string(&[past.next()])?])?;
            }
        }
        transaction.commit()?;
    }
    connection.pragma_update(None, "wal_checkpoint", "TRUNCATE").ok();
    Ok(past.supports.len())
}

/// What happened so far.
struct Past {
    chance: StdRng,
    questions: Vec<QuestionId>,
    approved: usize,
    supports: HashSet<(u64, usize)>,
}

impl Past {
    fn new() -> Self {
        // The same past every time.
        Self { chance: StdRng::seed_from_u64(10), questions: Vec::new(), approved: 0, supports: HashSet::new() }
    }

    /// First every question is asked and approved in turn, then there are only votes.
    fn next(&mut self) -> Event {
        if self.approved < self.questions.len() {
            self.approved = self.questions.len();
            return Event::Approved { by: "Moderator".into(), question: self.questions[self.approved - 1] };
        }
        if self.questions.len() < QUESTIONS {
            let question = QuestionId(self.chance.random());
            self.questions.push(question);
            let number = self.questions.len();
            return Event::Asked {
                by: ParticipantId(u128::from(PEOPLE) + number as u128),
                question,
                text: format!("Vraag {number}: komt er een veilige fietsroute langs school {number}, en wanneer?"),
                name: None,
                shown: false,
                noted: Noted::default(),
            };
        }
        let who = self.chance.random_range(0..PEOPLE);
        let favourite = who * 31 + self.chance.random_range(0..FAVOURITES) * 17;
        let place = usize::try_from(favourite).unwrap_or(0) % QUESTIONS;
        let (by, question) = (ParticipantId(u128::from(who)), self.questions[place]);
        if self.supports.insert((who, place)) {
            Event::Supported { by, question }
        } else {
            self.supports.remove(&(who, place));
            Event::Unsupported { by, question }
        }
    }
}
