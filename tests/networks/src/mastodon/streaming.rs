//! The streams: a websocket on which a client subscribes to hashtags, as Mastodon's streaming server
//! serves it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{
    Server, markup,
    state::{Sent, Worth},
};
use crate::{
    faults::{Received, Token, shown_token},
    sockets::{self, Push},
};

/// A client on the other end of a socket.
#[derive(Debug)]
pub struct Listener {
    pub token: String,
    scoped: bool,
    /// The tag as Mastodon compares it, whether only local posts are heard, and the name that the
    /// client gave the stream.
    hears: Vec<(String, bool, Value)>,
}

impl Listener {
    pub fn hears_tag(&self, tag: &str) -> bool {
        self.hears.iter().any(|(heard, ..)| heard == tag)
    }

    /// One frame for each subscription that an event is for.
    pub fn frames(&self, sent: &Sent) -> Vec<String> {
        let fits = |(tag, local, _): &&(String, bool, Value)| sent.tags.contains(tag) && (sent.local || !local);
        self.hears
            .iter()
            .filter(fits)
            .map(|(.., stream)| json!({"stream": stream, "event": sent.event, "payload": sent.payload}).to_string())
            .collect()
    }

    fn asks(&mut self, kind: &str, stream: &str, tag: &str) -> Vec<Push> {
        match kind {
            "subscribe" => self.subscribe(stream, tag).err(),
            "unsubscribe" => self.unsubscribe(stream, tag).err(),
            _ => None,
        }
        .map(|error| Push::Text(error.to_string()))
        .into_iter()
        .collect()
    }

    fn subscribe(&mut self, stream: &str, tag: &str) -> Result<(), Value> {
        if !self.scoped {
            return Err(json!({"error": "Access token does not have the required scopes", "status": 401}));
        }
        let (name, local) = channel(stream, tag)?;
        if !self.hears.iter().any(|(heard, only, _)| *heard == name && *only == local) {
            self.hears.push((name, local, json!([stream, tag])));
        }
        Ok(())
    }

    fn unsubscribe(&mut self, stream: &str, tag: &str) -> Result<(), Value> {
        let (name, local) = channel(stream, tag).map_err(|_| json!({"error": "Error unsubscribing from channel"}))?;
        self.hears.retain(|(heard, only, _)| *heard != name || *only != local);
        Ok(())
    }
}

/// What a stream's name and tag mean; the other streams of Mastodon are not here.
fn channel(stream: &str, tag: &str) -> Result<(String, bool), Value> {
    let local = match stream {
        "hashtag" => false,
        "hashtag:local" => true,
        _ => return Err(json!({"error": "Unknown stream type", "status": 400})),
    };
    if tag.is_empty() {
        return Err(json!({"error": "Missing tag name parameter", "status": 400}));
    }
    Ok((markup::normal(tag), local))
}

/// `GET /api/v1/streaming/health`
pub async fn health() -> Response {
    ([(header::CONTENT_TYPE, "text/plain")], "OK").into_response()
}

/// `GET /api/v1/streaming`
pub async fn streaming(State(server): State<Arc<Server>>, mut request: Request) -> Response {
    if !sockets::wanted(request.headers()) {
        return (StatusCode::NOT_FOUND, axum::Json(json!({"error": "Not found"}))).into_response();
    }
    let shown = shown_token(request.headers(), request.uri().query());
    let Some(shown) = shown else { return refused("Missing access token") };
    let found = server.state().tokens.get(&shown).filter(|token| token.worth == Worth::Good).cloned();
    let Some(found) = found else { return refused("Invalid access token") };
    let protocol = request.headers().get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|value| value.to_str().ok());
    let protocol = protocol.map(str::to_owned);
    let wanted = Query::<Wanted>::try_from_uri(request.uri()).map(|query| query.0).unwrap_or_default();
    let (answer, upgrade) = match sockets::accept(&mut request, protocol.as_deref()) {
        Ok(accepted) => accepted,
        Err(why) => return (StatusCode::BAD_REQUEST, why).into_response(),
    };
    let listener = Listener { token: shown, scoped: found.covers("read:statuses"), hears: Vec::new() };
    let first = move |listener: &mut Listener| {
        if wanted.stream.is_empty() { Vec::new() } else { listener.asks("subscribe", &wanted.stream, &wanted.tag) }
    };
    let sockets = Arc::clone(&server.sockets);
    tokio::spawn(sockets.serve(upgrade, listener, first, move |socket, message| heard(&server, socket, &message)));
    answer
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    stream: String,
    tag: String,
}

fn heard(server: &Server, socket: u64, message: &Message) {
    let text = match message {
        Message::Text(text) => text.as_str(),
        Message::Binary(_) => return server.sockets.update(socket, |_| vec![Push::Close(Some(1003))]),
        _ => return,
    };
    server.desk.note(Received {
        method: "MESSAGE".to_owned(),
        path: "/api/v1/streaming".to_owned(),
        query: String::new(),
        headers: std::collections::BTreeMap::new(),
        token: Token::Right,
        body: text.to_owned(),
    });
    // What is not JSON is passed over in silence.
    let Ok(asked) = serde_json::from_str::<Value>(text) else { return };
    let part = |name: &str| asked[name].as_str().unwrap_or_default();
    server.sockets.update(socket, |listener| listener.asks(part("type"), part("stream"), part("tag")));
}

fn refused(why: &'static str) -> Response {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::UNAUTHORIZED;
    let headers = answer.headers_mut();
    headers.insert(HeaderName::from_static("x-error-message"), HeaderValue::from_static(why));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}
