//! What accounts are called: the handle that belongs to a DID.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use reqwest::{Method, Request};
use serde_json::Value;
use tokio::time::timeout;
use url::Url;

use super::event::is_did;
use crate::{World, guard::Guard};

/// The directory that most accounts are in.
pub const DIRECTORY: &str = "https://plc.directory";
/// A public server that says which account a handle leads to.
pub const RESOLVER: &str = "https://public.api.bsky.app";

/// How long a post may wait for its author's handle.
const A_MOMENT: Duration = Duration::from_millis(1_500);
/// How long a handle is believed; a change that Jetstream tells ends it sooner.
const BELIEVED: Duration = Duration::from_hours(12);
/// How long an account that could not be looked up is left alone.
const LEFT_ALONE: Duration = Duration::from_mins(5);
/// The most handles that are remembered; then all are forgotten.
const MOST: usize = 10_000;

/// Looks up handles, and remembers them for a while.
pub struct Names {
    guard: Arc<Guard>,
    world: Arc<dyn World>,
    directory: Url,
    resolver: Option<Url>,
    found: Mutex<HashMap<String, (Option<String>, Timestamp)>>,
}

impl Names {
    /// Handles from the documents in this directory (of `did:plc`) and on the hosts that the guard allows
    /// (of `did:web`).
    ///
    /// An account's document only claims a handle. Where a resolver is given, a server with
    /// `com.atproto.identity.resolveHandle`, a handle counts only when it leads back to the account;
    /// without one the claim is taken.
    pub fn new(guard: Arc<Guard>, world: Arc<dyn World>, directory: Url, resolver: Option<Url>) -> Self {
        Self { guard, world, directory, resolver, found: Mutex::default() }
    }

    /// The handle of an account, without `@`; nothing when it has none, or it cannot be found out at once.
    pub async fn handle(&self, did: &str) -> Option<String> {
        let now = self.world.now();
        if let Some((handle, until)) = self.found.lock().expect("no panic").get(did)
            && *until > now
        {
            return handle.clone();
        }
        let handle = timeout(A_MOMENT, self.look_up(did)).await.ok().flatten();
        let until = now + if handle.is_some() { BELIEVED } else { LEFT_ALONE };
        let mut found = self.found.lock().expect("no panic");
        if found.len() >= MOST {
            found.clear();
        }
        found.insert(did.to_owned(), (handle.clone(), until));
        handle
    }

    /// Forgets what is known of an account, because it changed.
    pub fn forget(&self, did: &str) {
        self.found.lock().expect("no panic").remove(did);
    }

    async fn look_up(&self, did: &str) -> Option<String> {
        let document = self.get(self.document(did)?).await?;
        let names = document["alsoKnownAs"].as_array()?;
        let handle = names.iter().filter_map(Value::as_str).find_map(|name| name.strip_prefix("at://"))?;
        let handle = is_handle(handle).then(|| handle.to_ascii_lowercase())?;
        if let Some(resolver) = &self.resolver {
            let mut url = resolver.join("/xrpc/com.atproto.identity.resolveHandle").ok()?;
            url.query_pairs_mut().append_pair("handle", &handle);
            (self.get(url).await?["did"] == did).then_some(())?;
        }
        Some(handle)
    }

    fn document(&self, did: &str) -> Option<Url> {
        if !is_did(did) {
            return None;
        }
        if let Some(host) = did.strip_prefix("did:web:") {
            let host = host.replace("%3A", ":");
            return Url::parse(&format!("https://{host}/.well-known/did.json")).ok();
        }
        let mut url = did.starts_with("did:plc:").then(|| self.directory.clone())?;
        url.path_segments_mut().ok()?.pop_if_empty().push(did);
        Some(url)
    }

    async fn get(&self, url: Url) -> Option<Value> {
        let reply = self.guard.send(Request::new(Method::GET, url)).await.ok()?;
        (reply.status == 200).then(|| serde_json::from_slice(&reply.body).ok())?
    }
}

fn is_handle(text: &str) -> bool {
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(|part| {
            (1..=63).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}
