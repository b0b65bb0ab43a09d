//! Files: how many this process may hold open at once, every screen being one of them, and whose they are.

use std::{fs::Metadata, os::unix::fs::PermissionsExt};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the soft limit to the hard one, which is there for programs that know what they do.
/// Returns what holds from now on.
pub fn raise_limit() -> usize {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let (now, most) = (told(current), told(maximum));
    if now >= most {
        tracing::info!(limit = now, "open files");
        return now;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => {
            tracing::info!(limit = most, before = now, "open files: the soft limit was raised to the hard one");
            most
        }
        Err(error) => {
            tracing::warn!(%error, limit = now, "open files: the soft limit could not be raised");
            now
        }
    }
}

/// No limit is as good as a very high one.
fn told(limit: Option<u64>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
}

/// Whether a file is its owner's alone: nobody else may read or change it.
pub fn is_private(file: &Metadata) -> bool {
    const OTHERS: u32 = 0o077;
    file.permissions().mode() & OTHERS == 0
}
