//! The live socket: what one missed, then each change; and, for citizens, asking and supporting
//! over the same wire.

use std::time::Duration;

use axum::{
    extract::{
        Path, Query, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::Response,
};
use conversation::ParticipantId;
use futures_util::{SinkExt, StreamExt, stream::SplitSink};
use serde::Deserialize;
use shared::{
    Audience, Refusal,
    commands::Ask,
    frames::{COME_BACK, Frame, KEY_RENEWED, MAX_FRAME, POLICY, SocketCommand},
    views::{Colleague, PublicCard, PublicSession},
};
use tokio::{
    sync::{
        broadcast::error::{RecvError, TryRecvError},
        watch,
    },
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{
    body,
    limits::Pace,
    problem::{self, Refused},
    visitor::Visitor,
};
use crate::hub::{Delivery, Joined, Presence, Session, text};

/// A socket that takes nothing for this long is given up.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a quiet socket is asked whether it is still there.
const PING: Duration = Duration::from_secs(25);
/// What a viewer's socket reads at once; it says little.
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
/// `patch` (what changed), `mine` (the participant's own part), `presence` (staff only), `done` and
/// `problem` (answers to commands). Close code 1012 means: come back, you will miss nothing.
#[utoipa::path(get, path = "/sessions/{hashtag}/live", tag = "public",
    params(("hashtag" = String, Path), ("audience" = Option<String>, Query, description = "public, moderator or panel"),
        ("after" = Option<u64>, Query, description = "The seq one has; the missed patches come instead of a snapshot")),
    responses((status = 101, description = "A websocket"), (status = 401, body = shared::problem::Problem),
        (status = 403, body = shared::problem::Problem), (status = 404, body = shared::problem::Problem)))]
pub async fn join(
    visitor: Visitor,
    Path(tag): Path<String>,
    Query(query): Query<Join>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refused> {
    let session = visitor.session(&tag)?;
    let audience = query.audience.unwrap_or(Audience::Public);
    let colleague = match audience {
        Audience::Public => None,
        Audience::Moderator => Some(visitor.moderator(&session)?.staff()),
        Audience::Panel => Some(visitor.panel(&session)?.staff()),
    };
    let colleague = colleague.map(|staff| Colleague { name: staff.name, role: staff.role });
    let participant = if colleague.is_none() { visitor.participant().ok() } else { None };
    let open = visitor.app.open.token();
    let screen = Screen { session, audience, colleague, participant, visitor, _open: open };
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_message_size(4 * MAX_FRAME)
        .max_frame_size(4 * MAX_FRAME);
    Ok(upgrade.on_upgrade(move |socket| screen.show(socket, query.after)))
}

/// One open socket and who is behind it.
struct Screen {
    session: Session,
    audience: Audience,
    colleague: Option<Colleague>,
    participant: Option<ParticipantId>,
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
        let mut presence = self.colleague.as_ref().map(|_| looking.presence());
        let mut mine = self.participant.map(|who| looking.mine(who));
        let mut stopping = self.visitor.app.stopping.clone();
        let mut joined = self.session.join(self.audience, after);
        let talk = self.visitor.app.limits.socket();
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        let mut heard = true;

        send_all(wire, joined.first.drain(..)).await.ok()?;
        if let Some(frame) = self.mine_frame() {
            send_all(wire, [frame]).await.ok()?;
        }
        if let Some(presence) = presence.as_mut() {
            let now = presence.borrow_and_update().clone();
            send_all(wire, [presence_frame(now)]).await.ok()?;
        }
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
                () = changed(&mut mine) => {
                    if let Some(frame) = self.mine_frame() {
                        send_all(wire, [frame]).await.ok()?;
                    }
                }
                () = changed(&mut presence) => {
                    let now = presence.as_mut().map(|presence| presence.borrow_and_update().clone());
                    if let Some(now) = now {
                        send_all(wire, [presence_frame(now)]).await.ok()?;
                    }
                }
                _ = renewals.changed(), if self.colleague.is_some() => {
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
                    timeout(PATIENCE, wire.send(Message::Ping(axum::body::Bytes::new()))).await.ok()?.ok()?;
                }
                message = incoming.next() => {
                    heard = true;
                    match message {
                        Some(Ok(Message::Text(words))) => {
                            if let Some(closing) = self.hear(wire, &words, &talk).await? {
                                return Some(closing);
                            }
                        }
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Binary(_))) => {
                            let _ = self.refuse(wire, None, &Refusal::Malformed).await;
                            return Some((UNSUPPORTED, "text frames only"));
                        }
                        Some(Err(error)) if error.to_string().contains("too long") => {
                            let _ = self.refuse(wire, None, &Refusal::TooLarge).await;
                            return Some((TOO_BIG, "frame too large"));
                        }
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    }
                }
            }
        }
    }

    /// Does what a frame says. The outer `None` means that the wire broke, the inner that all is well.
    async fn hear(&self, wire: &mut Wire, words: &str, talk: &Pace) -> Option<Closing> {
        if words.len() > MAX_FRAME {
            self.refuse(wire, None, &Refusal::TooLarge).await?;
            return Some(Some((TOO_BIG, "frame too large")));
        }
        if let Err(refusal) = talk.check() {
            self.refuse(wire, None, &refusal).await?;
            return Some(Some((POLICY, "too many frames")));
        }
        let Ok(command) = body::parse::<SocketCommand>(words.as_bytes()) else {
            self.refuse(wire, None, &Refusal::Malformed).await?;
            return Some(Some((POLICY, "not a command")));
        };
        let (reference, outcome) = self.obey(command).await;
        match outcome {
            Ok(question) => send_all(wire, [text(&PublicFrame::Done { reference, question })]).await.ok()?,
            Err(refusal) => self.refuse(wire, reference, &refusal).await?,
        }
        Some(None)
    }

    async fn obey(&self, command: SocketCommand) -> (Option<String>, Result<Option<shared::QuestionId>, Refusal>) {
        let limits = &self.visitor.app.limits;
        match command {
            SocketCommand::Ask { reference, text, name } => {
                let outcome = async {
                    let who = self.participant.ok_or(Refusal::Unauthorized)?;
                    limits.ask(who)?;
                    Ok(self.session.ask(who, Ask { text, name }, None).await?.about)
                };
                (reference, outcome.await)
            }
            SocketCommand::Support { reference, question, on } => {
                let outcome = async {
                    let who = self.participant.ok_or(Refusal::Unauthorized)?;
                    limits.support(who)?;
                    self.session.support(who, question, on).await.map(|_| Some(question))
                };
                (reference, outcome.await)
            }
        }
    }

    async fn refuse(&self, wire: &mut Wire, reference: Option<String>, refusal: &Refusal) -> Option<()> {
        let frame = PublicFrame::Problem { reference, problem: problem::problem(refusal, self.visitor.lang) };
        send_all(wire, [text(&frame)]).await.ok()
    }

    fn mine_frame(&self) -> Option<Utf8Bytes> {
        let who = self.participant?;
        let mine = self.session.read(|now| now.mine(who));
        Some(text(&PublicFrame::Mine { mine }))
    }

    /// Whether the key that opened this screen no longer does.
    fn lost_its_key(&self) -> bool {
        let credentials = self.visitor.credentials();
        match self.audience {
            Audience::Public => false,
            Audience::Moderator => credentials.moderator(&self.session).is_err(),
            Audience::Panel => credentials.panel(&self.session).is_err(),
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
            frames.push(next.frame);
        }
        match joined.patches.try_recv() {
            Ok(patch) => next = patch,
            Err(TryRecvError::Lagged(_)) => return None,
            // Of a channel that is closed the next `recv` tells.
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(frames),
        }
    }
}

fn presence_frame(now: Presence) -> Utf8Bytes {
    text(&PublicFrame::Presence { here: now.here, viewers: now.viewers })
}

/// Resolves when there is something new; never where there is nothing to follow.
async fn changed<T>(following: &mut Option<watch::Receiver<T>>) {
    if let Some(receiver) = following
        && receiver.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
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
