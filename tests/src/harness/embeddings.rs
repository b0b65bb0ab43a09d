//! An embeddings endpoint outside this machine, played: it answers well, or as badly as they do.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use similarity::ANCHORS;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

const DIMENSIONS: usize = 64;

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it should; the last vector first.
    Well,
    /// Not at all, on an open connection.
    Hangs,
    /// With status 500.
    Fails,
    /// With an address where the answer is said to be.
    Redirects,
    /// With a page for people.
    Page,
    /// With vectors of other dimensions than before.
    OtherDimensions,
    /// With numbers that are none.
    NoNumbers,
    /// With vectors of nothing but 0.
    Nothing,
    /// With one vector too few.
    TooFew,
    /// With the same vector for everything.
    AllTheSame,
    /// With more than anybody asked for.
    Endless,
}

/// A running endpoint; it ends with this value.
pub struct Embeddings {
    address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
    task: JoinHandle<()>,
}

struct Inside {
    manner: Manner,
    same: Vec<(&'static str, usize)>,
    refused: Option<&'static str>,
    texts: Vec<String>,
    answered: Vec<String>,
    keys: Vec<Option<String>>,
}

impl Embeddings {
    /// Starts one to which texts with one of these words mean the same when their numbers are the same.
    pub async fn start(same: &[(&'static str, usize)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (texts, answered, keys) = (Vec::new(), Vec::new(), Vec::new());
        let inside = Inside { manner: Manner::Well, same: same.to_vec(), refused: None, texts, answered, keys };
        let inside = Arc::new(Mutex::new(inside));
        let serving = Arc::clone(&inside);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&serving)));
            }
        });
        Self { address, inside, task }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/v1/embeddings", self.address)
    }

    /// From now on it answers so.
    pub fn answers(&self, manner: Manner) {
        self.inside.lock().expect("a lock").manner = manner;
    }

    /// From now on it refuses requests in which a text has this word.
    pub fn refuses(&self, word: &'static str) {
        self.inside.lock().expect("a lock").refused = Some(word);
    }

    /// The texts it was asked about so far, without those by which it is tried.
    pub fn texts(&self) -> Vec<String> {
        let is_anchor = |text: &String| ANCHORS.as_flattened().contains(&text.as_str());
        self.inside.lock().expect("a lock").texts.iter().filter(|text| !is_anchor(text)).cloned().collect()
    }

    /// Whether it was asked about this text while it answered as it should.
    pub fn answered(&self, text: &str) -> bool {
        self.inside.lock().expect("a lock").answered.iter().any(|known| known == text)
    }

    /// The keys that were shown, one for each request.
    pub fn keys(&self) -> Vec<Option<String>> {
        self.inside.lock().expect("a lock").keys.clone()
    }
}

impl Drop for Embeddings {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, inside: Arc<Mutex<Inside>>) {
    let Some((key, body)) = read(&mut stream).await else { return };
    let texts: Vec<String> = serde_json::from_value(body["input"].clone()).expect("texts");
    let (manner, status, reply) = {
        let mut inside = inside.lock().expect("a lock");
        inside.keys.push(key);
        inside.texts.extend(texts.iter().cloned());
        if inside.manner == Manner::Well {
            inside.answered.extend(texts.iter().cloned());
        }
        let (status, reply) = inside.reply(&texts);
        (inside.manner, status, reply)
    };
    if manner == Manner::Hangs {
        // Until the other side has had enough.
        let _ = stream.read(&mut [0]).await;
        return;
    }
    let more = if manner == Manner::Redirects { "Location: /v1/embeddings/\r\n" } else { "" };
    let head = format!("HTTP/1.1 {status} So\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n", reply.len());
    let _ = stream.write_all([head.as_bytes(), reply.as_bytes()].concat().as_slice()).await;
}

/// The key, and the body as JSON.
async fn read(stream: &mut TcpStream) -> Option<(Option<String>, Value)> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
        };
        let length: usize = header("content-length")?.parse().ok()?;
        if let Some(body) = bytes.get(end + 4..end + 4 + length) {
            return Some((header("authorization"), serde_json::from_slice(body).ok()?));
        }
    }
}

impl Inside {
    fn reply(&self, texts: &[String]) -> (u16, String) {
        if self.refused.is_some_and(|word| texts.iter().any(|text| text.contains(word))) {
            return (400, String::new());
        }
        let mut vectors: Vec<Vec<f64>> = texts.iter().map(|text| self.vector(text)).collect();
        match self.manner {
            Manner::Fails => return (500, "stuk".into()),
            Manner::Redirects => return (307, String::new()),
            Manner::Page => return (200, "<!doctype html><title>Inloggen</title>".into()),
            Manner::NoNumbers => return (200, r#"{"data":[{"index":0,"embedding":[NaN,1.0]}]}"#.into()),
            Manner::Endless => return (200, format!(r#"{{"data":[],"rest":"{}"}}"#, "x".repeat(8 << 20))),
            Manner::OtherDimensions => vectors.iter_mut().for_each(|vector| vector.truncate(DIMENSIONS / 2)),
            Manner::Nothing => vectors.iter_mut().for_each(|vector| vector.fill(0.0)),
            Manner::TooFew => vectors.truncate(texts.len() - 1),
            Manner::AllTheSame => vectors.iter_mut().for_each(|vector| vector.fill(1.0)),
            Manner::Well | Manner::Hangs => {}
        }
        let data = vectors.iter().enumerate().rev();
        let data: Vec<Value> = data.map(|(index, vector)| json!({ "index": index, "embedding": vector })).collect();
        (200, json!({ "object": "list", "data": data }).to_string())
    }

    /// What everything has in common, then what the text is about, then its words.
    fn vector(&self, text: &str) -> Vec<f64> {
        let known = self.same.iter().find(|(word, _)| text.contains(word)).map(|(_, number)| 1000 + *number);
        let anchor = || ANCHORS.iter().position(|pair| pair.contains(&text));
        let about = match known.or_else(anchor) {
            Some(number) => noise(&number.to_string()),
            None => noise(text),
        };
        about.into_iter().zip(noise(&format!("words {text}"))).map(|(about, words)| 2.0 + about + 0.3 * words).collect()
    }
}

/// Numbers between -1 and 1 that follow from a text and from nothing else.
fn noise(of: &str) -> Vec<f64> {
    let start =
        of.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    let step = |state: &mut u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(f64::from(u32::try_from(*state >> 33).unwrap_or(0)) / f64::from(1_u32 << 30) - 1.0)
    };
    std::iter::repeat_n((), DIMENSIONS).scan(start, |state, ()| step(state)).collect()
}
