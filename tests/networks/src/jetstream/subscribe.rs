//! The socket on which events come, and the directories of who is who.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, Query, Request, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::{Event, Server};
use crate::{
    faults::{Received, Token},
    sockets::{self, Push},
};

/// The most collections and DIDs that a client may ask for.
const COLLECTIONS: usize = 100;
const DIDS: usize = 10_000;

/// A client on the other end of a socket, and what it wants.
#[derive(Debug, Default)]
pub struct Subscriber {
    wishes: Wishes,
    /// The first event that it has not had.
    next: usize,
    /// Whether it was told from where on.
    pub ready: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wishes {
    wanted_collections: Vec<String>,
    wanted_dids: Vec<String>,
    /// In bytes; 0 is no limit.
    max_message_size_bytes: usize,
}

impl Subscriber {
    /// What of these events it wants.
    pub fn wanted(&self, events: &[Event]) -> Vec<Push> {
        let wants = |event: &&Event| self.wishes.want(event);
        events.iter().filter(wants).map(|event| Push::Text(event.json.clone())).collect()
    }

    /// What it wants of all that it has not had.
    pub fn pull(&mut self, events: &[Event]) -> Vec<Push> {
        if !self.ready {
            return Vec::new();
        }
        let fresh = self.wanted(&events[self.next..]);
        self.next = events.len();
        fresh
    }
}

impl Wishes {
    /// What is no commit comes whatever collections are wanted.
    fn want(&self, event: &Event) -> bool {
        let fits = |wanted: &String, collection: &str| match wanted.strip_suffix('*') {
            Some(prefix) => collection.starts_with(prefix),
            None => wanted == collection,
        };
        let collection = event.collection.as_deref();
        (self.wanted_dids.is_empty() || self.wanted_dids.contains(&event.did))
            && (self.max_message_size_bytes == 0 || event.json.len() <= self.max_message_size_bytes)
            && (self.wanted_collections.is_empty()
                || collection.is_none_or(|given| self.wanted_collections.iter().any(|wanted| fits(wanted, given))))
    }

    fn checked(self) -> Result<Self, String> {
        if self.wanted_collections.len() > COLLECTIONS {
            return Err(format!("too many wanted collections: {} > {COLLECTIONS}", self.wanted_collections.len()));
        }
        if self.wanted_dids.len() > DIDS {
            return Err(format!("too many wanted DIDs: {} > {DIDS}", self.wanted_dids.len()));
        }
        if let Some(wrong) = self.wanted_collections.iter().find(|wanted| !wanted.contains('.')) {
            return Err(format!("invalid collection: {wrong}"));
        }
        if let Some(wrong) = self.wanted_dids.iter().find(|wanted| !wanted.starts_with("did:")) {
            return Err(format!("invalid DID: {wrong}"));
        }
        Ok(self)
    }
}

pub fn router(server: &Arc<Server>) -> Router {
    Router::new()
        .route("/subscribe", get(subscribe))
        .route("/xrpc/com.atproto.identity.resolveHandle", get(resolve_handle))
        .route("/{did}", get(document))
        .with_state(Arc::clone(server))
}

pub fn guarded(router: Router, server: &Arc<Server>) -> Router {
    let desk = Arc::clone(&server.desk);
    router.layer(middleware::from_fn(move |request: Request, next: middleware::Next| {
        let judge = |token: Option<&str>| if token.is_some() { Token::Wrong } else { Token::Absent };
        Arc::clone(&desk).stand(request, next, judge)
    }))
}

async fn subscribe(
    State(server): State<Arc<Server>>,
    Query(query): Query<Vec<(String, String)>>,
    mut request: Request,
) -> Response {
    let refuse = |why: String| (StatusCode::BAD_REQUEST, why).into_response();
    let mut wishes = Wishes::default();
    let mut cursor = None;
    for (name, value) in query {
        match name.as_str() {
            "wantedCollections" => wishes.wanted_collections.push(value),
            "wantedDids" => wishes.wanted_dids.push(value),
            "maxMessageSizeBytes" => wishes.max_message_size_bytes = value.parse().unwrap_or(0),
            "cursor" => match value.parse::<u64>() {
                Ok(microseconds) => cursor = Some(microseconds),
                Err(error) => return refuse(format!("invalid cursor: {error}")),
            },
            "compress" | "requireHello" if value == "true" => return refuse(format!("{name} is not to be had here")),
            _ => {}
        }
    }
    let wishes = match wishes.checked() {
        Ok(wishes) => wishes,
        Err(why) => return refuse(why),
    };
    let (answer, upgrade) = match sockets::accept(&mut request, None) {
        Ok(accepted) => accepted,
        Err(why) => return refuse(why.to_owned()),
    };
    let beginning = Arc::clone(&server);
    let first = move |subscriber: &mut Subscriber| {
        let state = beginning.state();
        // A cursor is the time of an event that was had; that one comes again. One of the future
        // stands for now.
        let replay = cursor.filter(|cursor| *cursor <= state.last);
        let after = |cursor: u64| state.events.partition_point(|event| event.time_us < cursor);
        subscriber.next = replay.map_or(state.events.len(), after);
        subscriber.ready = true;
        subscriber.pull(&state.events)
    };
    let sockets = Arc::clone(&server.sockets);
    let subscriber = Subscriber { wishes, ..Subscriber::default() };
    tokio::spawn(sockets.serve(upgrade, subscriber, first, move |socket, message| heard(&server, socket, &message)));
    answer
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
enum Heard {
    OptionsUpdate(Wishes),
}

/// A client may change what it wants; one that asks for nonsense is sent away.
fn heard(server: &Server, socket: u64, message: &Message) {
    let Message::Text(text) = message else { return };
    server.desk.note(Received {
        method: "MESSAGE".to_owned(),
        path: "/subscribe".to_owned(),
        query: String::new(),
        headers: std::collections::BTreeMap::new(),
        token: Token::Absent,
        body: text.to_string(),
    });
    let asked = serde_json::from_str(text).map_err(|error| error.to_string());
    match asked.and_then(|Heard::OptionsUpdate(wishes)| wishes.checked()) {
        Ok(wishes) => server.sockets.update(socket, |subscriber| {
            subscriber.wishes = wishes;
            Vec::new()
        }),
        Err(_) => server.sockets.update(socket, |_| vec![Push::Close(None)]),
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    handle: String,
}

async fn resolve_handle(State(server): State<Arc<Server>>, Query(asked): Query<Asked>) -> Response {
    let state = server.state();
    let found = state.people.iter().find(|(_, handle)| handle.eq_ignore_ascii_case(&asked.handle));
    if let Some((did, _)) = found {
        return Json(json!({"did": did})).into_response();
    }
    let body = json!({"error": "InvalidRequest", "message": "Unable to resolve handle"});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

/// A DID's document, as a PLC directory gives it.
async fn document(State(server): State<Arc<Server>>, Path(did): Path<String>) -> Response {
    let state = server.state();
    let Some(handle) = state.people.get(&did) else {
        let body: Value = json!({"message": format!("DID not registered: {did}")});
        return (StatusCode::NOT_FOUND, Json(body)).into_response();
    };
    let body = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1",
                     "https://w3id.org/security/suites/secp256k1-2019/v1"],
        "id": did,
        "alsoKnownAs": [format!("at://{handle}")],
        "verificationMethod": [{"id": format!("{did}#atproto"), "type": "Multikey", "controller": did,
                                "publicKeyMultibase": "zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF"}],
        "service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": server.url}],
    });
    ([(header::CONTENT_TYPE, "application/did+ld+json; charset=utf-8")], body.to_string()).into_response()
}
