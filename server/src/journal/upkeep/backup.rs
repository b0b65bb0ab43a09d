//! A copy of a store, whether or not a server works with it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Report, UpkeepError, settle, verify};
use crate::journal::schema;

/// Copies the store of a directory into a new file: all that was durable when it began. The copy
/// is read through before it gets its name, so that what has the name is sound.
pub fn backup(directory: &Path, to: &Path) -> Result<Report, UpkeepError> {
    let from = directory.join(schema::FILE);
    if !from.is_file() {
        return Err(UpkeepError::NoStore(directory.display().to_string()));
    }
    if to.exists() {
        return Err(UpkeepError::Exists(to.display().to_string()));
    }
    let part = beside(to, ".part");
    if part.exists() {
        fs::remove_file(&part)?;
    }
    // One reading transaction: a server goes on writing, and the copy has none or all of a commit.
    schema::look_into(&from)?.execute("VACUUM INTO ?1", [part.to_string_lossy()])?;
    settle(&part)?;
    let report = verify(&part)?;
    if !report.is_sound() {
        return Err(UpkeepError::Unsound(part.display().to_string()));
    }
    fs::rename(&part, to)?;
    settle(to)?;
    Ok(report)
}

/// A path with something after its name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
