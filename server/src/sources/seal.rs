//! Secrets at rest: sealed with XChaCha20-Poly1305 (RFC 8439 with a nonce of 192 bits, so that random
//! ones never repeat), under a key that is not in the database.

use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use anyhow::{Context, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::{clock::random_bytes, files::is_private};

const NONCE: usize = 24;
/// The key's file in the directory of the database.
const FILE: &str = "accounts.key";

/// Seals secrets and opens them again.
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// Under the key that is given (32 bytes in base64), else the one in the directory's own file, which
    /// is made when it is not there and must be its owner's alone.
    pub fn open(given: Option<&str>, directory: &Path) -> anyhow::Result<Self> {
        let key = match given {
            Some(text) => decoded(text).context("SAMENSPRAAK_ACCOUNTS_KEY")?,
            None => from_file(&directory.join(FILE))?,
        };
        Ok(Self(XChaCha20Poly1305::new(&key.into())))
    }

    /// Seals a secret for whoever bears this name; base64.
    pub fn seal(&self, secret: &str, of: &str) -> Option<String> {
        let nonce = random_bytes::<NONCE>();
        let payload = Payload { msg: secret.as_bytes(), aad: of.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some(STANDARD.encode([&nonce[..], &sealed].concat()))
    }

    /// What was sealed; nothing when it was under another key or for another name.
    pub fn unseal(&self, sealed: &str, of: &str) -> Option<String> {
        let bytes = STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: of.as_bytes() };
        String::from_utf8(self.0.decrypt(&XNonce::from(*nonce), payload).ok()?).ok()
    }
}

fn decoded(text: &str) -> anyhow::Result<[u8; 32]> {
    let bytes = STANDARD.decode(text.trim()).context("not base64")?;
    let length = bytes.len();
    bytes.try_into().ok().with_context(|| format!("the key must have 32 bytes, not {length}"))
}

fn from_file(path: &Path) -> anyhow::Result<[u8; 32]> {
    let found = match fs::metadata(path) {
        Ok(metadata) => {
            ensure!(
                is_private(&metadata),
                "{} can be read by others: `chmod 600` it, and think of the tokens it seals as seen",
                path.display()
            );
            fs::read_to_string(path)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return made(path),
        Err(error) => Err(error),
    };
    match found {
        Ok(text) => decoded(&text).with_context(|| path.display().to_string()),
        Err(error) => bail!("{} cannot be read: {error}", path.display()),
    }
}

fn made(path: &Path) -> anyhow::Result<[u8; 32]> {
    let key = random_bytes::<32>();
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be made", path.display()))?;
    writeln!(file, "{}", STANDARD.encode(key))?;
    file.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: u8) -> Seal {
        Seal::open(Some(&STANDARD.encode([key; 32])), Path::new("/nowhere")).expect("a key")
    }

    #[test]
    fn only_the_same_key_and_name_open_it() {
        let sealed = seal(1).seal("tok-geheim", "stad").expect("sealed");
        assert!(!STANDARD.decode(&sealed).expect("base64").windows(3).any(|part| part == b"tok"));
        assert_eq!(seal(1).unseal(&sealed, "stad").as_deref(), Some("tok-geheim"));
        assert_eq!(seal(1).unseal(&sealed, "dorp"), None);
        assert_eq!(seal(2).unseal(&sealed, "stad"), None);
        assert_eq!(seal(1).unseal("AAAA", "stad"), None);
    }

    #[test]
    fn a_key_must_have_32_bytes() {
        assert!(Seal::open(Some("AAAA"), Path::new("/nowhere")).is_err());
        assert!(Seal::open(Some("geen base64!"), Path::new("/nowhere")).is_err());
    }
}
