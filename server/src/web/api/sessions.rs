//! What anybody may read.

use std::{sync::Arc, time::Duration};

use axum::extract::{Path, Query, State};
use serde::Deserialize;
use shared::{
    Audience, Refusal,
    commands::SessionListed,
    problem::Problem,
    views::{Account, NearPublic, PublicCard, PublicView},
    words,
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use super::{Answer, question_id};
use crate::{
    hub::Session,
    web::{
        App,
        express::What,
        pages::path_tag,
        tagged::{self, JSON, Keep},
        visitor::Visitor,
    },
};

/// How many near questions are shown.
const NEAR: usize = 3;
/// So many looks for near questions at once, in all; whoever waits longer than this gets none.
static LOOKS: Semaphore = Semaphore::const_new(4);
const PATIENCE: Duration = Duration::from_millis(500);

/// All sessions but archived ones, the next or latest to start first.
#[utoipa::path(get, path = "/sessions", tag = "public", responses(
    (status = 200, body = Vec<SessionListed>), (status = 304, description = "Not changed since the given ETag")))]
pub async fn list(State(app): State<Arc<App>>, visitor: Visitor) -> Answer {
    Ok(tagged::json(&visitor.headers, &app.hub.list(false), Keep::Shared))
}

/// The public view of a session, with a strong `ETag`.
#[utoipa::path(get, path = "/sessions/{hashtag}", tag = "public", params(("hashtag" = String, Path, description = "In any case, without #")), responses(
    (status = 200, body = PublicView), (status = 304, description = "Not changed since the given ETag"), (status = 404, body = Problem)))]
pub async fn show(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    if [&*path_tag(&session), session.name()].iter().any(|tag| visitor.came_by(&format!("/api/v1/sessions/{tag}"))) {
        visitor.app.express.stop(visitor.address(), &session, What::View);
    }
    let snapshot = session.snapshot(Audience::Public);
    Ok(tagged::answer(&visitor.headers, &snapshot.body, JSON, Keep::Shared))
}

/// A public question.
#[utoipa::path(get, path = "/sessions/{hashtag}/questions/{id}", tag = "public",
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = PublicCard), (status = 404, body = Problem, description = "Not there, or not public")))]
pub async fn question(visitor: Visitor, Path((tag, id)): Path<(String, String)>) -> Answer {
    let (session, id) = (visitor.session(&tag)?, question_id(&id)?);
    let card = session.read(|now| now.public_card(id)).ok_or(Refusal::NotFound)?;
    Ok(tagged::json(&visitor.headers, &card, Keep::Shared))
}

/// What somebody is typing.
#[derive(Debug, Deserialize)]
pub struct Typed {
    text: String,
}

/// At most three public questions near what somebody is typing, the nearest first.
#[utoipa::path(get, path = "/sessions/{hashtag}/near", tag = "public",
    params(("hashtag" = String, Path), ("text" = String, Query, description = "The words so far")), responses(
    (status = 200, body = NearPublic), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub async fn near(visitor: Visitor, Path(tag): Path<String>, Query(Typed { text }): Query<Typed>) -> Answer {
    let session = visitor.session(&tag)?;
    let questions = near_questions(session, text).await;
    Ok(tagged::json(&visitor.headers, &NearPublic { questions }, Keep::Own))
}

/// At most three public questions near these words; none for words that cannot be a question.
pub async fn near_questions(session: Session, text: String) -> Vec<PublicCard> {
    let Ok(text) = words::question(&text) else { return Vec::new() };
    // A hint is worth no queue: when many type at once, some get theirs with their next words.
    let Ok(Ok(turn)) = timeout(PATIENCE, LOOKS.acquire()).await else { return Vec::new() };
    // Reckoning takes milliseconds; the threads that serve people are not for that.
    let near = spawn_blocking(move || session.near_public(&text, NEAR)).await.unwrap_or_default();
    drop(turn);
    near
}

/// The public account of moderation, renewed once a minute.
#[utoipa::path(get, path = "/sessions/{hashtag}/account", tag = "public", params(("hashtag" = String, Path)), responses(
    (status = 200, body = Account), (status = 304, description = "Not changed since the given ETag"), (status = 404, body = Problem)))]
pub async fn account(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    Ok(tagged::json(&visitor.headers, &session.account(), Keep::Shared))
}
