//! One of the public at the live socket: the handshake, and what they may say over it.

use axum::{
    body::Bytes,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use conversation::ParticipantId;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use shared::{
    Language, QuestionId, Refusal,
    commands::Ask,
    frames::{Frame, SocketCommand},
    views::{PublicCard, PublicSession},
};
use socket2::SockRef;
use std::sync::Arc;
use tokio::{net::TcpStream, sync::mpsc};
use tokio_util::task::task_tracker::TaskTrackerToken;
use tungstenite::handshake::derive_accept_key;

use super::{App, body, limits::Pace, network::Network, places::Place, problem, problem::Refused, visitor::Visitor};
use crate::{
    hub::{Session, text},
    viewers::{Address, Newcomer, Person, TextFrame, Wrong},
};

/// How much the kernel may hold for a viewer that does not read, in bytes.
const SEND_BUFFER: usize = 128 * 1024;
/// How many commands of one viewer may wait for each other.
const LINE: usize = 128;

type PublicFrame = Frame<PublicSession, PublicCard>;

/// Answers the handshake (RFC 6455, 4.2) and, once the wire is theirs, gives them a seat.
pub fn join(visitor: Visitor, session: Session, after: Option<u64>, mut request: Request) -> Result<Response, Refused> {
    let key = handshake_key(request.headers()).ok_or(Refusal::Malformed)?;
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = request.extensions_mut().remove::<OnUpgrade>().ok_or(Refusal::Malformed)?;
    let person = Viewer::new(visitor, session.clone());
    tokio::spawn(async move {
        // Whoever hangs up during the handshake is no error of ours.
        let Ok(upgraded) = upgrade.await else { return };
        let Some((stream, early)) = bare(upgraded) else { return };
        session.admit(Newcomer { stream, early, person: Box::new(person) }, after);
    });
    let accept = HeaderValue::try_from(accept).map_err(|_| Refusal::Malformed)?;
    let headers = [
        (header::CONNECTION, HeaderValue::from_static("upgrade")),
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    Ok((StatusCode::SWITCHING_PROTOCOLS, headers).into_response())
}

fn handshake_key(headers: &HeaderMap) -> Option<&str> {
    let says = |name, word: &str| {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(word))
    };
    let right = says(header::CONNECTION, "upgrade")
        && says(header::UPGRADE, "websocket")
        && says(header::SEC_WEBSOCKET_VERSION, "13");
    right.then(|| headers.get(header::SEC_WEBSOCKET_KEY)?.to_str().ok())?
}

/// The socket itself, and what was read of it already.
fn bare(upgraded: Upgraded) -> Option<(std::net::TcpStream, Bytes)> {
    let parts = upgraded.downcast::<TokioIo<TcpStream>>().ok()?;
    let stream = parts.io.into_inner().into_std().ok()?;
    if let Err(error) = SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER) {
        tracing::debug!(%error, "a viewer's buffer keeps its size");
    }
    Some((stream, parts.read_buf))
}

/// One of the public, from their seat to their leaving.
struct Viewer {
    session: Session,
    app: Arc<App>,
    lang: Language,
    participant: Option<ParticipantId>,
    network: Network,
    address: Option<Address>,
    pace: Option<Pace>,
    /// Where their commands go, from the first one on: one after another, in their order.
    line: Option<mpsc::Sender<SocketCommand>>,
    _open: TaskTrackerToken,
    _place: Option<Arc<Place>>,
}

impl Viewer {
    fn new(visitor: Visitor, session: Session) -> Self {
        let participant = visitor.participant().ok();
        let Visitor { app, lang, place, network, .. } = visitor;
        session.looking().viewer_came();
        let open = app.open.token();
        Self {
            session,
            app,
            lang,
            participant,
            network,
            address: None,
            pace: None,
            line: None,
            _open: open,
            _place: place,
        }
    }

    /// Starts doing what they say.
    fn listen(&self, address: Address) -> mpsc::Sender<SocketCommand> {
        let (line, mut commands) = mpsc::channel(LINE);
        let (session, app, lang, participant) =
            (self.session.clone(), Arc::clone(&self.app), self.lang, self.participant);
        let network = self.network;
        self.app.runtime.spawn(async move {
            while let Some(command) = commands.recv().await {
                let (reference, outcome) = obey(&session, &app, participant, network, command).await;
                let frame = match outcome {
                    Ok(question) => text(&PublicFrame::Done { reference, question }),
                    Err(refusal) => {
                        app.viewers.metrics().refused(&refusal);
                        text(&PublicFrame::Problem { reference, problem: problem::problem(&refusal, lang) })
                    }
                };
                address.tell(frame.wire().clone());
            }
        });
        line
    }
}

impl Person for Viewer {
    fn seated(&mut self, address: Address) {
        if let Some(who) = self.participant {
            self.session.looking().seat(who, address.clone());
        }
        self.address = Some(address);
    }

    fn may_speak(&mut self) -> Result<(), Refusal> {
        self.pace.get_or_insert_with(|| self.app.limits.socket()).check()
    }

    fn says(&mut self, words: String) -> Result<(), (Refusal, Wrong)> {
        let Ok(command) = body::parse::<SocketCommand>(words.as_bytes()) else {
            return Err((Refusal::Malformed, Wrong::NO_COMMAND));
        };
        let Some(address) = &self.address else { return Ok(()) };
        if self.line.is_none() {
            self.line = Some(self.listen(address.clone()));
        }
        let sent = self.line.as_ref().map(|line| line.try_send(command));
        if matches!(sent, Some(Ok(()))) { Ok(()) } else { Err((Refusal::TooFast { retry_after: 1 }, Wrong::TOO_MUCH)) }
    }

    fn mine(&self) -> Option<Bytes> {
        let who = self.participant?;
        let mine = self.session.read(|now| now.mine(who));
        Some(text(&PublicFrame::Mine { mine }).wire().clone())
    }

    fn refusal(&self, refusal: &Refusal) -> Bytes {
        self.app.viewers.metrics().refused(refusal);
        let problem = problem::problem(refusal, self.lang);
        let frame: TextFrame = text(&PublicFrame::Problem { reference: None, problem });
        frame.wire().clone()
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let looking = self.session.looking();
        looking.viewer_left();
        if let (Some(who), Some(address)) = (self.participant, &self.address) {
            looking.unseat(who, address);
        }
    }
}

type Outcome = Result<Option<QuestionId>, Refusal>;

async fn obey(
    session: &Session,
    app: &App,
    participant: Option<ParticipantId>,
    network: Network,
    command: SocketCommand,
) -> (Option<String>, Outcome) {
    match command {
        SocketCommand::Ask { reference, text, name } => {
            (reference, ask(session, app, participant, network, Ask { text, name }).await)
        }
        SocketCommand::Support { reference, question, on } => {
            (reference, support(session, app, participant, question, on).await)
        }
    }
}

async fn ask(session: &Session, app: &App, who: Option<ParticipantId>, network: Network, ask: Ask) -> Outcome {
    let who = who.ok_or(Refusal::Unauthorized)?;
    app.limits.ask(who)?;
    let noticed = app.crowds.notice(session.name(), network, who, app.clock.now());
    Ok(session.ask(who, ask, noticed, None).await?.about)
}

async fn support(session: &Session, app: &App, who: Option<ParticipantId>, question: QuestionId, on: bool) -> Outcome {
    let who = who.ok_or(Refusal::Unauthorized)?;
    app.limits.support(who)?;
    session.support(who, question, on).await.map(|_| Some(question))
}
