//! For whoever runs the server: whether it lives, whether it can be used, and what it counts.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use shared::Refusal;
use subtle::ConstantTimeEq;
use tokio::{task::spawn_blocking, time::timeout};

use super::{App, problem::Refused, serve::Guest};
use crate::digest::key_hash;

/// `OpenMetrics` 1.0, as registered with IANA.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// How long the store may take to show that it takes something again.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the metrics to those who are elsewhere.
pub struct Token([u8; 32]);

impl Token {
    /// This token; only its digest is kept.
    pub fn new(token: &str) -> Self {
        Self(key_hash(token))
    }

    /// Whether this is the token, in constant time.
    fn is(&self, shown: &str) -> bool {
        key_hash(shown).ct_eq(&self.0).into()
    }
}

/// `GET /healthz`: answers while the program runs.
pub async fn lives() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: whether it takes commands. While the server stops it does not; when the store
/// failed last, only once it takes a small write again.
pub async fn is_ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if *app.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    let metrics = app.viewers.metrics();
    if !metrics.stores() {
        let store = Arc::clone(&app.store);
        let write = spawn_blocking(move || store.keep_setting("probe", &[]).is_ok());
        if !matches!(timeout(PATIENCE, write).await, Ok(Ok(true))) {
            return (StatusCode::SERVICE_UNAVAILABLE, "cannot store\n");
        }
        metrics.stores_again();
    }
    (StatusCode::OK, "ready\n")
}

/// `GET /metrics`: for this machine itself, or for whoever has the token; others find nothing here.
pub async fn metrics(
    State(app): State<Arc<App>>,
    Extension(guest): Extension<Guest>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !is_from_here(guest.peer, &headers) && !has_token(&app, &headers) {
        return Err(Refused(Refusal::NotFound));
    }
    let text = app.viewers.metrics().text(&app.hub, &app.viewers, &app.open);
    Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response())
}

/// Whether it comes from this machine and was not passed on by a proxy on it.
fn is_from_here(peer: SocketAddr, headers: &HeaderMap) -> bool {
    let passed_on = ["x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip"];
    peer.ip().to_canonical().is_loopback() && !passed_on.iter().any(|name| headers.contains_key(*name))
}

fn has_token(app: &App, headers: &HeaderMap) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    shown.zip(app.metrics_token.as_ref()).is_some_and(|(shown, token)| token.is(shown))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_this_machine_itself_is_here() {
        let from = |peer: &str, header: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            if let Some(name) = header {
                headers.insert(name, HeaderValue::from_static("127.0.0.1"));
            }
            is_from_here(peer.parse().expect("an address"), &headers)
        };
        assert!(from("127.0.0.1:1", None) && from("[::1]:1", None) && from("[::ffff:127.0.0.1]:1", None));
        assert!(!from("192.168.1.5:1", None) && !from("[2001:db8::1]:1", None));
        assert!(!from("127.0.0.1:1", Some("x-forwarded-for")) && !from("[::1]:1", Some("forwarded")));
    }
}
