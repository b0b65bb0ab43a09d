//! What may go wrong between a client and a server, and what the server was asked.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tokio::{sync::watch, time::sleep};

/// The most that a request's body may have, in bytes.
const MOST: usize = 16 * 1024 * 1024;
/// In how many pieces a slow body arrives.
const PIECES: usize = 16;

/// Something that happens to the next requests.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct Fault {
    /// Only to paths that start so.
    pub path: String,
    /// Only to this method, when given.
    pub method: Option<String>,
    /// To so many requests.
    pub times: u32,
    /// Answered with this status instead of what would be said; nothing is done then.
    pub status: Option<u16>,
    /// Headers of that answer.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: String,
    /// How long nothing happens first, in milliseconds.
    pub delay_ms: u64,
    /// How long the body takes to arrive, in milliseconds.
    pub body_ms: u64,
}

impl Default for Fault {
    fn default() -> Self {
        Self {
            path: "/".to_owned(),
            method: None,
            times: 1,
            status: None,
            headers: BTreeMap::new(),
            body: String::new(),
            delay_ms: 0,
            body_ms: 0,
        }
    }
}

impl Fault {
    /// So many requests to paths that start so are answered with a status and a body.
    pub fn answer(status: u16, body: &str, times: u32, path: &str) -> Self {
        Self { path: path.to_owned(), times, status: Some(status), body: body.to_owned(), ..Self::default() }
    }

    /// The same with another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The body of the next answer under that path takes so long to arrive.
    pub fn slow(path: &str, body: Duration) -> Self {
        let body_ms = u64::try_from(body.as_millis()).expect("a test does not wait for ages");
        Self { path: path.to_owned(), body_ms, ..Self::default() }
    }
}

/// Whether a request showed a token that the server knows.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Token {
    /// None at all.
    Absent,
    /// One that is known.
    Right,
    /// Another.
    Wrong,
}

/// A request that was received; or a message over a socket, with the method `MESSAGE`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, without tokens.
    pub query: String,
    /// All headers but those that may hold a token.
    pub headers: BTreeMap<String, String>,
    /// What was in those.
    pub token: Token,
    /// The body.
    pub body: String,
}

/// The faults to come and the requests so far.
#[derive(Debug, Default)]
pub struct Desk {
    faults: Mutex<Vec<Fault>>,
    journal: Mutex<Vec<Received>>,
    changes: watch::Sender<usize>,
}

impl Desk {
    /// Adds a fault; the first that fits a request happens to it.
    pub fn add(&self, fault: Fault) {
        self.faults.lock().expect("no holder panics").push(fault);
    }

    /// Takes back all faults.
    pub fn clear(&self) {
        self.faults.lock().expect("no holder panics").clear();
    }

    /// All that was received, the oldest first.
    pub fn journal(&self) -> Vec<Received> {
        self.journal.lock().expect("no holder panics").clone()
    }

    /// Writes down what was received.
    pub fn note(&self, received: Received) {
        let mut journal = self.journal.lock().expect("no holder panics");
        journal.push(received);
        self.changes.send_replace(journal.len());
    }

    /// Waits until so many requests of this method under this path were received, and gives them.
    pub async fn until(&self, method: &str, path: &str, count: usize) -> Vec<Received> {
        let mut changes = self.changes.subscribe();
        loop {
            let mut all = self.journal();
            all.retain(|received| received.method == method && received.path.starts_with(path));
            if all.len() >= count {
                return all;
            }
            changes.changed().await.expect("the sender is ours");
        }
    }

    fn next(&self, method: &Method, path: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().expect("no holder panics");
        let fits = |fault: &Fault| {
            path.starts_with(&fault.path) && fault.method.as_deref().is_none_or(|wanted| wanted == method.as_str())
        };
        let at = faults.iter().position(fits)?;
        let fault = faults[at].clone();
        faults[at].times = fault.times.saturating_sub(1);
        faults.retain(|fault| fault.times > 0);
        Some(fault)
    }

    /// Stands between the network and the server: writes down each request, then lets the next fault
    /// happen to it. `judge` says what a token is worth. Requests under `/_control` pass untouched.
    pub async fn stand(
        self: Arc<Self>,
        request: Request,
        next: Next,
        judge: impl Fn(Option<&str>) -> Token,
    ) -> Response {
        if request.uri().path().starts_with("/_control") {
            return next.run(request).await;
        }
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, MOST).await.unwrap_or_default();
        let shown = shown_token(&parts.headers, parts.uri.query());
        self.note(Received {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: without_token(parts.uri.query().unwrap_or_default()),
            headers: plain(&parts.headers),
            token: judge(shown.as_deref()),
            body: String::from_utf8_lossy(&body).into_owned(),
        });
        let fault = self.next(&parts.method, parts.uri.path());
        let request = Request::from_parts(parts, Body::from(body));
        let Some(fault) = fault else { return next.run(request).await };
        if fault.delay_ms > 0 {
            sleep(Duration::from_millis(fault.delay_ms)).await;
        }
        let answer = match fault.status {
            Some(status) => answer(status, &fault),
            None => next.run(request).await,
        };
        if fault.body_ms > 0 { trickle(answer, Duration::from_millis(fault.body_ms)).await } else { answer }
    }
}

/// The token of a request: from the header `Authorization`, a parameter, or the subprotocol.
pub fn shown_token(headers: &HeaderMap, query: Option<&str>) -> Option<String> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(value) = text(header::AUTHORIZATION) {
        return Some(value.strip_prefix("Bearer ").unwrap_or(value).to_owned());
    }
    let parameter = query.unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("access_token="));
    parameter.or_else(|| text(header::SEC_WEBSOCKET_PROTOCOL)).map(str::to_owned)
}

fn without_token(query: &str) -> String {
    query.split('&').filter(|pair| !pair.starts_with("access_token=")).collect::<Vec<_>>().join("&")
}

fn plain(headers: &HeaderMap) -> BTreeMap<String, String> {
    let secret = [header::AUTHORIZATION, header::SEC_WEBSOCKET_PROTOCOL, header::COOKIE];
    headers
        .iter()
        .filter(|(name, _)| !secret.contains(name))
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect()
}

fn answer(status: u16, fault: &Fault) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = Response::new(Body::from(fault.body.clone()));
    *answer.status_mut() = status;
    let kind = if fault.body.starts_with(['{', '[']) { "application/json; charset=utf-8" } else { "text/html" };
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in &fault.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

/// The same answer, its body in pieces over so long.
async fn trickle(answer: Response, over: Duration) -> Response {
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, MOST).await.unwrap_or_default();
    let size = body.len().div_ceil(PIECES).max(1);
    let count = u32::try_from(body.len().div_ceil(size).max(1)).expect("there are few pieces");
    let pieces = stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        sleep(over / count).await;
        let piece: Bytes = rest.split_to(size.min(rest.len()));
        Some((Ok::<_, std::convert::Infallible>(piece), rest))
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}
