//! The server's public HTTP interface, as any script would use it.

use std::{fmt, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use shared::problem::Problem;
use ureq::{
    Agent, Body,
    http::{Request, Response, StatusCode},
};

/// Longer than this, an answer is not worth waiting for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A server, spoken to over HTTP. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Api {
    agent: Agent,
    base: String,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum As<'a> {
    /// Anybody.
    Anybody,
    /// Whoever holds this participant's token or staff key.
    Bearer(&'a str),
}

/// Why a request did not do what it should.
#[derive(Debug)]
pub enum Failure {
    /// The server refused.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Its sentence for the reader.
        detail: String,
        /// When it says to come back.
        retry_after: Option<Duration>,
    },
    /// The server could not be reached or understood.
    Lost(ureq::Error),
}

impl Api {
    /// The server at an address such as `http://127.0.0.1:8010`.
    pub fn at(base: impl Into<String>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            // The server is on this machine; a proxy would not find it.
            .proxy(None)
            .build();
        Self { agent: config.into(), base: base.into() }
    }

    /// The server's address, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether the server says that it can be used.
    pub fn is_ready(&self) -> bool {
        self.agent.get(format!("{}/readyz", self.base)).call().is_ok_and(|answer| answer.status() == StatusCode::OK)
    }

    /// What is there.
    pub fn get<T: DeserializeOwned>(&self, who: As, path: &str) -> Result<T, Failure> {
        let request = self.request("GET", who, path).body(());
        read(request.map_err(ureq::Error::from).and_then(|request| self.agent.run(request)))
    }

    /// Does something; `once`, when given, makes doing it twice the same as doing it once.
    pub fn send<T: DeserializeOwned>(
        &self,
        method: &str,
        who: As,
        path: &str,
        once: Option<&str>,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| Failure::Lost(ureq::Error::Json(error)))?;
        let mut request = self.request(method, who, path).header("content-type", "application/json");
        if let Some(once) = once {
            request = request.header("idempotency-key", once);
        }
        read(request.body(body).map_err(ureq::Error::from).and_then(|request| self.agent.run(request)))
    }

    fn request(&self, method: &str, who: As, path: &str) -> ureq::http::request::Builder {
        let request = Request::builder().method(method).uri(format!("{}/api/v1{path}", self.base));
        match who {
            As::Anybody => request,
            As::Bearer(key) => request.header("authorization", format!("Bearer {key}")),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, detail, .. } => write!(f, "the server refused ({status}): {detail}"),
            Self::Lost(error) => write!(f, "the server could not be reached: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

fn read<T: DeserializeOwned>(answer: Result<Response<Body>, ureq::Error>) -> Result<T, Failure> {
    let mut answer = answer.map_err(Failure::Lost)?;
    if answer.status().is_success() {
        return answer.body_mut().read_json().map_err(Failure::Lost);
    }
    let retry_after = answer.headers().get("retry-after").and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    Err(Failure::Refused {
        status: answer.status().as_u16(),
        detail: answer.body_mut().read_json::<Problem>().map_or_else(|_| String::new(), |problem| problem.detail),
        retry_after: retry_after.map(Duration::from_secs),
    })
}
