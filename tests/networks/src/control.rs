//! The same control that Rust has, over HTTP, for scenarios that are written in another language:
//! `POST /_control/<what>` with a JSON object, answered with JSON.

use std::{sync::Arc, time::Duration};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    clock::Clock,
    faults::{Desk, Fault},
    sockets::Push,
};

/// How long a scenario waits for something, unless it says otherwise.
const PATIENCE: Duration = Duration::from_secs(30);

/// Something that may be told what to do.
pub trait Told: Send + Sync + 'static {
    /// Does it; `None` when it does not know what that is.
    fn told(
        self: Arc<Self>,
        what: String,
        how: Value,
    ) -> impl Future<Output = Result<Option<Value>, serde_json::Error>> + Send;
}

/// The routes under `/_control`.
pub fn router<S: Told>(server: &Arc<S>) -> Router {
    Router::new().route("/_control/{what}", post(control::<S>)).with_state(Arc::clone(server))
}

async fn control<S: Told>(State(server): State<Arc<S>>, Path(what): Path<String>, body: Bytes) -> Response {
    let how = if body.is_empty() { Ok(json!({})) } else { serde_json::from_slice(&body) };
    let done = match how {
        Ok(how) => server.told(what.clone(), how).await,
        Err(error) => Err(error),
    };
    let refuse = |why: String| (StatusCode::BAD_REQUEST, Json(json!({"error": why}))).into_response();
    match done {
        Ok(Some(value)) => Json(value).into_response(),
        Ok(None) => refuse(format!("nobody can do {what:?} here, or not with what it was given")),
        Err(error) => refuse(error.to_string()),
    }
}

/// The parts of an order.
pub fn parts<T: DeserializeOwned>(how: Value) -> Result<T, serde_json::Error> {
    serde_json::from_value(how)
}

/// Waits for what a scenario waits for, but not for ever; says whether it came.
pub async fn patient(what: impl Future<Output = ()>) -> bool {
    tokio::time::timeout(PATIENCE, what).await.is_ok()
}

/// What every fake can be told: `respond` (a fault), `heal`, `journal`, `received`, `clock`.
pub async fn common(desk: &Desk, clock: &Clock, what: &str, how: Value) -> Result<Option<Value>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Awaited {
        method: String,
        path: String,
        count: usize,
    }
    #[derive(Deserialize)]
    struct Moved {
        set: Option<Timestamp>,
        advance_seconds: Option<i64>,
    }
    Ok(Some(match what {
        "respond" => {
            desk.add(parts::<Fault>(how)?);
            json!({})
        }
        "heal" => {
            desk.clear();
            json!({})
        }
        "journal" => json!(desk.journal()),
        "received" => {
            let Awaited { method, path, count } = parts(how)?;
            let waited = tokio::time::timeout(PATIENCE, desk.until(&method, &path, count)).await;
            json!(waited.unwrap_or_default())
        }
        "clock" => {
            let moved: Moved = parts(how)?;
            if let Some(now) = moved.set {
                clock.set(now);
            }
            if let Some(seconds) = moved.advance_seconds {
                clock.advance(SignedDuration::from_secs(seconds));
            }
            json!({"now": clock.now()})
        }
        _ => return Ok(None),
    }))
}

/// What may be pushed to sockets: `{"text": …}`, `{"bytes": […]}` as a binary message, `{"opcode": …,
/// "bytes": […]}` or `{"opcode": …, "text": …}` as one frame unchecked, `{"close": code}`,
/// `{"half": true}`, `{"drop": true}`. `times` repeats the text or the bytes within the message.
pub fn push(how: Value) -> Result<Push, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(default)]
    struct Raw {
        text: Option<String>,
        bytes: Option<Vec<u8>>,
        opcode: Option<u8>,
        times: usize,
        close: Option<u16>,
        half: bool,
    }
    impl Default for Raw {
        fn default() -> Self {
            Self { text: None, bytes: None, opcode: None, times: 1, close: None, half: false }
        }
    }
    let raw: Raw = parts(how)?;
    Ok(match raw {
        Raw { close: Some(code), .. } => Push::Close(Some(code)),
        Raw { half: true, text, .. } => Push::Half(text.unwrap_or_else(|| "half of a frame".to_owned())),
        Raw { opcode: Some(opcode), text, bytes, times, .. } => {
            let bytes = bytes.or(text.map(String::into_bytes)).unwrap_or_default();
            Push::Frame { opcode, payload: bytes.repeat(times).into() }
        }
        Raw { text: Some(text), times, .. } => Push::Text(text.repeat(times)),
        Raw { bytes: Some(bytes), times, .. } => Push::Binary(bytes.repeat(times)),
        _ => Push::Drop,
    })
}
