//! A message of Jetstream, read whole.

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::post::COLLECTION;

/// What a message says, and when Jetstream passed it on, in microseconds since 1970.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// When, if it says so.
    pub time: Option<i64>,
    /// What.
    pub event: Event,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A post was written or changed.
    Written {
        /// Its author.
        did: String,
        /// Its key among the author's posts.
        rkey: String,
        /// What names this version of it.
        cid: String,
        /// All of it.
        record: Value,
    },
    /// A post was deleted.
    Deleted {
        /// Its author.
        did: String,
        /// Its key among the author's posts.
        rkey: String,
    },
    /// An account, and with it all its posts, is no longer there, for now or for good.
    Away(String),
    /// Something about an account changed, such as what it is called.
    Changed(String),
    /// A record that is no post.
    Other,
    /// Something of a kind that is not known.
    Unknown,
}

/// It is no message of Jetstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no message of Jetstream")]
pub struct Unreadable;

/// Reads a message. An author or key that cannot be one makes it unreadable, so both may go into addresses.
pub fn read(bytes: &[u8]) -> Result<Message, Unreadable> {
    let whole: Whole = serde_json::from_slice(bytes).map_err(|_| Unreadable)?;
    let event = match (whole.kind.as_str(), whole.commit, whole.account) {
        ("commit", Some(commit), _) if commit.collection == COLLECTION => {
            if !is_did(&whole.did) || !is_key(&commit.rkey) {
                return Err(Unreadable);
            }
            commit.event(whole.did)?
        }
        ("commit", Some(_), _) => Event::Other,
        ("account", _, Some(account)) if !account.active => Event::Away(whole.did),
        ("account", _, Some(_)) | ("identity", ..) => Event::Changed(whole.did),
        ("commit" | "account", ..) => return Err(Unreadable),
        _ => Event::Unknown,
    };
    Ok(Message { time: whole.time_us, event })
}

/// Whether a text can be the name of an account: `did:method:rest`.
pub fn is_did(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    parts.next() == Some("did")
        && parts.next().is_some_and(|method| !method.is_empty() && method.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.next().is_some_and(|rest| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:%-".contains(&b))
        })
        && text.len() <= 512
}

fn is_key(text: &str) -> bool {
    (1..=512).contains(&text.len())
        && !matches!(text, "." | "..")
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_~.:-".contains(&b))
}

#[derive(Deserialize)]
struct Whole {
    #[serde(default)]
    did: String,
    time_us: Option<i64>,
    #[serde(default)]
    kind: String,
    commit: Option<Commit>,
    account: Option<Account>,
}

#[derive(Deserialize)]
struct Commit {
    operation: String,
    #[serde(default)]
    collection: String,
    #[serde(default)]
    rkey: String,
    #[serde(default)]
    cid: String,
    record: Option<Value>,
}

#[derive(Deserialize)]
struct Account {
    active: bool,
}

impl Commit {
    fn event(self, did: String) -> Result<Event, Unreadable> {
        let Self { operation, rkey, cid, record, .. } = self;
        match (operation.as_str(), record) {
            ("create" | "update", Some(record)) => Ok(Event::Written { did, rkey, cid, record }),
            ("create" | "update", None) => Err(Unreadable),
            ("delete", _) => Ok(Event::Deleted { did, rkey }),
            _ => Ok(Event::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(bytes: &str) -> Result<Event, Unreadable> {
        read(bytes.as_bytes()).map(|message| message.event)
    }

    #[test]
    fn tells_the_kinds_apart() {
        let written = r#"{"did":"did:plc:a","time_us":17,"kind":"commit","commit":{"rev":"r","operation":"update","collection":"app.bsky.feed.post","rkey":"k","record":{"text":"ja"},"cid":"c"}}"#;
        let message = read(written.as_bytes()).expect("a message");
        assert_eq!(message.time, Some(17));
        assert!(
            matches!(message.event, Event::Written { did, record, .. } if did == "did:plc:a" && record["text"] == "ja")
        );
        let deleted = r#"{"did":"did:plc:a","kind":"commit","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"k"}}"#;
        assert_eq!(event(deleted), Ok(Event::Deleted { did: "did:plc:a".to_owned(), rkey: "k".to_owned() }));
        let away = r#"{"did":"did:plc:a","kind":"account","account":{"active":false,"status":"takendown"}}"#;
        assert_eq!(event(away), Ok(Event::Away("did:plc:a".to_owned())));
        assert_eq!(event(&away.replace("false", "true")), Ok(Event::Changed("did:plc:a".to_owned())));
        assert_eq!(event(&deleted.replace("feed.post", "feed.like")), Ok(Event::Other));
        assert_eq!(event(&deleted.replace("delete", "sing")), Ok(Event::Unknown));
        assert_eq!(event(r#"{"kind":"news"}"#), Ok(Event::Unknown));
        assert_eq!(event("{}"), Ok(Event::Unknown));
    }

    #[test]
    fn reads_no_nonsense() {
        for bytes in [&b"{"[..], b"", b"[]", b"\xFF", br#"{"kind":"commit"}"#, br#"{"kind":"commit","commit":{}}"#] {
            assert_eq!(read(bytes), Err(Unreadable));
        }
        let deep = "[".repeat(100_000);
        assert_eq!(event(&deep), Err(Unreadable));
    }

    #[test]
    fn an_author_or_key_that_would_change_an_address_is_none() {
        let deleted = r#"{"did":"did:plc:a","kind":"commit","commit":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"k"}}"#;
        for (from, to) in
            [("did:plc:a", "did:plc:a/../b"), ("did:plc:a", "plc:a"), (r#""k""#, r#""a/b""#), (r#""k""#, r#""..""#)]
        {
            assert_eq!(event(&deleted.replace(from, to)), Err(Unreadable), "{to}");
        }
    }
}
