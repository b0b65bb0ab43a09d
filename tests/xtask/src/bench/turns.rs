//! Turns on a machine that is shared: a file that is locked (flock) while something is measured, for a
//! few minutes at most, so that others wait with their builds, and get their turn in between.

use std::{fs::File, path::Path};

use anyhow::{Context as _, Result};

/// The file, when there is one.
pub struct Turns(Option<File>);

/// A turn; over with this value.
pub struct Turn<'a>(Option<&'a File>);

impl Turns {
    /// With this file, if any.
    pub fn by(file: Option<&Path>) -> Result<Self> {
        let open = |path| File::options().create(true).append(true).open(path).context("the lock cannot be opened");
        Ok(Self(file.map(open).transpose()?))
    }

    /// Waits for a turn.
    pub fn take(&self) -> Result<Turn<'_>> {
        if let Some(file) = &self.0 {
            file.lock().context("the lock cannot be taken")?;
        }
        Ok(Turn(self.0.as_ref()))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(file) = self.0 {
            let _ = file.unlock();
        }
    }
}
