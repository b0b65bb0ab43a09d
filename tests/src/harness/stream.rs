//! Somebody who follows by server-sent events, as an `EventSource` does (WHATWG HTML, 9.2), and
//! keeps to the rules by which a screen misses nothing and sees nothing twice.

use reqwest::{Method, Response, header::HeaderMap};
use shared::{
    QuestionId,
    frames::Frame,
    views::{Mine, PublicCard, PublicSession, PublicView},
};
use tokio::time::timeout;

use super::{
    Caller,
    wait::{PATIENCE, eventually},
};

/// One open stream and what came over it.
pub struct Stream {
    caller: Caller,
    address: String,
    response: Response,
    rest: Vec<u8>,
    view: Option<PublicView>,
    /// The last `id`, which goes with the next request.
    pub last: Option<u64>,
    /// After how many milliseconds it is to come back.
    pub retry: Option<u64>,
    /// Snapshots since the first stream was opened.
    pub snapshots: usize,
    /// Patches since then.
    pub patches: usize,
    /// The participant's own part, each time it came.
    pub mine: Vec<Mine>,
    /// The `data` of every event as it came.
    pub raw: Vec<String>,
    over: bool,
}

impl Stream {
    /// Follows a session.
    pub async fn opens(caller: &Caller, hashtag: &str) -> Self {
        Self::at(caller, &format!("/sessions/{hashtag}/events")).await
    }

    /// Follows at this address of the API, which may say what it has.
    pub async fn at(caller: &Caller, address: &str) -> Self {
        let response = request(caller, address, None).await.expect("a stream");
        Self {
            caller: caller.clone(),
            address: address.to_owned(),
            response,
            rest: Vec::new(),
            view: None,
            last: None,
            retry: None,
            snapshots: 0,
            patches: 0,
            mine: Vec::new(),
            raw: Vec::new(),
            over: false,
        }
    }

    /// Shows this already, from before it was opened.
    pub fn showing(mut self, view: PublicView) -> Self {
        self.view = Some(view);
        self
    }

    /// Opens it again with the last `id`; keeps trying while the server is away.
    pub async fn comes_back(&mut self) {
        let last = self.last;
        self.response =
            eventually("the stream comes back", async || request(&self.caller, &self.address, last).await).await;
        self.rest.clear();
        self.over = false;
    }

    /// The headers it came with.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// What it shows.
    pub fn view(&self) -> &PublicView {
        self.view.as_ref().expect("a snapshot")
    }

    /// The card of a question, if it shows it.
    pub fn card(&self, question: QuestionId) -> Option<&PublicCard> {
        self.view().card(question)
    }

    /// Reads on until it is so.
    pub async fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        let reading = async {
            while !so(self) {
                assert!(self.reads().await, "the stream ended before: {what}");
            }
        };
        let shown = timeout(PATIENCE, reading).await.is_ok();
        assert!(shown, "never shown: {what}; last events: {:#?}", self.raw.iter().rev().take(3).collect::<Vec<_>>());
    }

    /// Reads on until the server ends it.
    pub async fn ends(&mut self) {
        let reading = async { while self.reads().await {} };
        timeout(PATIENCE, reading).await.expect("the server ends the stream");
    }

    /// Takes in a whole stream that was read by other means.
    pub fn takes_all(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        self.takes_blocks();
    }

    /// Reads some more; false at the end.
    async fn reads(&mut self) -> bool {
        if self.over {
            return false;
        }
        match self.response.chunk().await {
            Ok(Some(piece)) => self.takes_all(&piece),
            Ok(None) | Err(_) => self.over = true,
        }
        !self.over
    }

    /// Whatever is complete; an event that is cut short counts for nothing.
    fn takes_blocks(&mut self) {
        while let Some(end) = self.rest.windows(2).position(|two| two == b"\n\n") {
            let block: Vec<u8> = self.rest.drain(..end + 2).collect();
            self.takes(std::str::from_utf8(&block).expect("UTF-8"));
        }
    }

    fn takes(&mut self, block: &str) {
        let (mut id, mut data) = (None, None);
        for line in block.lines().filter(|line| !line.is_empty()) {
            match line.split_once(": ").expect("a field") {
                ("id", value) => id = Some(value.parse().expect("a seq")),
                ("data", value) => assert_eq!(data.replace(value.to_owned()), None, "one frame is one line"),
                ("retry", value) => self.retry = Some(value.parse().expect("milliseconds")),
                other => panic!("not a field of ours: {other:?}"),
            }
        }
        let Some(data) = data else { return };
        let frame: Frame<PublicSession, PublicCard> =
            serde_json::from_str(&data).unwrap_or_else(|e| panic!("not a frame: {e}: {data}"));
        let leads_to = match frame {
            Frame::Snapshot { seq, view } => {
                assert_eq!(seq, view.seq, "a snapshot says its view's seq");
                assert!(self.view.as_ref().is_none_or(|known| known.seq <= seq), "a snapshot goes back");
                self.snapshots += 1;
                self.view = Some(view);
                Some(seq)
            }
            Frame::Patch(patch) => {
                let (seq, view) = (patch.seq, self.view.as_mut().expect("a snapshot before any patch"));
                assert_eq!(patch.after, view.seq, "nothing missed, nothing twice");
                view.apply(patch).expect("a patch that fits");
                self.patches += 1;
                Some(seq)
            }
            Frame::Alive { seq } => {
                assert_eq!(seq, self.view().seq, "nothing was missed");
                None
            }
            Frame::Mine { mine } => {
                self.mine.push(mine);
                None
            }
            other => panic!("not for the public: {other:?}"),
        };
        assert_eq!(id, leads_to, "an event has the seq to which it leads as its id, and no other has one: {data}");
        self.last = id.or(self.last);
        self.raw.push(data);
    }
}

async fn request(caller: &Caller, address: &str, last: Option<u64>) -> Option<Response> {
    let mut request = caller.api(Method::GET, address).header("accept", "text/event-stream");
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let response = request.send().await.ok()?;
    assert_eq!(response.status(), 200, "{address}");
    Some(response)
}
