//! Bodies as people and programs send them: JSON for the API, forms for pages. What cannot be read
//! is refused with the name of the field.

use std::{sync::Arc, time::Duration};

use axum::{
    body::HttpBody,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use shared::Refusal;
use tokio::time::timeout;

use super::{App, problem::Refused};

/// The largest body anybody may send, in bytes.
const MAX_BODY: u64 = 64 * 1024;
/// How much of a larger one is taken in before the connection is given up.
const MAX_DRAINED: u64 = 4 * 1024 * 1024;

/// A JSON body that must be there.
pub struct Json<T>(pub T);

/// A JSON body that may be left out.
pub struct MaybeJson<T>(pub T);

/// A form's fields.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Json<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refused> {
        let is_json = has_type(request.headers(), "application/json");
        let body = read(request, app.patience.body).await?;
        if !is_json {
            return Err(Refused(Refusal::Malformed));
        }
        parse(&body).map(Self).map_err(Refused)
    }
}

impl<T: DeserializeOwned + Default> FromRequest<Arc<App>> for MaybeJson<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refused> {
        let is_json = has_type(request.headers(), "application/json");
        let body = read(request, app.patience.body).await?;
        if body.is_empty() {
            return Ok(Self(T::default()));
        }
        if !is_json {
            return Err(Refused(Refusal::Malformed));
        }
        parse(&body).map(Self).map_err(Refused)
    }
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Form<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Refused> {
        let is_form = has_type(request.headers(), "application/x-www-form-urlencoded");
        let body = read(request, app.patience.body).await?;
        if !is_form {
            return Err(Refused(Refusal::Malformed));
        }
        serde_urlencoded::from_bytes(&body).map(Self).map_err(|_| Refused(Refusal::Malformed))
    }
}

/// Reads a JSON text; a wrong or missing field is named.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    let reader = &mut serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let field = match error.path().to_string() {
            path if path == "." => missing_field(&error.inner().to_string()),
            path => Some(path),
        };
        match field {
            Some(field) if error.inner().is_data() => Refusal::Field { field },
            _ => Refusal::Malformed,
        }
    })
}

/// Reads a body, for as long as patience lasts.
async fn read(request: Request, patience: Duration) -> Result<Vec<u8>, Refused> {
    timeout(patience, read_all(request)).await.unwrap_or(Err(Refused(Refusal::TooSlow)))
}

/// Reads all of a body. One that is too large is still taken in, up to a bound, so that its sender gets to
/// read why it was refused instead of a broken connection.
async fn read_all(request: Request) -> Result<Vec<u8>, Refused> {
    let body = request.into_body();
    if body.size_hint().lower() > MAX_DRAINED {
        return Err(Refused(Refusal::TooLarge));
    }
    let mut stream = body.into_data_stream();
    let (mut body, mut length) = (Vec::new(), 0_u64);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refused(Refusal::Malformed))?;
        length += chunk.len() as u64;
        if length <= MAX_BODY {
            body.extend_from_slice(&chunk);
        } else if length > MAX_DRAINED {
            break;
        }
    }
    if length > MAX_BODY { Err(Refused(Refusal::TooLarge)) } else { Ok(body) }
}

fn has_type(headers: &HeaderMap, wanted: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}

/// serde says: missing field `text` at line 1 column 2.
fn missing_field(message: &str) -> Option<String> {
    message.strip_prefix("missing field `")?.split('`').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use shared::commands::{Ask, Decline};

    use super::*;

    #[test]
    fn a_wrong_field_is_named() {
        let field = |name: &str| Refusal::Field { field: name.into() };
        assert_eq!(parse::<Ask>(b"{}"), Err(field("text")));
        assert_eq!(parse::<Decline>(br#"{"reason":"because"}"#), Err(field("reason")));
        assert_eq!(parse::<Ask>(b"{"), Err(Refusal::Malformed));
        assert_eq!(parse::<Ask>(b"nonsense"), Err(Refusal::Malformed));
    }
}
