//! Mastodon's REST interface: what may be asked, and how much of it.

use std::{fmt::Write as _, sync::Arc};

use axum::{
    Form, Json, Router,
    extract::{FromRequest as _, Path, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Access, Draft, Server, entity, markup,
    state::{Page, Status, Token, Worth},
    streaming,
};
use crate::faults::{self, shown_token};

/// The period of the rate limit, in seconds.
const PERIOD: i64 = 300;
/// How long an idempotency key is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);

pub fn router(server: &Arc<Server>) -> Router {
    Router::new()
        .route("/api/v2/instance", get(instance))
        .route("/api/v1/accounts/verify_credentials", get(verify_credentials))
        .route("/api/v1/timelines/tag/{tag}", get(tag))
        .route("/api/v1/statuses", post(create))
        .route("/api/v1/statuses/{id}", get(show).put(update).delete(delete))
        .route("/api/v2/search", get(search))
        .route("/api/v1/streaming", get(streaming::streaming))
        .route("/api/v1/streaming/", get(streaming::streaming))
        .route("/api/v1/streaming/health", get(streaming::health))
        .fallback(|| async { not_found() })
        .with_state(Arc::clone(server))
}

/// Puts the rate limit, the faults and the journal before the routes.
pub fn guarded(router: Router, server: &Arc<Server>) -> Router {
    let (counting, judging) = (Arc::clone(server), Arc::clone(server));
    router
        .layer(middleware::from_fn(move |request: Request, next: middleware::Next| {
            let server = Arc::clone(&counting);
            async move {
                let path = request.uri().path();
                if !path.starts_with("/api/") || path.starts_with("/api/v1/streaming") {
                    return next.run(request).await;
                }
                let (limit, left, reset) = server.count(shown_token(request.headers(), request.uri().query()));
                let mut answer = match left {
                    Some(_) => next.run(request).await,
                    None => error(StatusCode::TOO_MANY_REQUESTS, "Too many requests").into_response(),
                };
                let figures =
                    [("limit", limit.to_string()), ("remaining", left.unwrap_or(0).to_string()), ("reset", reset)];
                for (name, value) in figures {
                    let name = HeaderName::try_from(format!("x-ratelimit-{name}")).expect("it is one");
                    answer.headers_mut().insert(name, HeaderValue::try_from(value).expect("it is one"));
                }
                answer
            }
        }))
        .layer(middleware::from_fn(move |request: Request, next: middleware::Next| {
            let server = Arc::clone(&judging);
            Arc::clone(&server.desk).stand(request, next, move |token| match token {
                None => faults::Token::Absent,
                Some(token) => match server.state().tokens.get(token) {
                    Some(known) if known.worth == Worth::Good => faults::Token::Right,
                    _ => faults::Token::Wrong,
                },
            })
        }))
}

/// What is said instead of what was asked for.
struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

impl Server {
    /// Counts a request: the limit, how many are left (none when this is one too many), and when the
    /// period ends.
    fn count(&self, token: Option<String>) -> (u32, Option<u32>, String) {
        let limit = self.rules().rate_limit;
        let now = self.clock.now().as_second();
        let period = now.div_euclid(PERIOD);
        let mut state = self.state();
        let asked = state.asked.entry(token).or_default();
        if asked.0 != period {
            *asked = (period, 0);
        }
        asked.1 += 1;
        let end = Timestamp::from_second((period + 1) * PERIOD).expect("tests live within the calendar");
        (limit, limit.checked_sub(asked.1), format!("{end:.6}"))
    }

    /// Whose token a request shows, when it may do this.
    fn allowed(&self, headers: &HeaderMap, uri: &Uri, scope: &str) -> Result<Token, Refused> {
        let shown = shown_token(headers, uri.query());
        let found = shown.and_then(|shown| self.state().tokens.get(&shown).cloned());
        match found {
            None => Err(error(StatusCode::UNAUTHORIZED, "The access token is invalid")),
            Some(token) if token.worth == Worth::Expired => {
                Err(error(StatusCode::UNAUTHORIZED, "The access token expired"))
            }
            Some(token) if !token.covers(scope) => {
                Err(error(StatusCode::FORBIDDEN, "This action is outside the authorized scopes"))
            }
            Some(token) => Ok(token),
        }
    }

    fn found(&self, id: &str, reader: Option<&str>) -> Option<Status> {
        let id = id.parse().ok()?;
        let status = self.state().statuses.get(&id)?.clone();
        let open = ["public", "unlisted"].contains(&status.draft.visibility.as_str());
        (open || reader == Some(&status.acct)).then_some(status)
    }

    fn json(&self, status: &Status, filtered: bool) -> Value {
        entity::status(status, &self.state(), &self.url, filtered)
    }
}

async fn instance(State(server): State<Arc<Server>>) -> Json<Value> {
    Json(entity::instance(&server.url, &server.rules()))
}

async fn verify_credentials(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Json<Value>, Refused> {
    let token = server.allowed(&headers, &uri, "read:accounts")?;
    let mut account = entity::account(&server.state().accounts[&token.acct], &server.url);
    account["source"] = json!({
        "privacy": "public", "sensitive": false, "language": null, "note": "", "fields": [], "follow_requests_count": 0,
    });
    account["role"] = json!({"id": "-99", "name": "", "permissions": "0", "color": "", "highlighted": false});
    Ok(Json(account))
}

async fn tag(
    State(server): State<Arc<Server>>,
    Path(tag): Path<String>,
    Query(page): Query<Page>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Refused> {
    let reader = server.allowed(&headers, &uri, "read:statuses");
    match server.rules().hashtag_feeds {
        Access::Authenticated if reader.is_err() => {
            return Err(error(StatusCode::UNAUTHORIZED, "The access token is invalid"));
        }
        Access::Public | Access::Authenticated => {}
        Access::Disabled => return Ok(Json(json!([])).into_response()),
    }
    let state = server.state();
    let shown = state.timeline(&tag, &page);
    let values: Vec<_> =
        shown.iter().map(|status| entity::status(status, &state, &server.url, reader.is_ok())).collect();
    let mut answer = Json(values).into_response();
    if let (Some(newest), Some(oldest)) = (shown.first(), shown.last()) {
        let here = format!("{}/api/v1/timelines/tag/{}", server.url, markup::encode(&tag));
        let mut kept = String::new();
        let further = [
            ("limit", &page.limit),
            ("local", &page.local),
            ("remote", &page.remote),
            ("only_media", &page.only_media),
        ];
        for (name, value) in further {
            if let Some(value) = value {
                _ = write!(kept, "{name}={}&", markup::encode(value));
            }
        }
        let link = format!(
            r#"<{here}?{kept}max_id={}>; rel="next", <{here}?{kept}min_id={}>; rel="prev""#,
            oldest.id, newest.id
        );
        answer.headers_mut().insert(header::LINK, HeaderValue::try_from(link).expect("it is ASCII"));
    }
    Ok(answer)
}

async fn show(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Json<Value>, Refused> {
    let reader = server.allowed(&headers, &uri, "read:statuses").ok();
    let status = server.found(&id, reader.as_ref().map(|token| token.acct.as_str())).ok_or_else(not_found)?;
    Ok(Json(server.json(&status, reader.is_some())))
}

#[derive(Debug, Deserialize)]
struct Sought {
    q: String,
}

/// Finds posts by their address alone, among those that are here.
async fn search(
    State(server): State<Arc<Server>>,
    Query(Sought { q }): Query<Sought>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Json<Value>, Refused> {
    server.allowed(&headers, &uri, "read:search")?;
    let found = server.state().statuses.values().find(|status| status.url == q || status.uri == q).cloned();
    let statuses: Vec<Value> = found.iter().map(|status| server.json(status, true)).collect();
    Ok(Json(json!({"accounts": [], "statuses": statuses, "hashtags": []})))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    status: String,
    in_reply_to_id: Option<String>,
    visibility: Option<String>,
    language: Option<String>,
    spoiler_text: String,
    sensitive: Option<Value>,
}

async fn create(State(server): State<Arc<Server>>, request: Request) -> Result<Json<Value>, Refused> {
    let headers = request.headers().clone();
    let token = server.allowed(&headers, request.uri(), "write:statuses")?;
    let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let bad = |why: &str| error(StatusCode::BAD_REQUEST, why);
    let wanted = if kind.starts_with(b"application/json") {
        Json::<Wanted>::from_request(request, &()).await.map_err(|why| bad(&why.body_text()))?.0
    } else {
        Form::<Wanted>::from_request(request, &()).await.map_err(|why| bad(&why.body_text()))?.0
    };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let once = key.map(|key| (token.acct.clone(), key));
    let now = server.clock.now();
    if let Some((id, at)) = once.as_ref().and_then(|once| server.state().idempotent.get(once).copied())
        && now.duration_since(at) < REMEMBERED
        && let Some(status) = server.found(&id.to_string(), Some(&token.acct))
    {
        return Ok(Json(server.json(&status, true)));
    }
    let draft = checked(&server, wanted, &token)?;
    let id = server.toot(&token.acct, draft);
    if let Some(once) = once {
        server.state().idempotent.insert(once, (id.parse().expect("it is ours"), now));
    }
    let status = server.found(&id, Some(&token.acct)).ok_or_else(not_found)?;
    Ok(Json(server.json(&status, true)))
}

fn checked(server: &Server, wanted: Wanted, token: &Token) -> Result<Draft, Refused> {
    let invalid = |why: &str| error(StatusCode::UNPROCESSABLE_ENTITY, &format!("Validation failed: {why}"));
    if wanted.status.trim().is_empty() {
        return Err(invalid("Text can't be blank"));
    }
    let most = server.rules().max_characters;
    if markup::length(&wanted.status) + wanted.spoiler_text.chars().count() > most {
        return Err(invalid(&format!("Text character limit of {most} exceeded")));
    }
    let visibility =
        wanted.visibility.filter(|visibility| !visibility.is_empty()).unwrap_or_else(|| "public".to_owned());
    if !["public", "unlisted", "private", "direct"].contains(&visibility.as_str()) {
        return Err(invalid("Visibility is not included in the list"));
    }
    let in_reply_to_id = wanted.in_reply_to_id.filter(|id| !id.is_empty());
    if in_reply_to_id.as_deref().is_some_and(|id| server.found(id, Some(&token.acct)).is_none()) {
        let why = "The post you are trying to reply to does not appear to exist.";
        return Err(error(StatusCode::NOT_FOUND, why));
    }
    Ok(Draft {
        text: wanted.status,
        visibility,
        language: wanted.language.filter(|language| !language.is_empty()).or_else(|| Some("nl".to_owned())),
        spoiler_text: wanted.spoiler_text,
        sensitive: wanted.sensitive.is_some_and(|yes| yes == json!(true) || yes == "true" || yes == "1"),
        in_reply_to_id,
        ..Draft::default()
    })
}

async fn update(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<Value>, Refused> {
    let token = server.allowed(request.headers(), request.uri(), "write:statuses")?;
    let bad = |why: &str| error(StatusCode::BAD_REQUEST, why);
    let wanted = Json::<Wanted>::from_request(request, &()).await.map_err(|why| bad(&why.body_text()))?.0;
    server.found(&id, Some(&token.acct)).filter(|status| status.acct == token.acct).ok_or_else(not_found)?;
    let Draft { text, language, spoiler_text, .. } = checked(&server, wanted, &token)?;
    server.edit(&id, |draft| (draft.text, draft.language, draft.spoiler_text) = (text, language, spoiler_text));
    let status = server.found(&id, Some(&token.acct)).ok_or_else(not_found)?;
    Ok(Json(server.json(&status, true)))
}

async fn delete(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Json<Value>, Refused> {
    let token = server.allowed(&headers, &uri, "write:statuses")?;
    let status =
        server.found(&id, Some(&token.acct)).filter(|status| status.acct == token.acct).ok_or_else(not_found)?;
    let mut value = server.json(&status, true);
    value["text"] = json!(status.draft.text);
    server.delete(&id);
    Ok(Json(value))
}

fn not_found() -> Refused {
    error(StatusCode::NOT_FOUND, "Record not found")
}

fn error(status: StatusCode, why: &str) -> Refused {
    Refused(status, why.to_owned())
}
