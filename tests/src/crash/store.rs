//! What a power cut left on disk, read without the server.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// What the database holds.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Records of all sessions.
    pub records: u64,
    /// Sessions.
    pub sessions: u64,
}

/// Opens the database as the cut left it, to read only: `SQLite` finds no fault in it, and each
/// session's records are numbered from 1 without gaps.
pub fn check(database: &Path) -> Numbers {
    let store = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database");
    let mut numbers = Numbers::default();
    let mut query = store
        .prepare("SELECT session, COUNT(*), MIN(number), MAX(number) FROM records GROUP BY session")
        .expect("a table of records");
    let mut rows = query.query([]).expect("records");
    while let Some(row) = rows.next().expect("readable records") {
        let session: String = row.get(0).expect("a session");
        let [count, first, last]: [u64; 3] = [1, 2, 3].map(|column| row.get(column).expect("a number"));
        assert_eq!((first, last), (1, count), "{session} has {count} records, numbered {first} to {last}");
        numbers.records += count;
        numbers.sessions += 1;
    }
    numbers
}
