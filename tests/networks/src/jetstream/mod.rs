//! A Jetstream (version 1) and the directories beside it: what happens in Bluesky's network as JSON,
//! and who is who.
//!
//! Beside `/subscribe` it answers as a PLC directory (`/did:plc:…`) and resolves handles
//! (`/xrpc/com.atproto.identity.resolveHandle`). Not there: compression and `requireHello`.

mod control;
mod record;
mod subscribe;

use std::{
    collections::BTreeMap,
    io,
    ops::Deref,
    sync::{Arc, Mutex, MutexGuard},
};

use serde_json::{Value, json};

pub use self::record::{COLLECTION, Post, cid, tid};
use self::subscribe::Subscriber;
use crate::{
    clock::Clock,
    faults::{Desk, Fault, Received},
    running::Running,
    sockets::{Push, Sockets},
};

/// A running Jetstream. Dropping it ends it and all its sockets.
#[derive(Debug)]
pub struct Jetstream {
    server: Arc<Server>,
    _running: Running,
}

/// What one can do with a running Jetstream.
#[derive(Debug)]
pub struct Server {
    url: String,
    state: Mutex<State>,
    sockets: Arc<Sockets<Subscriber>>,
    desk: Arc<Desk>,
    clock: Clock,
}

#[derive(Debug, Default)]
struct State {
    events: Vec<Event>,
    /// Handles by DID.
    people: BTreeMap<String, String>,
    last: u64,
}

#[derive(Clone, Debug)]
struct Event {
    time_us: u64,
    did: String,
    /// Of commits.
    collection: Option<String>,
    json: String,
}

impl Jetstream {
    /// Starts one on a free port.
    pub async fn start() -> io::Result<Self> {
        Self::start_on(0).await
    }

    /// Starts one on this port.
    pub async fn start_on(port: u16) -> io::Result<Self> {
        let (listener, address) = Running::bind(port).await?;
        let server = Arc::new(Server {
            url: format!("http://{address}"),
            state: Mutex::default(),
            sockets: Arc::default(),
            desk: Arc::default(),
            clock: Clock::default(),
        });
        let router = subscribe::router(&server).merge(crate::control::router(&server));
        Ok(Self { _running: Running::serve(listener, subscribe::guarded(router, &server)), server })
    }
}

impl Deref for Jetstream {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl Drop for Jetstream {
    fn drop(&mut self) {
        self.server.disconnect();
    }
}

impl Server {
    /// Its address, such as `http://127.0.0.1:4000`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where its socket is: `ws://…/subscribe`.
    pub fn subscribe_url(&self) -> String {
        self.url.replacen("http", "ws", 1) + "/subscribe"
    }

    /// The time it lives in.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Somebody posts; gives the post's address (`at://…`). Whoever is new, or has another handle than
    /// before, is announced first.
    pub fn post(&self, did: &str, handle: &str, post: &Post) -> String {
        self.named(did, handle);
        let rkey = tid(self.next(), 0);
        self.write("create", did, &rkey, Some(post));
        format!("at://{did}/{COLLECTION}/{rkey}")
    }

    /// Changes a post; Bluesky's own app does not do so, other apps may.
    pub fn update(&self, uri: &str, post: &Post) {
        if let Some((did, rkey)) = taken_apart(uri) {
            self.write("update", did, rkey, Some(post));
        }
    }

    /// Takes a post away.
    pub fn delete(&self, uri: &str) {
        if let Some((did, rkey)) = taken_apart(uri) {
            self.write("delete", did, rkey, None);
        }
    }

    /// Gives somebody a handle, and tells so when it is another than before.
    pub fn named(&self, did: &str, handle: &str) {
        let before = self.state().people.insert(did.to_owned(), handle.to_owned());
        if before.as_deref() != Some(handle) {
            let identity = json!({"did": did, "handle": handle, "seq": self.next(), "time": self.moment()});
            self.emit(did, None, "identity", &identity);
        }
    }

    /// Tells that an account is there, or why it is not (`deleted`, `suspended`, `deactivated`, `takendown`).
    pub fn account(&self, did: &str, gone: Option<&str>) {
        let mut account = json!({"active": gone.is_none(), "did": did, "seq": self.next(), "time": self.moment()});
        if let Some(why) = gone {
            account["status"] = json!(why);
        }
        self.emit(did, None, "account", &account);
    }

    /// Tells of a kind that no client knows yet.
    pub fn unknown_kind(&self, did: &str, kind: &str) {
        self.emit(did, None, kind, &json!({"did": did}));
    }

    /// Adds messages that were made elsewhere, such as noise, as they are.
    pub fn add(&self, messages: &[bytes::Bytes]) {
        for message in messages {
            let json = String::from_utf8_lossy(message).into_owned();
            let value: Value = serde_json::from_str(&json).unwrap_or_default();
            let event = Event {
                time_us: value["time_us"].as_u64().unwrap_or_default(),
                did: value["did"].as_str().unwrap_or_default().to_owned(),
                collection: value.pointer("/commit/collection").and_then(Value::as_str).map(str::to_owned),
                json,
            };
            let mut state = self.state();
            state.last = state.last.max(event.time_us);
            state.events.push(event);
        }
        self.pump();
    }

    /// How many sockets are open.
    pub fn subscribers(&self) -> usize {
        self.sockets.count(|_| true)
    }

    /// Waits until exactly so many sockets are open.
    pub async fn subscribed(&self, count: usize) {
        self.sockets.until(count, |subscriber| subscriber.ready).await;
    }

    /// Cuts all sockets off without a word.
    pub fn disconnect(&self) {
        self.sockets.push_all(&Push::Drop);
    }

    /// Cuts all sockets off in the middle of a frame.
    pub fn half_frame(&self) {
        self.sockets
            .push_all(&Push::Half(r#"{"did":"did:plc:half","time_us":1,"kind":"commit","commit":{"#.to_owned()));
    }

    /// Sends anything to all sockets: whole messages, frames that are not right, a close code.
    pub fn push(&self, push: &Push) {
        self.sockets.push_all(push);
    }

    /// Sends the last events once more to whoever wants them.
    pub fn repeat(&self, last: usize) {
        self.sockets.push(|subscriber| {
            let state = self.state();
            subscriber.wanted(&state.events[state.events.len().saturating_sub(last)..])
        });
    }

    /// Lets something go wrong with the next requests.
    pub fn fault(&self, fault: Fault) {
        self.desk.add(fault);
    }

    /// Takes back all faults.
    pub fn heal(&self) {
        self.desk.clear();
    }

    /// All requests and socket messages so far.
    pub fn journal(&self) -> Vec<Received> {
        self.desk.journal()
    }

    /// Waits until so many requests of this method under this path were received, and gives them.
    pub async fn received(&self, method: &str, path: &str, count: usize) -> Vec<Received> {
        self.desk.until(method, path, count).await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder panics")
    }

    /// A moment in microseconds that is later than any before.
    fn next(&self) -> u64 {
        let now = u64::try_from(self.clock.now().as_microsecond()).expect("tests live after 1970");
        let mut state = self.state();
        state.last = now.max(state.last + 1);
        state.last
    }

    fn moment(&self) -> String {
        format!("{:.3}", self.clock.now())
    }

    fn write(&self, operation: &str, did: &str, rkey: &str, post: Option<&Post>) {
        let now = self.next();
        let mut commit = json!({"rev": tid(now, 1), "operation": operation, "collection": COLLECTION, "rkey": rkey});
        if let Some(post) = post {
            let people = self.state().people.clone();
            let who = |handle: &str| people.iter().find(|(_, known)| *known == handle).map(|(did, _)| did.clone());
            commit["record"] = post.record(self.clock.now(), who);
            commit["cid"] = json!(cid(now));
        }
        self.emit(did, Some(COLLECTION), "commit", &commit);
    }

    fn emit(&self, did: &str, collection: Option<&str>, kind: &str, what: &Value) {
        let time_us = self.next();
        let mut message = json!({"did": did, "time_us": time_us, "kind": kind});
        message[kind] = what.clone();
        let (did, collection) = (did.to_owned(), collection.map(str::to_owned));
        self.state().events.push(Event { time_us, did, collection, json: message.to_string() });
        self.pump();
    }

    /// Gives each socket what it has not had yet. Sockets are always locked before the state.
    fn pump(&self) {
        self.sockets.push(|subscriber| subscriber.pull(&self.state().events));
    }
}

/// A post's DID and key.
fn taken_apart(uri: &str) -> Option<(&str, &str)> {
    let mut parts = uri.strip_prefix("at://")?.split('/');
    Some((parts.next()?, parts.nth(1)?))
}
