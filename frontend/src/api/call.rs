//! One request, and once more when it was lost on the way.

use gloo_net::http::{Headers, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use shared::problem::Problem;

use super::{Failure, Method};
use crate::browser;

/// Before the second attempt, in milliseconds; long enough for a phone to change cells.
const BREATH: u32 = 600;

pub async fn send<B, R>(method: Method, path: &str, body: Option<&B>) -> Result<R, Failure>
where
    B: Serialize,
    R: DeserializeOwned,
{
    let body = body.map(serde_json::to_string).transpose().map_err(|_| Failure::Away)?;
    let key = browser::random_key();
    let response = match attempt(method, path, body.as_deref(), &key).await {
        Ok(response) => response,
        Err(_lost) => {
            browser::pause(BREATH).await;
            attempt(method, path, body.as_deref(), &key).await.map_err(|_| Failure::Away)?
        }
    };
    read(response).await
}

async fn attempt(method: Method, path: &str, body: Option<&str>, key: &str) -> Result<Response, gloo_net::Error> {
    let headers = Headers::new();
    headers.set("Accept", "application/json, application/problem+json");
    if method == Method::Post {
        headers.set("Idempotency-Key", key);
    }
    if body.is_some() {
        headers.set("Content-Type", "application/json");
    }
    let request = RequestBuilder::new(&format!("/api/v1{path}")).method(method.into()).headers(headers);
    match body {
        Some(body) => request.body(body.to_owned())?.send().await,
        None => request.send().await,
    }
}

async fn read<R: DeserializeOwned>(response: Response) -> Result<R, Failure> {
    let text = response.text().await.map_err(|_| Failure::Away)?;
    if response.ok() {
        return serde_json::from_str(&text).map_err(|_| Failure::Away);
    }
    serde_json::from_str::<Problem>(&text).map_or(Err(Failure::Away), |problem| Err(Failure::Refused(problem)))
}

impl From<Method> for gloo_net::http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Delete => Self::DELETE,
        }
    }
}
