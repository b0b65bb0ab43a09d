//! A reply, and what a test may want to know of it.

use reqwest::header::{HeaderMap, HeaderName};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::problem::Problem;

/// A whole HTTP reply.
#[derive(Debug, Clone)]
pub struct Reply {
    /// What was asked, for a failing test's message.
    pub request: String,
    /// The HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Reply {
    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {:?} {}", self.request, self.headers, self.text);
        self
    }

    /// A header's value; empty when it is not there.
    pub fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// All values of a header.
    pub fn headers(&self, name: HeaderName) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().expect("a readable header")).collect()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        self.read()
    }

    /// The body as a value of the contract.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{}: {e}: {}", self.request, self.text))
    }

    /// Insists on a problem document with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Problem {
        let reply = self.is(status);
        assert_eq!(reply.header(reqwest::header::CONTENT_TYPE), "application/problem+json", "{}", reply.request);
        let json = reply.json();
        assert_eq!(json["code"], code, "{}: {json}", reply.request);
        assert_eq!(json["status"], status, "{}: {json}", reply.request);
        assert_eq!(json["type"], format!("urn:samenspraak:{code}"), "{}", reply.request);
        let problem: Problem = reply.read();
        assert!(!problem.title.is_empty() && !problem.detail.is_empty(), "a problem says what is wrong: {json}");
        problem
    }
}
