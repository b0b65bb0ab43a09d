//! The way back to a copy.

use std::{fs, path::Path};

use jiff::Timestamp;

use super::{Report, UpkeepError, backup::beside, settle, verify};
use crate::journal::{Lock, schema};

/// Puts a copy in the place of a directory's store, which must not be in use. What was there stays
/// beside it under another name that tells when this was done.
pub fn restore(directory: &Path, from: &Path, now: Timestamp) -> Result<Report, UpkeepError> {
    if !from.is_file() {
        return Err(UpkeepError::NoStore(from.display().to_string()));
    }
    fs::create_dir_all(directory)?;
    let _lock = Lock::take(directory)?;
    let report = verify(from)?;
    if !report.is_sound() {
        return Err(UpkeepError::Unsound(from.display().to_string()));
    }
    let store = directory.join(schema::FILE);
    let coming = beside(&store, ".coming");
    fs::copy(from, &coming)?;
    settle(&coming)?;
    let old = format!(".replaced-{}", now.strftime("%Y%m%dT%H%M%SZ"));
    // The log first: a store without the end of its log is older, but a log without its store, or
    // beside another, is nothing.
    for ending in ["-wal", "-shm", ""] {
        let was = beside(&store, ending);
        if was.exists() {
            fs::rename(&was, beside(&beside(&store, &old), ending))?;
        }
    }
    fs::rename(&coming, &store)?;
    settle(&store)?;
    Ok(report)
}
