//! Somebody's program: calls the API with a key, or without one.

use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use serde_json::Value;

use super::Reply;

/// Calls the API at one server; follows no redirects, keeps no cookies.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    base: String,
    key: Option<String>,
}

impl Caller {
    /// Without a key.
    pub fn stranger(base: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, base: base.to_owned(), key: None }
    }

    /// The same program with this key.
    pub fn with_key(&self, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..self.clone() }
    }

    /// The key it uses.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Where its server is.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A request to add something unusual to; send it with [`send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.base));
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }

    /// Reads an address of the API, below `/api/v1`.
    pub async fn get(&self, path: &str) -> Reply {
        send(self.api(Method::GET, path)).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        send(self.api(Method::POST, path).json(&body)).await
    }

    /// Posts nothing.
    pub async fn post_nothing(&self, path: &str) -> Reply {
        send(self.api(Method::POST, path)).await
    }

    /// Posts JSON under an `Idempotency-Key`.
    pub async fn post_once(&self, path: &str, body: Value, key: &str) -> Reply {
        send(self.api(Method::POST, path).header("idempotency-key", key).json(&body)).await
    }

    /// Puts JSON.
    pub async fn put(&self, path: &str, body: Value) -> Reply {
        send(self.api(Method::PUT, path).json(&body)).await
    }

    /// Puts nothing.
    pub async fn put_nothing(&self, path: &str) -> Reply {
        send(self.api(Method::PUT, path)).await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Reply {
        send(self.api(Method::DELETE, path)).await
    }

    /// A request to the API, to add something unusual to.
    pub fn api(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, &format!("/api/v1{path}"))
    }
}

/// Sends a request and reads all of the reply.
pub async fn send(request: RequestBuilder) -> Reply {
    try_send(request).await.expect("a reply")
}

/// As [`send`], from a server that may die meanwhile.
pub async fn try_send(request: RequestBuilder) -> reqwest::Result<Reply> {
    let (client, request) = request.build_split();
    let request = request?;
    let asked = format!("{} {}", request.method(), request.url());
    let response = client.execute(request).await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply { request: asked, status, headers, text: response.text().await? })
}
