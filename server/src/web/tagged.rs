//! Bodies that the reader may have already: with a strong entity tag, and 304 to whoever has it.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::pressed::{Coding, Pressed};

/// JSON of the API.
pub const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// A page.
pub const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Who may keep a body, and what else decides which body it is.
#[derive(Debug, Clone, Copy)]
pub enum Keep {
    /// The same for everybody; caches in between may give it out for a second without asking.
    Shared,
    /// The same for everybody who comes without cookies and reads this language.
    SharedByLanguage,
    /// For this reader, who asks each time whether it changed.
    Own,
}

/// The answer with a body, in the coding that the reader likes best.
pub fn answer(headers: &HeaderMap, body: &Pressed, kind: HeaderValue, keep: Keep) -> Response {
    let form = body.form(Coding::accepted(headers));
    let mut response = if has_it(headers, &form.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = form.body.clone().into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(coding) = form.coding.name() {
            response.headers_mut().insert(header::CONTENT_ENCODING, coding);
        }
        response
    };
    let (control, vary) = keep.headers();
    let set: [(HeaderName, HeaderValue); 3] = [
        (header::ETAG, form.etag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static(control)),
        (header::VARY, HeaderValue::from_static(vary)),
    ];
    response.headers_mut().extend(set);
    response
}

/// Any JSON, with a tag made from it.
pub fn json<T: Serialize>(headers: &HeaderMap, body: &T, keep: Keep) -> Response {
    answer(headers, &Pressed::new(serde_json::to_vec(body).unwrap_or_default()), JSON, keep)
}

impl Keep {
    fn headers(self) -> (&'static str, &'static str) {
        match self {
            Self::Shared => ("public, max-age=0, s-maxage=1, must-revalidate", "Accept-Encoding"),
            Self::SharedByLanguage => {
                ("public, max-age=0, s-maxage=1, must-revalidate", "Accept-Encoding, Accept-Language, Cookie")
            }
            Self::Own => ("private, no-cache", "Accept-Encoding, Authorization, Cookie"),
        }
    }
}

fn has_it(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let etag = etag.as_bytes();
    // A cache may weaken a tag when it codes the body anew; to compare them so is right for GET
    // (RFC 9110, 13.1.2).
    known.flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == etag
    })
}
