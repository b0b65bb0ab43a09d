//! Hearing posts as they are written, over one websocket for all hashtags.

use std::{collections::BTreeSet, convert::Infallible};

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};

use super::{Mastodon, poll::changed, status::Read};
use crate::{Ears, Gone, Heard, Hearing, NotKept, Socket, Tags, Trouble, Way};

/// The longest message, in bytes; a server takes statuses of at most 1 MiB from others.
const LONGEST: usize = 2 * 1024 * 1024;
/// The most that is held back while we catch up, in bytes; more means that we cannot keep up.
const HELD: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct Frame {
    event: Option<String>,
    payload: Option<Value>,
    error: Option<String>,
    status: Option<u16>,
}

/// Something that came over the socket.
enum Came {
    Text(Utf8Bytes),
    Sign,
    Unreadable,
}

impl Mastodon {
    /// Listens to the stream until something is wrong. It is connected first, then what was missed is read
    /// while the stream is held back, so that nothing falls between; and the same every few minutes.
    pub async fn stream(&self, tags: Tags, ears: &impl Ears) -> Trouble {
        match Box::pin(self.keep_listening(tags, ears)).await {
            Ok(never) => match never {},
            Err(trouble) => trouble,
        }
    }

    async fn keep_listening(&self, mut tags: Tags, ears: &impl Ears) -> Result<Infallible, Trouble> {
        let instance = self.instance(true).await?;
        self.may_read(&instance)?;
        self.own().await?;
        let url = self.streaming(&instance);
        let mut socket = Box::pin(self.guard.socket(&url, self.credentials()?, LONGEST)).await?;
        let mut subscribed = BTreeSet::new();
        let mut told = false;
        // Edits and deletions from before the connection; later ones are heard, or looked for in time.
        let mut again = true;
        loop {
            let wanted = tags.borrow_and_update().clone();
            subscribe(&mut socket, &subscribed, &wanted).await?;
            subscribed.clone_from(&wanted);
            for text in self.catching_up(&mut socket, &wanted, again, ears).await? {
                self.take_frame(&text, ears).await?;
            }
            if !told {
                ears.hearing(Hearing::Listening(Way::Stream));
                told = true;
            }
            let check = sleep(self.pace.check.mul_f64(1.0 + self.world.chance() / 2.0));
            tokio::pin!(check);
            again = loop {
                tokio::select! {
                    () = changed(&mut tags) => break false,
                    () = &mut check => break true,
                    came = self.next(&mut socket) => match came? {
                        Came::Text(text) => self.take_frame(&text, ears).await?,
                        Came::Sign => ears.hearing(Hearing::Alive { behind: None }),
                        Came::Unreadable => ears.hearing(Hearing::Unreadable),
                    },
                }
            };
        }
    }

    /// Reads what was missed, and gives what came over the socket meanwhile.
    async fn catching_up(
        &self,
        socket: &mut Socket,
        wanted: &BTreeSet<String>,
        again: bool,
        ears: &impl Ears,
    ) -> Result<Vec<Utf8Bytes>, Trouble> {
        let mut reading = Box::pin(self.catch_up(wanted, again, ears));
        let (mut held, mut size) = (Vec::new(), 0);
        loop {
            tokio::select! {
                done = &mut reading => return done.map(|()| held),
                came = self.next(socket) => match came? {
                    Came::Text(text) => {
                        size += text.len() + size_of::<Utf8Bytes>();
                        held.push(text);
                        if size > HELD {
                            return Err(Trouble::Lost("more comes in than can be kept up with".to_owned()));
                        }
                    }
                    Came::Sign => {}
                    Came::Unreadable => ears.hearing(Hearing::Unreadable),
                },
            }
        }
    }

    /// The next message; a silent server is asked once whether it is there.
    async fn next(&self, socket: &mut Socket) -> Result<Came, Trouble> {
        let message = if let Ok(message) = timeout(self.pace.idle, socket.next()).await {
            message
        } else {
            socket.send(Message::Ping(Vec::new().into())).await.map_err(|error| lost(&error))?;
            let answer = timeout(self.pace.idle, socket.next()).await;
            answer.map_err(|_| Trouble::Lost("the stream fell silent".to_owned()))?
        };
        match message {
            None | Some(Ok(Message::Close(_))) => Err(Trouble::Lost("the stream ended".to_owned())),
            Some(Ok(Message::Text(text))) => Ok(Came::Text(text)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Came::Sign),
            // After these the socket is of no use, which the next look at it tells.
            Some(Ok(_) | Err(Error::Utf8(_) | Error::Capacity(_))) => Ok(Came::Unreadable),
            Some(Err(error)) => Err(lost(&error)),
        }
    }

    async fn take_frame(&self, text: &str, ears: &impl Ears) -> Result<(), Trouble> {
        let Ok(frame) = serde_json::from_str::<Frame>(text) else {
            ears.hearing(Hearing::Unreadable);
            return Ok(());
        };
        if let Some(words) = frame.error {
            let refused = frame.status.is_none_or(|status| (400..500).contains(&status));
            return Err(if refused { Trouble::Refused(words) } else { Trouble::Lost(words) });
        }
        match (frame.event.as_deref(), frame.payload) {
            (Some("update" | "status.update"), Some(payload)) => self.take_status(payload, ears).await?,
            (Some("delete"), Some(Value::String(id))) => {
                ears.hearing(Hearing::Alive { behind: None });
                ears.take(vec![Heard::Gone(Gone::Local(id))], None).await?;
            }
            (None | Some("update" | "status.update" | "delete"), _) => ears.hearing(Hearing::Unreadable),
            (Some(_), _) => ears.hearing(Hearing::Unknown),
        }
        Ok(())
    }

    async fn take_status(&self, payload: Value, ears: &impl Ears) -> Result<(), NotKept> {
        // A status as a text; some servers send it as it is.
        let status = match payload {
            Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::Null),
            status => status,
        };
        let own = self.own.get().and_then(Option::as_deref);
        match self.read(status, own) {
            Read::Heard { heard, written_at } => {
                let behind = (self.world.now() - written_at).try_into().ok();
                ears.hearing(Hearing::Alive { behind });
                ears.take(vec![heard], None).await?;
            }
            Read::Passed => ears.hearing(Hearing::Alive { behind: None }),
            Read::Unreadable => ears.hearing(Hearing::Unreadable),
        }
        Ok(())
    }
}

async fn subscribe(socket: &mut Socket, from: &BTreeSet<String>, to: &BTreeSet<String>) -> Result<(), Trouble> {
    let off = from.difference(to).map(|tag| ("unsubscribe", tag));
    let on = to.difference(from).map(|tag| ("subscribe", tag));
    for (kind, tag) in off.chain(on) {
        let asked = json!({"type": kind, "stream": "hashtag", "tag": tag}).to_string();
        socket.feed(Message::text(asked)).await.map_err(|error| lost(&error))?;
    }
    socket.flush().await.map_err(|error| lost(&error))
}

fn lost(error: &Error) -> Trouble {
    Trouble::Lost(error.to_string())
}
