//! Listening to Jetstream: every post of the network comes by, and those with a session's hashtag go on.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{SinkExt as _, StreamExt as _};
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::Value;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{self, Message as Frame};
use url::Url;

use super::{
    decide::{Decision, Wanted, decide},
    event::{Event, Message, read},
    known::{Known, address},
    names::Names,
    post::{self, COLLECTION},
};
use crate::{
    Ears, Gone, Heard, Hearing, NotKept, Tags, Trouble, Way, World,
    guard::{Guard, GuardError, Socket},
};

/// Servers of Bluesky itself that anyone may listen to.
pub const HOSTS: [&str; 4] = [
    "wss://jetstream1.us-east.bsky.network",
    "wss://jetstream2.us-east.bsky.network",
    "wss://jetstream1.us-west.bsky.network",
    "wss://jetstream2.us-west.bsky.network",
];

/// The name under which it is kept how far was listened: microseconds since 1970, the same for every host.
pub const PLACE: &str = "bluesky/jetstream";

/// How far before that place it goes on: what two hosts saw at one moment differs a little.
const REWIND: i64 = 5_000_000;
/// How often the place is kept while nothing is heard.
const KEEP: Duration = Duration::from_secs(5);
/// How often it is told how far behind it is.
const TELL: Duration = Duration::from_secs(1);
/// How long nothing may come before the server is asked whether it is there; after as long again it is not.
const QUIET: Duration = Duration::from_secs(20);
/// The longest message that is read, in bytes. A post is a few thousand; anything may be in a record.
const READ: usize = 256 * 1024;
/// The longest message that is taken in to be passed over, in bytes.
const TAKEN: usize = 12 * 1024 * 1024;
/// The most posts of which deletions are looked for.
const KNOWN: usize = 20_000;

/// A listener to Jetstream, the network's public stream of records as JSON (version 1).
pub struct Jetstream {
    hosts: Vec<Url>,
    guard: Arc<Guard>,
    names: Names,
    world: Arc<dyn World>,
    next: AtomicUsize,
    stumbled: Mutex<Option<Stumbled>>,
}

/// Where a connection broke on something that cannot be read, and how often it did near there.
#[derive(Clone, Copy)]
struct Stumbled {
    at: i64,
    times: u32,
}

/// What is going on in one connection.
struct Listening {
    wanted: Wanted,
    known: Known,
    kept: Option<Timestamp>,
    told: Option<Timestamp>,
}

impl Jetstream {
    /// A listener to one of these hosts (`wss://…`), the next after each failure.
    pub fn new(hosts: Vec<Url>, names: Names, guard: Arc<Guard>, world: Arc<dyn World>) -> Self {
        Self { hosts, guard, names, world, next: AtomicUsize::new(0), stumbled: Mutex::default() }
    }

    /// Listens until something goes wrong; a next call goes on where this one was. The first time ever it
    /// begins with the present.
    pub async fn listen(&self, mut tags: Tags, ears: &impl Ears) -> Trouble {
        let Err(trouble) = self.hear(&mut tags, ears).await;
        if !matches!(trouble, Trouble::NotKept(_)) {
            self.next.fetch_add(1, Ordering::Relaxed);
        }
        trouble
    }

    async fn hear(&self, tags: &mut Tags, ears: &impl Ears) -> Result<Infallible, Trouble> {
        let place = ears.place(PLACE)?.and_then(|place| place.parse().ok());
        let url = self.address(place)?;
        let mut socket = self.guard.socket(&url, HeaderMap::new(), TAKEN).await.map_err(trouble)?;
        ears.hearing(Hearing::Listening(Way::Stream));
        let known = known(ears);
        let mut listening = Listening { wanted: Wanted::new(&tags.borrow_and_update()), known, kept: None, told: None };
        let mut last = place.unwrap_or_default();
        loop {
            tokio::select! {
                changed = tags.changed() => {
                    changed.map_err(|_| lost("nobody wants to hear anything any more"))?;
                    listening.wanted = Wanted::new(&tags.borrow_and_update());
                }
                frame = frame(&mut socket) => match frame {
                    Ok(Frame::Text(text)) => {
                        if let Some(time) = self.take(text.as_bytes(), &mut listening, ears).await? {
                            last = time;
                        }
                    }
                    Ok(Frame::Close(_)) => return Err(lost("the server closed the connection")),
                    // Compressed, which was not asked for.
                    Ok(Frame::Binary(_)) => ears.hearing(Hearing::Unreadable),
                    Ok(_) => self.tell(None, &mut listening, ears),
                    Err(Broken::Unreadable(words)) => {
                        ears.hearing(Hearing::Unreadable);
                        self.stumble(last);
                        return Err(Trouble::Lost(words));
                    }
                    Err(Broken::Lost(words)) => return Err(Trouble::Lost(words)),
                },
            }
        }
    }

    /// Takes one message; gives when it was passed on, if it said so.
    async fn take(&self, bytes: &[u8], listening: &mut Listening, ears: &impl Ears) -> Result<Option<i64>, NotKept> {
        if bytes.len() > READ {
            ears.hearing(Hearing::Unreadable);
            return Ok(None);
        }
        let (time, heard) = match decide(bytes, &listening.wanted, &listening.known) {
            Decision::Pass(time) => (Some(time), Vec::new()),
            Decision::Read => {
                let Ok(Message { time, event }) = read(bytes) else {
                    ears.hearing(Hearing::Unreadable);
                    return Ok(None);
                };
                (time, self.heard(event, time, listening, ears).await)
            }
        };
        let now = self.world.now();
        // A clock that is wrong there must not lead past what is still to come.
        let time = time.map(|time| time.min(now.as_microsecond()));
        let gone: Vec<String> = heard.iter().filter_map(gone).collect();
        let new: Vec<String> = heard.iter().filter_map(new).collect();
        let due = listening.kept.is_none_or(|kept| now.duration_since(kept).unsigned_abs() >= KEEP);
        if !heard.is_empty() || (due && time.is_some()) {
            ears.take(heard, time.map(|time| (PLACE, time.to_string()))).await?;
            listening.kept = Some(now);
        }
        for address in &gone {
            listening.known.drop(address);
        }
        for address in &new {
            listening.known.add(address);
        }
        if listening.known.len() > KNOWN {
            listening.known = known(ears);
        }
        self.tell(time, listening, ears);
        Ok(time)
    }

    async fn heard(&self, event: Event, passed: Option<i64>, listening: &Listening, ears: &impl Ears) -> Vec<Heard> {
        match event {
            Event::Written { did, rkey, cid, record } => {
                let tags = post::tags(&record);
                if !listening.wanted.any_of(&tags) && !listening.known.holds(&did, &rkey) {
                    return Vec::new();
                }
                let handle = self.names.handle(&did).await;
                let now = self.world.now();
                let passed = passed.and_then(|time| Timestamp::from_microsecond(time).ok()).unwrap_or(now);
                let post = post::post(&did, &rkey, &cid, &record, handle.as_deref(), (passed, now));
                vec![said(post, &record, tags)]
            }
            Event::Deleted { did, rkey } if listening.known.holds(&did, &rkey) => {
                vec![Heard::Gone(Gone::Address(address(&did, &rkey)))]
            }
            Event::Away(did) => {
                self.names.forget(&did);
                listening.known.of(&did).into_iter().map(|address| Heard::Gone(Gone::Address(address))).collect()
            }
            Event::Changed(did) => {
                self.names.forget(&did);
                Vec::new()
            }
            Event::Deleted { .. } | Event::Other => Vec::new(),
            Event::Unknown => {
                ears.hearing(Hearing::Unknown);
                Vec::new()
            }
        }
    }

    fn tell(&self, time: Option<i64>, listening: &mut Listening, ears: &impl Ears) {
        let now = self.world.now();
        if listening.told.is_none_or(|told| now.duration_since(told).unsigned_abs() >= TELL) {
            let behind =
                time.map(|time| Duration::from_micros(u64::try_from(now.as_microsecond() - time).unwrap_or_default()));
            ears.hearing(Hearing::Alive { behind });
            listening.told = Some(now);
        }
    }

    fn address(&self, place: Option<i64>) -> Result<Url, Trouble> {
        let turn = self.next.load(Ordering::Relaxed) % self.hosts.len().max(1);
        let host = self.hosts.get(turn).ok_or_else(|| Trouble::Refused("no host to listen to".to_owned()))?;
        let mut url = host.join("/subscribe").map_err(|error| Trouble::Refused(error.to_string()))?;
        url.query_pairs_mut()
            .append_pair("wantedCollections", COLLECTION)
            .append_pair("maxMessageSizeBytes", &READ.to_string());
        if let Some(place) = place {
            let past = self.stumbled.lock().expect("no panic").map_or(0, Stumbled::past);
            url.query_pairs_mut().append_pair("cursor", &(place - REWIND).max(past).to_string());
        }
        Ok(url)
    }

    /// A frame that is no text ends the connection by the rules of websockets, and would do so again after
    /// each reconnect: the next one begins behind it, and ever further when that is not far enough.
    fn stumble(&self, at: i64) {
        let mut stumbled = self.stumbled.lock().expect("no panic");
        let times = stumbled.filter(|before| at - before.at < REWIND).map_or(1, |before| before.times + 1);
        *stumbled = Some(Stumbled { at, times });
    }
}

impl Stumbled {
    fn past(self) -> i64 {
        self.at + 1_000 * 4_i64.pow(self.times.min(10) - 1)
    }
}

enum Broken {
    Lost(String),
    Unreadable(String),
}

/// The next frame; a server that says nothing is asked once whether it is there.
async fn frame(socket: &mut Socket) -> Result<Frame, Broken> {
    for last in [false, true] {
        match timeout(QUIET, socket.next()).await {
            Ok(Some(Ok(frame))) => return Ok(frame),
            Ok(Some(Err(error @ (tungstenite::Error::Utf8(_) | tungstenite::Error::Capacity(_))))) => {
                return Err(Broken::Unreadable(error.to_string()));
            }
            Ok(Some(Err(error))) => return Err(Broken::Lost(error.to_string())),
            Ok(None) => return Err(Broken::Lost("the connection ended".to_owned())),
            Err(_) if !last => {
                let asked = timeout(QUIET, socket.send(Frame::Ping(tungstenite::Bytes::new()))).await;
                if !matches!(asked, Ok(Ok(()))) {
                    break;
                }
            }
            Err(_) => {}
        }
    }
    Err(Broken::Lost("the server says nothing any more".to_owned()))
}

pub(super) fn said(post: conversation::Post, record: &Value, tags: std::collections::BTreeSet<String>) -> Heard {
    Heard::Post {
        post: Box::new(post),
        text: post::words(record),
        name: None,
        language: post::language(record),
        tags,
        local: None,
    }
}

fn known(ears: &impl Ears) -> Known {
    let posts = ears.known(KNOWN / 2);
    posts.iter().map(|(address, _)| address.as_str()).collect()
}

fn gone(heard: &Heard) -> Option<String> {
    if let Heard::Gone(Gone::Address(address)) = heard { Some(address.clone()) } else { None }
}

fn new(heard: &Heard) -> Option<String> {
    if let Heard::Post { post, .. } = heard { Some(post.address.clone()) } else { None }
}

fn lost(words: &str) -> Trouble {
    Trouble::Lost(words.to_owned())
}

fn trouble(error: GuardError) -> Trouble {
    match error {
        GuardError::Refused { after: Some(after), .. } => Trouble::Wait(after),
        GuardError::Refused { status: 429, .. } => Trouble::Wait(Duration::from_mins(1)),
        GuardError::Refused { status: 400 | 401 | 403 | 404, .. }
        | GuardError::NotAllowed(_)
        | GuardError::PrivateAddress(_) => Trouble::Refused(error.to_string()),
        other => Trouble::Lost(other.to_string()),
    }
}
