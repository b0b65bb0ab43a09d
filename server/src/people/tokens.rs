//! Tokens that the server can recognise without keeping a table of them: an HMAC over what they say.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use conversation::ParticipantId;
use hmac::{Hmac, Mac};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;

use crate::clock::random_bytes;

/// Signs and recognises tokens with the installation's secret.
#[derive(Clone)]
pub struct Signer(Hmac<Sha256>);

/// A new staff key: 32 random bytes, as 43 characters.
pub fn new_key() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// A participant nobody was before.
pub fn new_participant() -> ParticipantId {
    ParticipantId(u128::from_be_bytes(random_bytes()))
}

impl Signer {
    /// A signer with this secret.
    pub fn new(secret: &[u8]) -> Self {
        // HMAC takes a key of any length (RFC 2104).
        Self(Hmac::new_from_slice(secret).expect("any length is a key"))
    }

    /// The participant for whom somebody at `network` asked under this idempotency key: the same
    /// again for the same key.
    pub fn participant_for(&self, key: &str, network: &str) -> ParticipantId {
        let digest = self.mac("participant", &[key.as_bytes(), network.as_bytes()]);
        ParticipantId(u128::from_be_bytes(digest[..16].try_into().unwrap_or_default()))
    }

    /// The staff key for a session made under this idempotency key: the same again for the same
    /// request.
    pub fn key_for(&self, key: &str, session: &str, role: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.mac("key", &[key.as_bytes(), session.as_bytes(), role.as_bytes()]))
    }

    /// What a participant shows at the door.
    pub fn participant_token(&self, who: ParticipantId) -> String {
        self.seal("p", &who.0.to_be_bytes())
    }

    /// Who shows this token, if it is one.
    pub fn participant(&self, token: &str) -> Option<ParticipantId> {
        let bytes = self.open("p", token)?;
        Some(ParticipantId(u128::from_be_bytes(bytes.try_into().ok()?)))
    }

    /// Seals any statement of the server's to itself.
    pub fn statement<T: Serialize>(&self, what: &T) -> String {
        self.seal("s", &serde_json::to_vec(what).unwrap_or_default())
    }

    /// Reads a statement back, if it was this server's.
    pub fn read_statement<T: DeserializeOwned>(&self, token: &str) -> Option<T> {
        serde_json::from_slice(&self.open("s", token)?).ok()
    }

    fn seal(&self, purpose: &str, body: &[u8]) -> String {
        let mac = self.mac(purpose, &[body]);
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(body), BASE64_URL_SAFE_NO_PAD.encode(&mac[..16]))
    }

    fn open(&self, purpose: &str, token: &str) -> Option<Vec<u8>> {
        let (body, mac) = token.split_once('.')?;
        let body = BASE64_URL_SAFE_NO_PAD.decode(body).ok()?;
        let mac = BASE64_URL_SAFE_NO_PAD.decode(mac).ok()?;
        if mac.len() != 16 {
            return None;
        }
        self.hash(purpose, &[&body]).verify_truncated_left(&mac).ok()?;
        Some(body)
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.hash(purpose, parts).finalize().into_bytes().into()
    }

    fn hash(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut hash = self.0.clone();
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_recognised_and_a_changed_one_is_not() {
        let signer = Signer::new(b"secret");
        let who = new_participant();
        let token = signer.participant_token(who);
        assert_eq!(signer.participant(&token), Some(who));
        assert_eq!(Signer::new(b"other").participant(&token), None);
        assert_eq!(signer.participant(&token.replace('.', "A.")), None);
        assert_eq!(signer.participant(""), None);
        assert_eq!(signer.read_statement::<String>(&token), None, "made for another purpose");
    }

    #[test]
    fn the_same_idempotency_key_gives_the_same_participant_at_one_place_only() {
        let signer = Signer::new(b"secret");
        assert_eq!(signer.participant_for("key", "10.0.0.1"), signer.participant_for("key", "10.0.0.1"));
        assert_ne!(signer.participant_for("key", "10.0.0.1"), signer.participant_for("key", "10.0.0.2"));
    }
}
