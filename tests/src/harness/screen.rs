//! A screen on the live socket: holds the view that it is shown, and keeps to the rules by which
//! a screen misses nothing and sees nothing twice.

use std::{collections::BTreeMap, fmt::Debug};

use futures_util::{SinkExt, StreamExt};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    Audience, Method, QuestionId,
    frames::{Frame, SocketCommand},
    problem::Problem,
    views::{
        Alike, Card, Claim, Colleague, DeskCard, DeskSession, Mine, ModeratorCard, ModeratorSession, Outgoing,
        PanelCard, PanelSession, PublicCard, PublicSession, SourceHealth, View,
    },
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, HeaderValue, Request, header},
    },
};

use super::wait::{PATIENCE, eventually};

/// A citizen's page, or the wall.
pub type PublicScreen = Screen<PublicSession, PublicCard>;
/// The moderators' desk.
pub type ModeratorScreen = Screen<ModeratorSession, ModeratorCard>;
/// The panel's tablet.
pub type PanelScreen = Screen<PanelSession, PanelCard>;
/// The desk of civil servants.
pub type DeskScreen = Screen<DeskSession, DeskCard>;

/// How a screen connects.
#[derive(Debug, Clone)]
pub struct Live {
    address: String,
    headers: Vec<(HeaderName, String)>,
}

/// How a socket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The close code, when the server said one.
    pub code: Option<u16>,
    /// The reason beside it.
    pub reason: String,
}

/// One open socket and what came over it.
pub struct Screen<H, C> {
    live: Live,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    view: Option<View<H, C>>,
    /// Snapshots since the screen was opened first.
    pub snapshots: usize,
    /// Patches since the screen was opened first.
    pub patches: usize,
    /// The participant's own part, when there was one.
    pub mine: Option<Mine>,
    /// Who is at the staff screens, and how many public sockets there are.
    pub presence: Option<(Vec<Colleague>, u32)>,
    /// What colleagues have open.
    pub claims: Vec<Claim>,
    /// How it goes with the networks.
    pub sources: Vec<SourceHealth>,
    /// Messages to networks.
    pub outgoing: Vec<Outgoing>,
    /// What is near which waiting question, and how many groups are proposed.
    pub alike: BTreeMap<QuestionId, Alike>,
    /// How many groups are proposed.
    pub groups: u32,
    /// By what questions are compared.
    pub method: Option<Method>,
    /// References of commands that were done.
    pub done: Vec<Option<String>>,
    /// What was refused.
    pub problems: Vec<Problem>,
    /// Every frame as it came.
    pub raw: Vec<String>,
    ending: Option<Ending>,
}

impl Live {
    /// As this audience; with a key when there is one.
    pub fn new(base: &str, hashtag: &str, audience: Audience, key: Option<&str>) -> Self {
        let base = base.replacen("http", "ws", 1);
        let address = format!("{base}/api/v1/sessions/{hashtag}/live?audience={}", audience.word());
        let headers = key.map(|key| (header::AUTHORIZATION, format!("Bearer {key}"))).into_iter().collect();
        Self { address, headers }
    }

    /// As a page of this site would.
    pub fn with_origin(mut self, origin: &str) -> Self {
        self.headers.push((header::ORIGIN, origin.to_owned()));
        self
    }

    /// As a screen that says it has seen this much.
    pub fn after(mut self, seq: u64) -> Self {
        self.address = format!("{}&after={seq}", self.address);
        self
    }

    /// As a browser with these cookies, and no key.
    pub fn with_cookies(mut self, cookies: &str) -> Self {
        self.headers.retain(|(name, _)| name != header::AUTHORIZATION);
        self.headers.push((header::COOKIE, cookies.to_owned()));
        self
    }

    /// The status with which the door stays shut.
    pub async fn refused(&self) -> u16 {
        match connect_async(self.request(None)).await {
            Err(Error::Http(response)) => response.status().as_u16(),
            Ok(_) => panic!("the socket opened: {}", self.address),
            Err(error) => panic!("neither opened nor refused: {error}"),
        }
    }

    fn request(&self, after: Option<u64>) -> Request<()> {
        let after = after.map_or_else(String::new, |seq| format!("&after={seq}"));
        let mut request = format!("{}{after}", self.address).into_client_request().expect("an address");
        for (name, value) in &self.headers {
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header"));
        }
        request
    }
}

impl<H, C> Screen<H, C>
where
    H: Serialize + DeserializeOwned + Debug,
    C: Card + Serialize + DeserializeOwned + Debug,
{
    /// Connects, and waits for the first snapshot.
    pub async fn opens(live: Live) -> Self {
        let (socket, _) = connect_async(live.request(None)).await.expect("an open socket");
        let mut screen = Self {
            live,
            socket,
            view: None,
            snapshots: 0,
            patches: 0,
            mine: None,
            presence: None,
            claims: Vec::new(),
            sources: Vec::new(),
            outgoing: Vec::new(),
            alike: BTreeMap::new(),
            groups: 0,
            method: None,
            done: Vec::new(),
            problems: Vec::new(),
            raw: Vec::new(),
            ending: None,
        };
        screen.until("a first snapshot", |screen| screen.view.is_some()).await;
        assert_eq!(screen.raw.len(), 1, "the snapshot comes first: {:?}", screen.raw);
        screen
    }

    /// Connects again, with what it has; keeps trying while the server is away.
    pub async fn comes_back(&mut self) {
        let request = self.live.request(Some(self.view().seq));
        self.socket = eventually("the screen comes back", async || connect_async(request.clone()).await.ok()).await.0;
        self.ending = None;
    }

    /// What it shows.
    pub fn view(&self) -> &View<H, C> {
        self.view.as_ref().expect("a snapshot")
    }

    /// The card of a question, if it shows it.
    pub fn card(&self, question: QuestionId) -> Option<&C> {
        self.view().card(question)
    }

    /// Reads on until it is so.
    pub async fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        let reading = async {
            while !so(self) {
                if self.ending.is_some() || !self.reads().await {
                    return false;
                }
            }
            true
        };
        let Ok(shown) = timeout(PATIENCE, reading).await else {
            panic!("never shown: {what}; last frames: {:#?}", self.raw.iter().rev().take(3).collect::<Vec<_>>())
        };
        assert!(shown, "the socket ended ({:?}) before: {what}", self.ending);
    }

    /// Reads on until the server closes.
    pub async fn ends(&mut self) -> Ending {
        let reading = async { while self.reads().await {} };
        timeout(PATIENCE, reading).await.expect("the server closes the socket");
        self.ending.clone().unwrap_or(Ending { code: None, reason: String::new() })
    }

    /// Sends a command.
    pub async fn says(&mut self, command: &SocketCommand) {
        self.sends(serde_json::to_string(command).expect("a command")).await;
    }

    /// Sends any text.
    pub async fn sends(&mut self, text: String) {
        self.socket.send(Message::text(text)).await.expect("an open socket");
    }

    /// Sends any text to a server that may have closed already.
    pub async fn tries_to_send(&mut self, text: String) -> bool {
        self.socket.send(Message::text(text)).await.is_ok()
    }

    /// Sends bytes.
    pub async fn sends_bytes(&mut self, bytes: Vec<u8>) {
        self.socket.send(Message::binary(bytes)).await.expect("an open socket");
    }

    /// Reads one message; false at the end.
    pub async fn reads(&mut self) -> bool {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => self.takes(text.as_str()),
            Some(Ok(Message::Close(frame))) => {
                let (code, reason) =
                    frame.map_or((None, String::new()), |frame| (Some(frame.code.into()), frame.reason.to_string()));
                self.ending = Some(Ending { code, reason });
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => {
                self.ending.get_or_insert(Ending { code: None, reason: String::new() });
                return false;
            }
        }
        true
    }

    fn takes(&mut self, text: &str) {
        self.raw.push(text.to_owned());
        let frame: Frame<H, C> = serde_json::from_str(text).unwrap_or_else(|e| panic!("not a frame: {e}: {text}"));
        match frame {
            Frame::Snapshot { seq, view } => {
                assert_eq!(seq, view.seq, "a snapshot says its view's seq");
                let last = self.view.as_ref().map_or(0, |known| known.seq);
                assert!(seq >= last, "a snapshot goes back from {last} to {seq}");
                self.snapshots += 1;
                self.view = Some(view);
            }
            Frame::Patch(patch) => {
                let view = self.view.as_mut().expect("a snapshot before any patch");
                assert_eq!(patch.after, view.seq, "a patch builds on what is shown: nothing missed, nothing twice");
                assert!(patch.seq > patch.after, "a patch leads on: {text}");
                view.apply(patch).expect("a patch that fits");
                self.patches += 1;
            }
            Frame::Alive { seq } => assert_eq!(seq, self.view().seq, "nothing was missed"),
            Frame::Mine { mine } => self.mine = Some(mine),
            Frame::Presence { here, viewers, claims } => {
                self.presence = Some((here, viewers));
                self.claims = claims;
            }
            Frame::Channels { sources, outgoing } => {
                self.sources = sources;
                self.outgoing = outgoing;
            }
            Frame::Likeness { method, all, alike, groups } => {
                self.method = Some(method);
                if all {
                    self.alike.clear();
                }
                self.alike.extend(alike.into_iter().map(|alike| (alike.question, alike)));
                self.alike.retain(|_, alike| !alike.near.is_empty());
                self.groups = groups;
            }
            Frame::Done { reference, .. } => self.done.push(reference),
            Frame::Problem { problem, .. } => self.problems.push(problem),
        }
    }
}
