//! Keys, kept beside the database where only this user can read them.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use rand::{TryRngCore as _, rngs::OsRng};
use serde::{Deserialize, Serialize};
use shared::commands::Keys;

/// The file of the organiser's key.
const ORGANISER: &str = "organiser.key";
/// The file of a session's staff keys.
const STAFF: &str = "staff.json";

/// A session, and the keys of its staff when they are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Staff {
    /// Without `#`.
    pub hashtag: String,
    /// For moderators and panel.
    pub keys: Option<Keys>,
}

/// The organiser's key, made when there is none yet.
pub fn organiser(data: &Path) -> Result<String> {
    let path = data.join(ORGANISER);
    match fs::read_to_string(&path) {
        Ok(key) => {
            let key = key.trim().to_owned();
            ensure!(key.len() >= 32, "the key in {} is too short; remove the file to get a new one", path.display());
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let random = || OsRng.try_next_u64().context("the system has no random numbers");
            let key = format!("{:016x}{:016x}{:016x}", random()?, random()?, random()?);
            write_private(&path, &format!("{key}\n"))?;
            Ok(key)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// The staff keys that an earlier start kept.
pub fn staff(data: &Path) -> Option<Staff> {
    serde_json::from_str(&fs::read_to_string(data.join(STAFF)).ok()?).ok()
}

/// Keeps the staff keys for the next start.
pub fn keep_staff(data: &Path, staff: &Staff) -> Result<()> {
    write_private(&data.join(STAFF), &serde_json::to_string_pretty(staff)?)
}

/// Writes a file that only this user can read.
fn write_private(path: &Path, text: &str) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| format!("cannot write {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_key_is_made_once_and_kept_private() {
        let scratch = Scratch::new("keys");
        let key = organiser(scratch.path()).expect("made");
        assert!(key.len() >= 32);
        assert_eq!(organiser(scratch.path()).expect("read"), key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(scratch.path().join(ORGANISER)).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn staff_keys_survive_a_restart() {
        let scratch = Scratch::new("staff");
        assert_eq!(staff(scratch.path()), None);
        let keys = Keys { moderator: "m".into(), panel: "p".into(), desk: "d".into() };
        let kept = Staff { hashtag: "FietsFan010".into(), keys: Some(keys) };
        keep_staff(scratch.path(), &kept).expect("kept");
        assert_eq!(staff(scratch.path()), Some(kept));
    }
}
