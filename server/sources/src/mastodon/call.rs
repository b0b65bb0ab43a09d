//! One question to the server's REST interface, and what may come instead of an answer.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{
    Method, Request,
    header::{HeaderMap, HeaderValue},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use thiserror::Error;

use super::Mastodon;
use crate::{GuardError, NotSent, Reply, Trouble, retry_after};

/// How many questions are left until when, as the server said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub left: u32,
    pub until: Timestamp,
}

/// No answer to work with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CallError {
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// Refused; with the server's words, and how long it asks to wait.
    #[error("{words}")]
    Status { status: u16, words: String, after: Option<Duration> },
    /// What came is not what the interface says.
    #[error("the answer is not one of Mastodon")]
    Strange,
}

/// The longest wait that a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_hours(1);
/// What to wait when it does not say.
const USUAL_WAIT: Duration = Duration::from_mins(1);

impl Mastodon {
    /// Asks for something: `path` are the parts after `/api`, each as it is.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<(T, HeaderMap), CallError> {
        let reply = self.call(Method::GET, path, query, None, None).await?;
        let value = serde_json::from_slice(&reply.body).map_err(|_| CallError::Strange)?;
        Ok((value, reply.headers))
    }

    /// Asks or tells; an answer is one with a status of 200 to 299.
    pub(super) async fn call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<Value>,
        key: Option<&str>,
    ) -> Result<Reply, CallError> {
        let mut url = self.server.base.clone();
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().push("api").extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut request = Request::new(method, url);
        *request.headers_mut() = self.credentials()?;
        if let Some(body) = body {
            request.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
            *request.body_mut() = Some(body.to_string().into());
        }
        if let Some(key) = key.and_then(|key| HeaderValue::from_str(key).ok()) {
            request.headers_mut().insert("idempotency-key", key);
        }
        let reply = self.guard.send(request).await?;
        self.note_limit(&reply.headers);
        if (200..300).contains(&reply.status) { Ok(reply) } else { Err(self.refused(&reply)) }
    }

    /// The header that opens the server.
    pub(super) fn credentials(&self) -> Result<HeaderMap, GuardError> {
        let mut headers = HeaderMap::new();
        if let Some(token) = &self.server.token {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", token.0)).map_err(|_| GuardError::Refused {
                status: 401,
                words: "not a token".to_owned(),
                after: None,
            })?;
            value.set_sensitive(true);
            headers.insert("authorization", value);
        }
        Ok(headers)
    }

    /// How many questions are left, and for how long; nothing when that time has passed.
    pub(super) fn left(&self) -> Option<(u32, Duration)> {
        let limit = (*self.limit.lock().expect("no holder panics"))?;
        let wait = Duration::try_from(limit.until - self.world.now()).ok()?;
        (!wait.is_zero()).then_some((limit.left, wait.min(LONGEST_WAIT)))
    }

    fn note_limit(&self, headers: &HeaderMap) {
        let header = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let left = header("x-ratelimit-remaining").and_then(|left| left.trim().parse().ok());
        let until = header("x-ratelimit-reset").and_then(|until| until.trim().parse().ok());
        if let (Some(left), Some(until)) = (left, until) {
            *self.limit.lock().expect("no holder panics") = Some(Limit { left, until });
        }
    }

    fn refused(&self, reply: &Reply) -> CallError {
        let asked = retry_after(&reply.headers);
        let after = match reply.status {
            429 => asked.or_else(|| self.left().map(|(_, wait)| wait)).or(Some(USUAL_WAIT)),
            _ => asked,
        };
        let after = after.map(|wait| wait.clamp(Duration::from_secs(1), LONGEST_WAIT));
        CallError::Status { status: reply.status, words: words(reply), after }
    }
}

/// What the server says of it: its `error`, or else the status.
fn words(reply: &Reply) -> String {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }
    serde_json::from_slice(&reply.body).map_or_else(
        |_| format!("HTTP {}", reply.status),
        |Refusal { error }| error.chars().filter(|c| !c.is_control()).take(300).collect(),
    )
}

impl CallError {
    /// Whether there is no such thing (any more).
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Status { status: 404 | 410, .. })
    }
}

impl From<CallError> for Trouble {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Guard(error) => error.into(),
            CallError::Status { after: Some(wait), .. } => Self::Wait(wait),
            CallError::Status { status: 400..=499, words, .. } => Self::Refused(words),
            CallError::Status { .. } | CallError::Strange => Self::Lost(error.to_string()),
        }
    }
}

impl From<GuardError> for Trouble {
    fn from(error: GuardError) -> Self {
        match error {
            GuardError::Refused { after: Some(wait), .. } => {
                Self::Wait(wait.clamp(Duration::from_secs(1), LONGEST_WAIT))
            }
            GuardError::Refused { status: 429, .. } => Self::Wait(USUAL_WAIT),
            GuardError::Refused { status: 400..=499, ref words, .. } if !words.is_empty() => {
                Self::Refused(words.clone())
            }
            GuardError::Refused { status: 400..=499, .. }
            | GuardError::NotAllowed(_)
            | GuardError::PrivateAddress(_) => Self::Refused(error.to_string()),
            _ => Self::Lost(error.to_string()),
        }
    }
}

impl From<CallError> for NotSent {
    fn from(error: CallError) -> Self {
        let words = error.to_string();
        match error {
            CallError::Status { status: 408 | 425 | 429 | 500.., after, .. } => Self::Later { after, words },
            CallError::Status { .. } | CallError::Guard(GuardError::NotAllowed(_) | GuardError::PrivateAddress(_)) => {
                Self::Refused(words)
            }
            CallError::Guard(GuardError::Refused { .. }) => Self::Refused(words),
            CallError::Guard(_) | CallError::Strange => Self::Later { after: None, words },
        }
    }
}
