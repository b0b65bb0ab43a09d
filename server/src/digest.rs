//! Digests: of keys, which are kept in no other form, and of bodies, to tell one from another.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// SHA-256 of all parts, one after another.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    parts.into_iter().fold(Sha256::new(), Sha256::chain_update).finalize().into()
}

/// The first 96 bits of that in 16 characters that fit in addresses, cookie names and headers.
pub fn short_digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&digest(parts)[..12])
}

/// The digest under which a key is kept. Keys are long and random, so that a plain digest tells
/// nothing about them.
pub fn key_hash(key: &str) -> [u8; 32] {
    digest([key.as_bytes()])
}
