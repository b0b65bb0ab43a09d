//! The client against a server that can be told to go wrong.

mod asking;
mod listening;
mod reading;
mod speaking;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use networks::mastodon::{Draft, Rules, TOKEN};
use tokio::{sync::watch, task::JoinHandle, time::timeout};
use url::Url;

use super::{Mastodon, Pace, Server, Token};
use crate::{Allowed, Ears, Gone, Guard, Heard, Hearing, NotKept, Trouble, World};

const TAG: &str = "fietsfan010";

fn now() -> Timestamp {
    "2026-06-01T19:00:00Z".parse().expect("a moment")
}

struct Still;

impl World for Still {
    fn now(&self) -> Timestamp {
        now()
    }

    fn chance(&self) -> f64 {
        0.0
    }
}

/// Remembers all that is told.
#[derive(Default)]
struct Memory {
    told: Mutex<Told>,
    changes: watch::Sender<u64>,
}

#[derive(Default)]
struct Told {
    heard: Vec<Heard>,
    places: BTreeMap<String, String>,
    hearing: Vec<Hearing>,
    known: Vec<(String, Option<String>)>,
    full: bool,
}

impl Ears for Memory {
    async fn take(&self, heard: Vec<Heard>, place: Option<(&str, String)>) -> Result<(), NotKept> {
        self.change(|told| {
            if told.full {
                return Err(NotKept);
            }
            told.heard.extend(heard);
            told.places.extend(place.map(|(name, place)| (name.to_owned(), place)));
            Ok(())
        })
    }

    fn place(&self, name: &str) -> Result<Option<String>, NotKept> {
        Ok(self.look(|told| told.places.get(name).cloned()))
    }

    fn known(&self, most: usize) -> Vec<(String, Option<String>)> {
        self.look(|told| told.known.iter().take(most).cloned().collect())
    }

    fn hearing(&self, hearing: Hearing) {
        self.change(|told| told.hearing.push(hearing));
    }
}

impl Memory {
    fn look<T>(&self, at: impl FnOnce(&Told) -> T) -> T {
        at(&self.told.lock().expect("no holder panics"))
    }

    fn change<T>(&self, how: impl FnOnce(&mut Told) -> T) -> T {
        let result = how(&mut self.told.lock().expect("no holder panics"));
        self.changes.send_modify(|count| *count += 1);
        result
    }

    /// Waits until it is so.
    async fn until(&self, what: &str, so: impl Fn(&Told) -> bool) {
        let mut changes = self.changes.subscribe();
        let wait = async {
            while !self.look(&so) {
                changes.changed().await.expect("the sender is ours");
            }
        };
        let came = timeout(Duration::from_secs(20), wait).await.is_ok();
        assert!(came, "{what} never came; {:?}", self.look(|told| (texts(told), told.hearing.clone())));
    }
}

/// The words of all posts, in the order in which they were told; `-` and the number of one that is gone.
fn texts(told: &Told) -> Vec<String> {
    let each = told.heard.iter().map(|heard| match heard {
        Heard::Post { text, .. } => text.clone(),
        Heard::Gone(Gone::Local(id) | Gone::Address(id)) => format!("-{id}"),
    });
    each.collect()
}

fn each_once(told: &Told) -> BTreeSet<String> {
    texts(told).into_iter().collect()
}

fn client_at(url: &str, token: Option<&str>, pace: Pace) -> Mastodon {
    let base = Url::parse(url).expect("an address");
    let hosts = [url.trim_start_matches("http://").to_owned()].into();
    let guard = Guard::with_patience(Allowed { hosts, loopback: true }, Duration::from_secs(10));
    Mastodon::at_pace(Server { base, token: token.map(Token::new) }, Arc::new(guard), Arc::new(Still), pace)
}

fn quick() -> Pace {
    let soon = Duration::from_millis(20);
    Pace { poll: soon, apart: Duration::ZERO, idle: Duration::from_secs(10), check: Duration::from_mins(5) }
}

/// A server, a memory, and a client that listens with this token in this way.
struct Scene {
    server: networks::Mastodon,
    memory: Arc<Memory>,
    tags: watch::Sender<BTreeSet<String>>,
}

impl Scene {
    async fn new() -> Self {
        let server = networks::Mastodon::start().await.expect("a server");
        server.clock().set(now());
        // So that nothing waits for what is tested elsewhere.
        server.rule(Rules { rate_limit: 1_000_000, ..Rules::default() });
        Self { server, memory: Arc::default(), tags: watch::Sender::new([TAG.to_owned()].into()) }
    }

    fn client(&self, token: Option<&str>) -> Mastodon {
        client_at(self.server.url(), token, quick())
    }

    fn listen(&self, client: Mastodon) -> JoinHandle<Trouble> {
        let (memory, tags) = (Arc::clone(&self.memory), self.tags.subscribe());
        tokio::spawn(async move { client.stream(tags, &*memory).await })
    }

    fn listens(&self) -> JoinHandle<Trouble> {
        self.listen(self.client(Some(TOKEN)))
    }

    fn asks(&self) -> JoinHandle<Trouble> {
        let (memory, tags, client) = (Arc::clone(&self.memory), self.tags.subscribe(), self.client(None));
        tokio::spawn(async move { client.poll(tags, &*memory).await })
    }

    fn toots(&self, numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
        numbers.map(|n| self.server.toot("anna", Draft::text(&format!("{n} #FietsFan010")))).collect()
    }

    fn place(&self) -> Option<String> {
        let name = format!("mastodon/{}/{TAG}", self.server.url().trim_start_matches("http://"));
        self.memory.look(|told| told.places.get(&name).cloned())
    }

    fn put_place(&self, place: &str) {
        let name = format!("mastodon/{}/{TAG}", self.server.url().trim_start_matches("http://"));
        self.memory.change(|told| told.places.insert(name, place.to_owned()));
    }

    async fn heard(&self, text: &str) {
        self.memory.until(text, |told| texts(told).iter().any(|heard| heard == text)).await;
    }

    async fn told(&self, hearing: Hearing) {
        self.memory.until(&format!("{hearing:?}"), |told| told.hearing.contains(&hearing)).await;
    }
}

async fn ended(listening: JoinHandle<Trouble>) -> Trouble {
    timeout(Duration::from_secs(20), listening).await.expect("it ends").expect("no panic")
}

fn numbered(numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
    numbers.map(|n| format!("{n} #FietsFan010")).collect()
}

#[test]
fn a_token_is_not_shown() {
    let base = Url::parse("https://m.example").expect("an address");
    let shown = format!("{:?}", Server { base, token: Some(Token::new("very-secret")) });
    assert!(!shown.contains("very-secret"), "{shown}");
}
