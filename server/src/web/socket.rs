//! The live socket: what one missed, then each change. The public has shards of its own; members of
//! staff are few, and each of their screens is a task.

use std::time::Duration;

use axum::{
    extract::{
        FromRequestParts, Path, Query, Request, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::Response,
};
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use serde::Deserialize;
use shared::{
    Audience, Refusal,
    frames::{COME_BACK, Frame, KEY_RENEWED, MAX_FRAME, POLICY},
    views::{Colleague, PublicCard, PublicSession},
};
use tokio::{
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    sync::watch,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{
    problem::{self, Refused},
    viewer,
    visitor::Visitor,
};
use crate::{
    hub::{Delivery, Joined, Presence, Session, alive, text},
    likeness::Following,
    viewers::TextFrame,
};

/// A socket that takes nothing for this long is given up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a quiet socket is asked whether it is still there, and told that the server is.
const PING: Duration = Duration::from_secs(25);
/// What a socket reads at once; it says little.
const READ_BUFFER: usize = 1024;

/// RFC 6455: a message too big to process.
const TOO_BIG: u16 = 1009;
/// RFC 6455: a frame of a kind that is not understood.
const UNSUPPORTED: u16 = 1003;

type PublicFrame = Frame<PublicSession, PublicCard>;
type Wire = SplitSink<WebSocket, Message>;
type Closing = Option<(u16, &'static str)>;

#[derive(Debug, Deserialize)]
pub struct Join {
    audience: Option<Audience>,
    after: Option<u64>,
}

/// Joins a session live. Text frames from the server have a `type`: `snapshot` (everything, first),
/// `patch` (what changed), `mine` (the participant's own part), `presence` (staff only), `likeness` and `channels` (moderators only), `done` and
/// `problem` (answers to commands). Close code 1012 means: come back, you will miss nothing.
#[utoipa::path(get, path = "/sessions/{hashtag}/live", tag = "public",
    params(("hashtag" = String, Path), ("audience" = Option<String>, Query, description = "public, moderator, panel or desk"),
        ("after" = Option<u64>, Query, description = "The seq one has; the missed patches come instead of a snapshot")),
    responses((status = 101, description = "A websocket"), (status = 401, body = shared::problem::Problem),
        (status = 403, body = shared::problem::Problem), (status = 404, body = shared::problem::Problem)))]
pub async fn join(
    visitor: Visitor,
    Path(tag): Path<String>,
    Query(query): Query<Join>,
    request: Request,
) -> Result<Response, Refused> {
    let session = visitor.session(&tag)?;
    let audience = query.audience.unwrap_or(Audience::Public);
    let staff = match audience {
        Audience::Public => return viewer::join(visitor, session, query.after, request),
        Audience::Moderator => visitor.moderator(&session)?.staff(),
        Audience::Panel => visitor.panel(&session)?.staff(),
        Audience::Desk => visitor.desk(&session)?.staff(),
    };
    let colleague = Colleague { name: staff.name, role: staff.role };
    let open = visitor.app.open.token();
    let screen = Screen { session, audience, colleague, visitor, _open: open };
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
    let upgrade = upgrade
        .map_err(|_| Refusal::Malformed)?
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(4 * MAX_FRAME)
        .max_frame_size(4 * MAX_FRAME);
    Ok(upgrade.on_upgrade(move |socket| screen.show(socket, query.after)))
}

/// One open screen of the staff and who is behind it.
struct Screen {
    session: Session,
    audience: Audience,
    colleague: Colleague,
    visitor: Visitor,
    _open: TaskTrackerToken,
}

impl Screen {
    async fn show(self, socket: WebSocket, after: Option<u64>) {
        let (mut wire, mut incoming) = socket.split();
        let closing = self.follow(&mut wire, &mut incoming, after).await;
        if let Some((code, reason)) = closing {
            let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
            let _ = timeout(PATIENCE, wire.send(close)).await;
            // The other side answers the close; waiting for it lets our last frames arrive.
            let _ = timeout(Duration::from_secs(2), async { while let Some(Ok(_)) = incoming.next().await {} }).await;
        }
    }

    /// Until one side ends it; says with which code this side does.
    async fn follow(
        &self,
        wire: &mut Wire,
        incoming: &mut (impl StreamExt<Item = Result<Message, axum::Error>> + Unpin),
        after: Option<u64>,
    ) -> Closing {
        let looking = self.session.looking();
        let mut renewals = looking.renewals();
        // A key may have been renewed between the door and here.
        renewals.mark_changed();
        let _seat = looking.sit(self.colleague.clone());
        let mut presence = looking.presence();
        let mut stopping = self.visitor.app.stopping.clone();
        let mut joined = self.session.join(self.audience, after);
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        let mut heard = true;

        let first = joined.first.drain(..).map(|first| first.frame.text().clone());
        let here = presence.borrow_and_update().clone();
        send_all(wire, first.chain([self.presence_frame(here)])).await.ok()?;
        let mut likeness = match self.audience {
            Audience::Moderator => {
                let Following { first, frames } = self.session.join_likeness();
                send_all(wire, [first.text().clone()]).await.ok()?;
                Some(frames)
            }
            _ => None,
        };
        let mut board = match self.audience {
            Audience::Moderator => {
                let mut board = self.visitor.app.channels.board(&self.session);
                let first = board.borrow_and_update().text().clone();
                send_all(wire, [first]).await.ok()?;
                Some(board)
            }
            _ => None,
        };
        loop {
            if *stopping.borrow() {
                return Some((COME_BACK, "restarting"));
            }
            tokio::select! {
                patch = joined.patches.recv() => match patch {
                    Ok(patch) => match waiting(&mut joined, patch) {
                        Some(frames) => send_all(wire, frames).await.ok()?,
                        None => return Some((COME_BACK, "too slow")),
                    },
                    Err(RecvError::Lagged(_)) => return Some((COME_BACK, "too slow")),
                    Err(RecvError::Closed) => return Some((COME_BACK, "restarting")),
                },
                Ok(()) = presence.changed() => {
                    let now = presence.borrow_and_update().clone();
                    send_all(wire, [self.presence_frame(now)]).await.ok()?;
                }
                news = hear(&mut likeness) => {
                    let frame = news.unwrap_or_else(|_| {
                        // What was missed follows from what is there: all of it, once more.
                        let Following { first, frames } = self.session.join_likeness();
                        likeness = Some(frames);
                        first
                    });
                    send_all(wire, [frame.text().clone()]).await.ok()?;
                }
                frame = turned(&mut board) => send_all(wire, [frame]).await.ok()?,
                _ = renewals.changed() => {
                    if self.lost_its_key() {
                        return Some((KEY_RENEWED, "key renewed"));
                    }
                }
                _ = stopping.changed() => {}
                _ = ping.tick() => {
                    if !heard {
                        return None;
                    }
                    heard = false;
                    send_all(wire, [alive(joined.seq).text().clone()]).await.ok()?;
                    timeout(PATIENCE, wire.send(Message::Ping(axum::body::Bytes::new()))).await.ok()?.ok()?;
                }
                message = incoming.next() => {
                    heard = true;
                    match message {
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        // Staff act through the API; here they only listen.
                        Some(Ok(Message::Text(words))) if words.len() > MAX_FRAME => {
                            return self.refuse(wire, &Refusal::TooLarge, (TOO_BIG, "frame too large")).await;
                        }
                        Some(Ok(Message::Text(_))) => {
                            return self.refuse(wire, &Refusal::Malformed, (POLICY, "not a command")).await;
                        }
                        Some(Ok(Message::Binary(_))) => {
                            return self.refuse(wire, &Refusal::Malformed, (UNSUPPORTED, "text frames only")).await;
                        }
                        Some(Err(error)) if error.to_string().contains("too long") => {
                            return self.refuse(wire, &Refusal::TooLarge, (TOO_BIG, "frame too large")).await;
                        }
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    }
                }
            }
        }
    }

    /// Says why, and then with which code the screen ends.
    async fn refuse(&self, wire: &mut Wire, refusal: &Refusal, end: (u16, &'static str)) -> Closing {
        let problem = problem::problem(refusal, self.visitor.lang);
        let frame = PublicFrame::Problem { reference: None, problem };
        send_all(wire, [text(&frame).text().clone()]).await.ok()?;
        Some(end)
    }

    /// Who is here, and what they have open: at the panel that is nobody's concern, and the desk hears
    /// of what was sent to it.
    fn presence_frame(&self, now: Presence) -> Utf8Bytes {
        let Presence { here, viewers, mut claims } = now;
        match self.audience {
            Audience::Moderator => {}
            Audience::Desk => claims.retain(|claim| self.session.read(|now| now.desk_card(claim.question).is_some())),
            Audience::Panel | Audience::Public => claims.clear(),
        }
        text(&PublicFrame::Presence { here, viewers, claims }).text().clone()
    }

    /// Whether the key that opened this screen no longer does.
    fn lost_its_key(&self) -> bool {
        let credentials = self.visitor.credentials();
        match self.audience {
            Audience::Public => true,
            Audience::Moderator => credentials.moderator(&self.session).is_err(),
            Audience::Panel => credentials.panel(&self.session).is_err(),
            Audience::Desk => credentials.desk(&self.session).is_err(),
        }
    }
}

/// This patch and whatever else waits, without what the screen has already; `None` when something
/// between them is lost.
fn waiting(joined: &mut Joined, first: Delivery) -> Option<Vec<Utf8Bytes>> {
    let (mut frames, mut next) = (Vec::new(), first);
    loop {
        if !next.is_known_at(joined.seq) {
            joined.seq = next.seq();
            frames.push(next.frame.text().clone());
        }
        match joined.patches.try_recv() {
            Ok(patch) => next = patch,
            Err(TryRecvError::Lagged(_)) => return None,
            // Of a channel that is closed the next `recv` tells.
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(frames),
        }
    }
}

/// The next news of what seems to mean the same; never, for whoever is not told.
async fn hear(likeness: &mut Option<Receiver<TextFrame>>) -> Result<TextFrame, RecvError> {
    match likeness {
        Some(frames) => frames.recv().await,
        None => std::future::pending().await,
    }
}

/// How it goes with the networks, when that changes; never, for whoever is not told.
async fn turned(board: &mut Option<watch::Receiver<TextFrame>>) -> Utf8Bytes {
    let Some(board) = board else { return std::future::pending().await };
    if board.changed().await.is_err() {
        return std::future::pending().await;
    }
    board.borrow_and_update().text().clone()
}

/// Sends frames with one flush.
async fn send_all(wire: &mut Wire, frames: impl IntoIterator<Item = Utf8Bytes>) -> Result<(), axum::Error> {
    let sending = async {
        for frame in frames {
            wire.feed(Message::Text(frame)).await?;
        }
        wire.flush().await
    };
    timeout(PATIENCE, sending).await.map_err(axum::Error::new)?
}
