//! The public's second way to follow a session, for where a proxy lets no websocket through: the
//! same frames as server-sent events. Whoever falls behind is let go, and comes back for the rest.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{Path, Query},
    http::{HeaderMap, HeaderName, header},
    response::{IntoResponse, Response},
};
use conversation::ParticipantId;
use futures_util::stream;
use serde::Deserialize;
use shared::{
    Audience,
    frames::Frame,
    views::{PublicCard, PublicSession},
};
use tokio::{
    sync::{
        broadcast::{self, error::TryRecvError},
        watch,
    },
    time::{Interval, MissedTickBehavior, interval},
};

use super::{problem::Refused, visitor::Visitor};
use crate::{
    clock::random_bytes,
    hub::{Delivery, Joined, Session, alive, text},
    viewers::TextFrame,
};

/// How often a quiet stream says that it lives; proxies end what is silent for a minute.
const BEAT: Duration = Duration::from_secs(25);
/// How much may wait for a slow reader, in bytes, besides what it got first.
const MOST_BEHIND: usize = 256 * 1024;
/// After how many milliseconds a reader that lost its stream comes back: at least, and by how much
/// it differs from one to the next, so that a full hall does not come back at once.
const RETRY: u16 = 1_000;
const RETRY_SPREAD: u16 = 4_000;

type PublicFrame = Frame<PublicSession, PublicCard>;

#[derive(Debug, Deserialize)]
pub struct Follow {
    after: Option<u64>,
}

/// Follows a session as server-sent events, for whoever cannot open the socket. Each event's `data`
/// is one frame, as the socket sends it: `snapshot` first, unless `Last-Event-ID` or `after` says
/// what one has; then `patch`, `alive` (every 25 seconds, and first when nothing was missed) and,
/// with a participant's cookie or token, `mine`. An event that moves the view has the `seq` to which
/// it leads as its `id`. The stream ends when the reader is too slow or the server stops: come back
/// with `Last-Event-ID`, as an `EventSource` does by itself, and nothing is missed.
#[utoipa::path(get, path = "/sessions/{hashtag}/events", tag = "public",
    params(("hashtag" = String, Path),
        ("after" = Option<u64>, Query, description = "The seq one has; the missed patches come instead of a snapshot"),
        ("Last-Event-ID" = Option<u64>, Header, description = "The same, and goes before `after`")),
    responses((status = 200, body = String, content_type = "text/event-stream", description = "Events, without end"),
        (status = 404, body = shared::problem::Problem)))]
pub async fn follow(
    visitor: Visitor,
    Path(tag): Path<String>,
    Query(query): Query<Follow>,
) -> Result<Response, Refused> {
    let session = visitor.session(&tag)?;
    let reader = Reader::joins(&visitor, session, last_event(&visitor.headers).or(query.after));
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // nginx, and those who learned from it, would wait until a buffer is full.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(stream::unfold(reader, Reader::next))).into_response())
}

fn last_event(headers: &HeaderMap) -> Option<u64> {
    headers.get("last-event-id")?.to_str().ok()?.trim().parse().ok()
}

/// One open stream, and who reads it.
struct Reader {
    session: Session,
    participant: Option<ParticipantId>,
    /// Stirs when the participant's own part changed.
    mine: Option<watch::Receiver<()>>,
    patches: broadcast::Receiver<Delivery>,
    /// What the reader has, once it has read what is ready.
    seq: u64,
    beat: Interval,
    stopping: watch::Receiver<bool>,
    /// Pieces of events, to be written next. The frames among them are everybody's.
    ready: VecDeque<Bytes>,
}

impl Reader {
    fn joins(visitor: &Visitor, session: Session, seen: Option<u64>) -> Self {
        session.looking().viewer_came();
        let participant = visitor.participant().ok();
        let mine = participant.map(|who| session.looking().mine(who));
        let Joined { first, seq, patches } = session.join(Audience::Public, seen);
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.reset();
        let stopping = visitor.app.stopping.clone();
        let mut reader = Self { session, participant, mine, patches, seq, beat, stopping, ready: VecDeque::new() };
        let [a, b] = random_bytes();
        let retry = RETRY + u16::from_le_bytes([a, b]) % RETRY_SPREAD;
        reader.ready.push_back(format!("retry: {retry}\n\n").into());
        if first.is_empty() {
            // Only what arrives proves that the way is open.
            reader.says(&alive(seq));
        }
        for delivery in &first {
            reader.leads_on(delivery);
        }
        reader.says_what_is_theirs();
        reader
    }

    /// The next piece to write, when there is one; nothing at the end.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some((Ok(piece), self));
            }
            if *self.stopping.borrow() {
                return None;
            }
            tokio::select! {
                patch = self.patches.recv() => self.catches_up(patch.ok()?)?,
                () = stirred(&mut self.mine) => self.says_what_is_theirs(),
                _ = self.beat.tick() => self.says(&alive(self.seq)),
                _ = self.stopping.changed() => {}
            }
        }
    }

    /// This patch and whatever else waits; `None` when it is too much, or something was lost.
    fn catches_up(&mut self, first: Delivery) -> Option<()> {
        let (mut next, mut behind) = (first, 0);
        loop {
            if !next.is_known_at(self.seq) {
                behind += next.frame.text().len();
                self.leads_on(&next);
            }
            match self.patches.try_recv() {
                Ok(patch) if behind <= MOST_BEHIND => next = patch,
                // Of a channel that is closed the next `recv` tells.
                Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(()),
                Ok(_) | Err(TryRecvError::Lagged(_)) => return None,
            }
        }
    }

    fn leads_on(&mut self, delivery: &Delivery) {
        self.seq = delivery.seq();
        self.event(format!("id: {}\ndata: ", self.seq).into(), &delivery.frame);
    }

    fn says(&mut self, frame: &TextFrame) {
        self.event(Bytes::from_static(b"data: "), frame);
    }

    fn says_what_is_theirs(&mut self) {
        if let Some(who) = self.participant {
            let mine = self.session.read(|now| now.mine(who));
            self.says(&text(&PublicFrame::Mine { mine }));
        }
    }

    /// A frame is JSON on one line, so one field holds it.
    fn event(&mut self, before: Bytes, frame: &TextFrame) {
        self.ready.extend([before, frame.text().clone().into(), Bytes::from_static(b"\n\n")]);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let looking = self.session.looking();
        looking.viewer_left();
        self.mine = None;
        if let Some(who) = self.participant {
            looking.mine_left(who);
        }
    }
}

/// Resolves when the participant's own part changed; never for whoever is none.
async fn stirred(mine: &mut Option<watch::Receiver<()>>) {
    let changed = match mine {
        Some(mine) => mine.changed().await.is_ok(),
        None => false,
    };
    if !changed {
        std::future::pending::<()>().await;
    }
}
