//! Care for a store: copies of it, a way back to them, and the question whether it is sound.

mod backup;
mod restore;
mod verify;

use std::{fs::File, io, path::Path};

pub use backup::backup;
pub use restore::restore;
use thiserror::Error;
pub use verify::{Report, verify};

pub use super::schema::FILE;
use super::{InUse, JournalError};

/// Why it could not be done. Whatever it was, nothing that was there before is lost.
#[derive(Debug, Error)]
pub enum UpkeepError {
    /// There is no store there.
    #[error("there is no samenspraak.db in {0}")]
    NoStore(String),
    /// A file of that name is there already.
    #[error("{0} is there already; give another name, or take it away first")]
    Exists(String),
    /// A copy that is not sound is worth nothing.
    #[error("{0} is not sound; `samenspraak verify {0}` says what is wrong")]
    Unsound(String),
    /// A server works with it.
    #[error(transparent)]
    InUse(#[from] InUse),
    /// The database fails.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Files fail.
    #[error("files cannot be written")]
    Files(#[from] io::Error),
}

impl From<rusqlite::Error> for UpkeepError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Journal(error.into())
    }
}

/// Makes a file, and its name in its folder, outlive a power cut.
fn settle(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
