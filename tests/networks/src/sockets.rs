//! Websockets down to their bytes: a fake must be able to send what no library sends.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::{
    io::AsyncWriteExt as _,
    sync::{mpsc, watch},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        handshake::derive_accept_key,
        protocol::{CloseFrame, Role},
    },
};

/// What a socket is told to send.
#[derive(Clone, Debug)]
pub enum Push {
    /// A whole text message.
    Text(String),
    /// A whole binary message.
    Binary(Vec<u8>),
    /// One whole frame of any kind (opcode 1 is text, 2 binary) with any payload, valid or not.
    Frame {
        /// The frame's kind, as RFC 6455 numbers them.
        opcode: u8,
        /// Its payload.
        payload: Bytes,
    },
    /// The first half of a text frame; then the connection is gone.
    Half(String),
    /// A close frame, with this code when there is one; then the connection is closed.
    Close(Option<u16>),
    /// Nothing: the connection is gone.
    Drop,
}

/// The sockets that are open, each with what the fake knows of it.
#[derive(Debug)]
pub struct Sockets<K> {
    open: Mutex<Open<K>>,
    changes: watch::Sender<u64>,
}

#[derive(Debug)]
struct Open<K> {
    next: u64,
    sockets: BTreeMap<u64, (mpsc::UnboundedSender<Push>, K)>,
}

impl<K> Default for Sockets<K> {
    fn default() -> Self {
        Self { open: Mutex::new(Open { next: 0, sockets: BTreeMap::new() }), changes: watch::Sender::new(0) }
    }
}

impl<K> Sockets<K> {
    /// How many are open that fit.
    pub fn count(&self, fits: impl Fn(&K) -> bool) -> usize {
        self.open.lock().expect("no holder panics").sockets.values().filter(|(_, known)| fits(known)).count()
    }

    /// Waits until so many are open that fit, no more and no fewer.
    pub async fn until(&self, count: usize, fits: impl Fn(&K) -> bool) {
        let mut changes = self.changes.subscribe();
        while self.count(&fits) != count {
            changes.changed().await.expect("the sender is ours");
        }
    }

    /// Sends what `push` makes for each socket.
    pub fn push(&self, mut push: impl FnMut(&mut K) -> Vec<Push>) {
        for (queue, known) in self.open.lock().expect("no holder panics").sockets.values_mut() {
            for push in push(known) {
                // A socket that is closing takes nothing any more.
                let _ = queue.send(push);
            }
        }
    }

    /// Sends the same to all.
    pub fn push_all(&self, push: &Push) {
        self.push(|_| vec![push.clone()]);
    }

    /// Changes what is known of one socket, and sends it what comes of that, in one step.
    pub fn update(&self, socket: u64, change: impl FnOnce(&mut K) -> Vec<Push>) {
        if let Some((queue, known)) = self.open.lock().expect("no holder panics").sockets.get_mut(&socket) {
            for push in change(known) {
                let _ = queue.send(push);
            }
        }
        self.changes.send_modify(|changes| *changes += 1);
    }

    /// Takes a socket in and serves it until either side ends it. What is queued by `first` goes out
    /// before anything else; `heard` is given each message of the client.
    pub async fn serve(
        self: Arc<Self>,
        upgrade: OnUpgrade,
        known: K,
        first: impl FnOnce(&mut K) -> Vec<Push>,
        mut heard: impl FnMut(u64, Message),
    ) {
        let Ok(upgraded) = upgrade.await else { return };
        let mut socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
        let (queue, mut pushes) = mpsc::unbounded_channel();
        let id = {
            let mut open = self.open.lock().expect("no holder panics");
            open.next += 1;
            let id = open.next;
            open.sockets.insert(id, (queue, known));
            id
        };
        self.update(id, first);
        loop {
            tokio::select! {
                push = pushes.recv() => match push {
                    Some(push) => if !send(&mut socket, push).await { break },
                    None => break,
                },
                message = socket.next() => match message {
                    Some(Ok(message)) => heard(id, message),
                    _ => break,
                },
            }
        }
        self.open.lock().expect("no holder panics").sockets.remove(&id);
        self.changes.send_modify(|changes| *changes += 1);
    }
}

type Socket = WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>;

/// Whether the socket is still of use.
async fn send(socket: &mut Socket, push: Push) -> bool {
    match push {
        Push::Text(text) => socket.send(Message::text(text)).await.is_ok(),
        Push::Binary(bytes) => socket.send(Message::binary(bytes)).await.is_ok(),
        Push::Frame { opcode, payload } => write(socket, &frame(opcode, &payload)).await,
        Push::Half(text) => {
            let whole = frame(1, text.as_bytes());
            write(socket, &whole[..whole.len() / 2]).await;
            false
        }
        Push::Close(code) => {
            let close = code.map(|code| CloseFrame { code: code.into(), reason: "".into() });
            socket.close(close).await.is_ok()
        }
        Push::Drop => false,
    }
}

async fn write(socket: &mut Socket, bytes: &[u8]) -> bool {
    let raw = socket.get_mut();
    raw.write_all(bytes).await.is_ok() && raw.flush().await.is_ok()
}

/// One final, unmasked frame (RFC 6455, section 5.2).
fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x80 | (opcode & 0x0f)];
    match payload.len() {
        length @ ..=125 => bytes.push(u8::try_from(length).expect("it is below 126")),
        length @ 126..=0xffff => {
            bytes.push(126);
            bytes.extend(u16::try_from(length).expect("it fits").to_be_bytes());
        }
        length => {
            bytes.push(127);
            bytes.extend(u64::try_from(length).expect("a length fits").to_be_bytes());
        }
    }
    bytes.extend(payload);
    bytes
}

/// Whether a request wants to become a websocket.
pub fn wanted(headers: &HeaderMap) -> bool {
    headers.get(header::UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Answers a request for a websocket (RFC 6455, section 4.2); `protocol` is the subprotocol to echo.
///
/// # Errors
/// Why it cannot become one.
pub fn accept(request: &mut Request, protocol: Option<&str>) -> Result<(Response, OnUpgrade), &'static str> {
    let key = request.headers().get(header::SEC_WEBSOCKET_KEY).map(|key| derive_accept_key(key.as_bytes()));
    let version = request.headers().get(header::SEC_WEBSOCKET_VERSION);
    if !wanted(request.headers()) || version.is_none_or(|version| version != "13") {
        return Err("a websocket of version 13 is wanted here");
    }
    let (Some(key), Some(upgrade)) = (key, request.extensions_mut().remove::<OnUpgrade>()) else {
        return Err("this connection cannot be upgraded");
    };
    let mut answer = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::UPGRADE, "websocket")
        .header(header::CONNECTION, "Upgrade")
        .header(header::SEC_WEBSOCKET_ACCEPT, key);
    if let Some(protocol) = protocol {
        answer = answer.header(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    Ok((answer.body(Body::empty()).map_err(|_| "a subprotocol is a header's value")?, upgrade))
}
