//! What anybody may read.

use std::sync::Arc;

use axum::extract::{Path, State};
use shared::{
    Audience, Refusal,
    commands::SessionListed,
    problem::Problem,
    views::{PublicCard, PublicView},
};

use super::{Answer, question_id};
use crate::web::{
    App,
    express::What,
    pages::path_tag,
    tagged::{self, JSON, Keep},
    visitor::Visitor,
};

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
