//! Signing in at a PDS, and calls made in that name. A token that ran out is renewed; the password is
//! used again only when that fails, since servers count sign-ins.

use std::{sync::Arc, time::Duration};

use reqwest::{
    Body, Method, Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::Url;

use crate::{
    World,
    guard::{Guard, GuardError, retry_after},
};

/// An account at a PDS.
pub struct Session {
    pds: Url,
    handle: String,
    password: String,
    guard: Arc<Guard>,
    world: Arc<dyn World>,
    tokens: Mutex<Option<Tokens>>,
}

/// A call did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server said no.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The kind of error, such as `RecordNotFound`, or nothing.
        error: String,
        /// The server's own words, or nothing.
        words: String,
        /// When it may be tried again, in seconds since 1970.
        reset: Option<i64>,
    },
    /// There was no answer, or none that can be read.
    None(String),
    /// It is not allowed to go there.
    Never(String),
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tokens {
    access_jwt: String,
    refresh_jwt: String,
    did: String,
    handle: String,
}

impl Session {
    /// An account; nothing is sent yet.
    pub fn new(pds: Url, handle: String, password: String, guard: Arc<Guard>, world: Arc<dyn World>) -> Self {
        Self { pds, handle, password, guard, world, tokens: Mutex::default() }
    }

    /// The DID and handle.
    pub async fn who(&self) -> Result<(String, String), Failure> {
        let tokens = self.tokens(None).await?;
        Ok((tokens.did, tokens.handle))
    }

    /// Asks something.
    pub async fn get(&self, method: &str, query: &[(&str, &str)]) -> Result<Value, Failure> {
        self.signed(|pds| {
            let mut url = call(pds, method);
            url.query_pairs_mut().extend_pairs(query);
            Request::new(Method::GET, url)
        })
        .await
    }

    /// Does something.
    pub async fn post(&self, method: &str, body: &Value) -> Result<Value, Failure> {
        self.signed(|pds| posted(call(pds, method), Some(body))).await
    }

    async fn signed(&self, request: impl Fn(&Url) -> Request) -> Result<Value, Failure> {
        let tokens = self.tokens(None).await?;
        match self.send(request(&self.pds), &tokens.access_jwt).await {
            Err(failure) if is_stale(&failure) => {
                let tokens = self.tokens(Some(&tokens.access_jwt)).await?;
                self.send(request(&self.pds), &tokens.access_jwt).await
            }
            answer => answer,
        }
    }

    /// Tokens other than the stale ones.
    async fn tokens(&self, stale: Option<&str>) -> Result<Tokens, Failure> {
        let mut kept = self.tokens.lock().await;
        let old = kept.clone();
        match old {
            Some(tokens) if stale.is_none_or(|stale| tokens.access_jwt != stale) => return Ok(tokens),
            Some(tokens) => {
                let request = posted(call(&self.pds, "com.atproto.server.refreshSession"), None);
                match self.send(request, &tokens.refresh_jwt).await {
                    Ok(answer) => return Ok(kept.insert(read(answer)?).clone()),
                    Err(failure) if is_stale(&failure) => *kept = None,
                    Err(failure) => return Err(failure),
                }
            }
            None => {}
        }
        let body = json!({"identifier": self.handle, "password": self.password});
        let answer = self.send(posted(call(&self.pds, "com.atproto.server.createSession"), Some(&body)), "").await?;
        Ok(kept.insert(read(answer)?).clone())
    }

    async fn send(&self, mut request: Request, token: &str) -> Result<Value, Failure> {
        if !token.is_empty() {
            let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))
                .map_err(|_| Failure::None("the server gave a token that cannot be one".to_owned()))?;
            bearer.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, bearer);
        }
        let reply = self.guard.send(request).await.map_err(|error| match error {
            GuardError::NotAllowed(_) | GuardError::PrivateAddress(_) => Failure::Never(error.to_string()),
            error => Failure::None(error.to_string()),
        })?;
        let body: Option<Value> = serde_json::from_slice(&reply.body).ok();
        if (200..300).contains(&reply.status) {
            // Some calls answer with nothing.
            return body
                .or_else(|| reply.body.is_empty().then_some(Value::Null))
                .ok_or_else(|| Failure::None("an answer that is no JSON".to_owned()));
        }
        let body = body.unwrap_or_default();
        let said = |name: &str| body[name].as_str().unwrap_or_default().chars().take(300).collect();
        let reset = reset(&reply.headers, self.world.now().as_second());
        Err(Failure::Answer { status: reply.status, error: said("error"), words: said("message"), reset })
    }
}

fn read(answer: Value) -> Result<Tokens, Failure> {
    serde_json::from_value(answer).map_err(|_| Failure::None("a sign-in without tokens".to_owned()))
}

/// Whether a token ran out, was taken back, or is not one that this server knows.
fn is_stale(failure: &Failure) -> bool {
    matches!(failure, Failure::Answer { status: 400 | 401, error, .. }
        if matches!(error.as_str(), "ExpiredToken" | "InvalidToken" | "AuthenticationRequired" | "AuthMissing"))
}

fn reset(headers: &HeaderMap, now: i64) -> Option<i64> {
    let named = headers.get("ratelimit-reset").and_then(|value| value.to_str().ok()?.trim().parse().ok());
    let wait = || retry_after(headers).as_ref().map(Duration::as_secs).and_then(|wait| i64::try_from(wait).ok());
    named.or_else(|| Some(now + wait()?))
}

fn call(pds: &Url, method: &str) -> Url {
    let mut url = pds.clone();
    url.set_path(&format!("/xrpc/{method}"));
    url
}

fn posted(url: Url, body: Option<&Value>) -> Request {
    let mut request = Request::new(Method::POST, url);
    if let Some(body) = body {
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(Body::from(body.to_string()));
    }
    request
}
