//! The store: started from quickly, copied, put back, and found to be sound or not.

mod copies;
mod start;

use std::path::Path;

use rusqlite::Connection;

/// The store's database, as another program sees it.
fn database(server: &crate::harness::Server) -> Connection {
    open(&server.store().join("samenspraak.db"))
}

fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).expect("the database");
    connection.busy_timeout(std::time::Duration::from_secs(5)).expect("a setting");
    connection
}
