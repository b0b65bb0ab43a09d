//! One program at a time on one directory: two would each believe to be a session's only writer.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
};

use thiserror::Error;

/// Held while a program owns a directory; the operating system lets go of it with the process,
/// however that ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "what holds the lock is that the file is open")] File);

/// Why a directory cannot be had.
#[derive(Debug, Error)]
pub enum InUse {
    /// Somebody has it.
    #[error("another samenspraak is using this directory; stop it first")]
    Taken,
    /// The lock itself fails.
    #[error("the directory cannot be locked")]
    Failed(#[from] io::Error),
}

impl Lock {
    /// Takes the directory.
    pub fn take(directory: &Path) -> Result<Self, InUse> {
        let path = directory.join("samenspraak.lock");
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(InUse::Taken),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
