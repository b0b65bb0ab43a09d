//! The municipality's account on a PDS: its answers are records there, and go to the network from it.

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::{
    known::{address, apart},
    listen::said,
    post::{self, COLLECTION, link},
    record::{record, rkey},
    session::{Failure, Session},
};
use crate::{Heard, Message, NotSent, Sent, World, guard::Guard};

/// An account that sends.
pub struct Bluesky {
    session: Session,
    world: Arc<dyn World>,
}

/// Whose account it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What the network calls it, without `@`.
    pub handle: String,
    /// What it stays when that changes.
    pub did: String,
    /// Where people find it.
    pub link: String,
}

impl Bluesky {
    /// The account with this handle and app password on this server. Nothing is sent yet.
    pub fn new(pds: Url, handle: String, password: String, guard: Arc<Guard>, world: Arc<dyn World>) -> Self {
        Self { session: Session::new(pds, handle, password, guard, world.clone()), world }
    }

    /// Whose account it is; signs in when that was not done.
    pub async fn who(&self) -> Result<Account, NotSent> {
        let (did, handle) = self.session.who().await.map_err(|failure| self.not_sent(failure))?;
        Ok(Account { link: format!("https://bsky.app/profile/{did}"), handle, did })
    }

    /// Sends a message; of several tries with the same key, one is made.
    pub async fn send(&self, message: &Message) -> Result<Sent, NotSent> {
        let did = self.who().await?.did;
        let rkey = rkey(&message.key);
        let mut body = json!({"repo": did, "collection": COLLECTION, "rkey": rkey});
        body["record"] = record(message, self.world.now())?;
        match self.session.post("com.atproto.repo.createRecord", &body).await {
            Ok(_) => Ok(sent(&did, &rkey)),
            // An earlier try may have come through.
            Err(failure) => match self.found(&did, &rkey).await {
                Ok(Some(_)) => Ok(sent(&did, &rkey)),
                _ => Err(self.not_sent(failure)),
            },
        }
    }

    /// Changes what was sent; it stays where it is, and as old as it is.
    pub async fn edit(&self, id: &str, message: &Message) -> Result<Sent, NotSent> {
        let did = self.who().await?.did;
        let rkey = own(id, &did)?;
        let found = self.found(&did, rkey).await.map_err(|failure| self.not_sent(failure))?;
        let before = found.ok_or_else(|| NotSent::Refused("the post is no longer there".to_owned()))?;
        let mut record = record(message, self.world.now())?;
        if before["value"]["createdAt"].is_string() {
            record["createdAt"] = before["value"]["createdAt"].clone();
        }
        // Not over a change made elsewhere meanwhile, and not back into being.
        let body = json!({
            "repo": did, "collection": COLLECTION, "rkey": rkey, "record": record, "swapRecord": before["cid"],
        });
        self.session.post("com.atproto.repo.putRecord", &body).await.map_err(|failure| self.not_sent(failure))?;
        Ok(sent(&did, rkey))
    }

    /// Deletes what was sent; it is no failure when it is no longer there.
    pub async fn delete(&self, id: &str) -> Result<(), NotSent> {
        let did = self.who().await?.did;
        let body = json!({"repo": did, "collection": COLLECTION, "rkey": own(id, &did)?});
        self.session
            .post("com.atproto.repo.deleteRecord", &body)
            .await
            .map_err(|failure| self.not_sent(failure))
            .map(drop)
    }

    /// The post that people read at this address of Bluesky's own site; nothing when there is none.
    pub async fn read_at(&self, at: &Url) -> Result<Option<Heard>, NotSent> {
        let parts: Vec<&str> = at.path_segments().into_iter().flatten().collect();
        let ["profile", author, "post", rkey] = parts[..] else { return Ok(None) };
        let Some(found) = self.found(author, rkey).await.map_err(|failure| self.not_sent(failure))? else {
            return Ok(None);
        };
        let did = found["uri"].as_str().and_then(apart).map(|(did, _)| did.to_owned());
        let (Some(did), Some(cid)) = (did, found["cid"].as_str()) else { return Ok(None) };
        let (record, now) = (&found["value"], self.world.now());
        let handle = (!author.starts_with("did:")).then_some(author);
        let post = post::post(&did, rkey, cid, record, handle, (now, now));
        Ok(Some(said(post, record, post::tags(record))))
    }

    async fn found(&self, did: &str, rkey: &str) -> Result<Option<Value>, Failure> {
        let query = [("repo", did), ("collection", COLLECTION), ("rkey", rkey)];
        match self.session.get("com.atproto.repo.getRecord", &query).await {
            Ok(found) => Ok(Some(found)),
            Err(Failure::Answer { error, .. }) if error == "RecordNotFound" => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn not_sent(&self, failure: Failure) -> NotSent {
        failure.not_sent(self.world.now())
    }
}

impl fmt::Debug for Bluesky {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bluesky").finish_non_exhaustive()
    }
}

fn sent(did: &str, rkey: &str) -> Sent {
    Sent { id: address(did, rkey), link: Some(link(did, rkey)) }
}

fn own<'a>(id: &'a str, did: &str) -> Result<&'a str, NotSent> {
    apart(id)
        .filter(|(author, _)| *author == did)
        .map(|(_, rkey)| rkey)
        .ok_or_else(|| NotSent::Refused("not a post of this account".to_owned()))
}

impl Failure {
    /// What it means for a message at this moment.
    fn not_sent(self, now: Timestamp) -> NotSent {
        match self {
            Self::Answer { status: status @ (429 | 408 | 500..), reset, words, .. } => {
                let after = reset.and_then(|reset| u64::try_from(reset - now.as_second()).ok());
                let after = after.map(std::time::Duration::from_secs);
                NotSent::Later { after, words: if words.is_empty() { format!("status {status}") } else { words } }
            }
            Self::Answer { status, words, error, .. } => NotSent::Refused(
                [words, error].into_iter().find(|said| !said.is_empty()).unwrap_or(format!("status {status}")),
            ),
            Self::None(words) => NotSent::Later { after: None, words },
            Self::Never(words) => NotSent::Refused(words),
        }
    }
}
