//! What whoever starts the server can do about a store that cannot be used.

use std::{io, path::Path};

use rusqlite::ErrorCode;

use crate::journal::JournalError;

/// The same error, under a sentence that says what is wrong with the store and what to do.
pub fn about_store(error: anyhow::Error, store: &Path) -> anyhow::Error {
    let advice = error.chain().find_map(|cause| {
        if let Some(error) = cause.downcast_ref::<rusqlite::Error>() {
            Some(about_database(error))
        } else if let Some(error) = cause.downcast_ref::<io::Error>() {
            Some(about_files(error.kind()))
        } else {
            matches!(cause.downcast_ref(), Some(JournalError::Unreadable { .. })).then_some(DAMAGED)
        }
    });
    match advice {
        Some(advice) => error.context(format!("cannot use the store in {}: {advice}", store.display())),
        None => error,
    }
}

const DAMAGED: &str = "the database is damaged. Keep what is there, put a backup in its place and start again";
const WRITABLE: &str = "it must be a folder in which this program may write. Look at the owner and the mode of the \
     folder and of its files, and whether the disk is mounted to read only";
const FULL: &str = "the disk is full. Make room and start again";
const HELD: &str = "another program holds the database. End it and start again";
const FAILING: &str = "the disk fails. The system's log says more; put a backup on another disk";

fn about_database(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => FULL,
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => WRITABLE,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => HELD,
        Some(ErrorCode::SystemIoFailure) => FAILING,
        // What is no database, or holds what this program would never write.
        _ => DAMAGED,
    }
}

fn about_files(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FULL,
        _ => WRITABLE,
    }
}
