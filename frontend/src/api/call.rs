//! One request, and once more when it was lost on the way.

use serde::{Serialize, de::DeserializeOwned};
use shared::{Refusal, json};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

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
    let answer = exchange(method, path, body.as_deref()).await?;
    // Where there is nothing to say, the server says nothing.
    json::read(if answer.is_empty() { "null" } else { &answer }).map_err(|_| Failure::Away)
}

/// The text that the server answers when it says yes; a request without a type, so that the browser
/// has one of it.
async fn exchange(method: Method, path: &str, body: Option<&str>) -> Result<String, Failure> {
    let key = browser::random_key();
    let answer = match attempt(method, path, body, &key).await {
        Ok(answer) => Ok(answer),
        Err(_lost) => {
            browser::pause(BREATH).await;
            attempt(method, path, body, &key).await
        }
    };
    let (ok, text) = answer.map_err(|_| Failure::Away)?;
    if ok {
        return Ok(text);
    }
    Err(json::read::<Refusal>(&text).map_or(Failure::Away, Failure::Refused))
}

/// A piece of a page, as the server wrote it.
pub async fn fragment(path: &str) -> Option<String> {
    let headers = Headers::new().ok()?;
    headers.set("Accept", "text/fragment+html").ok()?;
    let request = RequestInit::new();
    request.set_headers(&headers);
    let (ok, text) = fetch(path, &request).await.ok()?;
    ok.then_some(text)
}

/// Whether the server said yes, and its words.
async fn attempt(method: Method, path: &str, body: Option<&str>, key: &str) -> Result<(bool, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json, application/problem+json")?;
    if method == Method::Post {
        headers.set("Idempotency-Key", key)?;
    }
    let request = RequestInit::new();
    request.set_method(method.word());
    if let Some(body) = body {
        headers.set("Content-Type", "application/json")?;
        request.set_body(&body.into());
    }
    request.set_headers(&headers);
    fetch(&format!("/api/v1{path}"), &request).await
}

async fn fetch(path: &str, request: &RequestInit) -> Result<(bool, String), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let asked = window.fetch_with_str_and_init(path, request);
    let response: Response = JsFuture::from(asked).await?.unchecked_into();
    let text = JsFuture::from(response.text()?).await?;
    Ok((response.ok(), text.as_string().unwrap_or_default()))
}

impl Method {
    fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}
