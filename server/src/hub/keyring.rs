//! Which staff key opens what. Only hashes are known here.

use dashmap::DashMap;
use shared::Role;

use crate::digest::key_hash;

/// What a key opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The session's folded hashtag.
    pub session: String,
    /// Moderator, panel or desk.
    pub role: Role,
    /// How often the role's key had been renewed when this one was made.
    pub generation: u64,
}

/// All staff keys of all sessions.
#[derive(Debug, Default)]
pub struct Keyring(DashMap<[u8; 32], Grant>);

impl Keyring {
    /// What a key opens, if anything.
    pub fn opens(&self, key: &str) -> Option<Grant> {
        self.0.get(&key_hash(key)).map(|grant| grant.clone())
    }

    /// Puts a role's present key in place of whatever it had.
    pub(super) fn put(&self, hash: [u8; 32], grant: Grant) {
        self.0.retain(|_, known| known.session != grant.session || known.role != grant.role);
        self.0.insert(hash, grant);
    }
}
