//! Refusals on their way out: a handler gives back a [`Refused`]; the guard, which knows the
//! reader's language, writes the page or the problem document.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use shared::{Language, Refusal, problem::Problem, sentences::problems};

/// A refusal as a handler's error.
#[derive(Debug, Clone)]
pub struct Refused(pub Refusal);

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> axum::response::Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The refusal's HTTP status.
pub fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The refusal as RFC 9457's document.
pub fn problem(refusal: &Refusal, lang: Language) -> Problem {
    let code = serde_json::to_value(refusal).ok().and_then(|value| Some(value.get("code")?.as_str()?.to_owned()));
    Problem {
        kind: format!("urn:samenspraak:{}", code.unwrap_or_default()),
        title: problems::title(lang, refusal).to_owned(),
        status: refusal.status(),
        detail: problems::detail(lang, refusal),
        refusal: refusal.clone(),
    }
}

/// The refusal as the API's answer.
pub fn document(refusal: &Refusal, lang: Language) -> Response<Body> {
    let body = serde_json::to_vec(&problem(refusal, lang)).unwrap_or_default();
    let mut response = (status(refusal), body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
    advise(refusal, &mut response);
    response
}

/// Headers that go with a refusal, on pages and in the API.
pub fn advise(refusal: &Refusal, response: &mut Response<Body>) {
    let headers = response.headers_mut();
    match refusal {
        Refusal::Unauthorized => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Refusal::TooFast { retry_after } => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
        }
        Refusal::NotStored => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(2));
        }
        _ => {}
    }
}
