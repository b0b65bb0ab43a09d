//! Which questions seem to mean the same, and which do not.

use axum::extract::Path;
use shared::{Refusal, commands::Part, problem::Problem, views::Proposals};
use tokio::task::spawn_blocking;

use super::at_desk;
use crate::web::{
    api::{Answer, done},
    body::Json,
    tagged::{self, Keep},
    visitor::Visitor,
};

/// Says that questions do not mean the same; they are not proposed together again.
#[utoipa::path(post, path = "/sessions/{hashtag}/apart", tag = "moderator", request_body = Part,
    params(("hashtag" = String, Path)), responses(
    (status = 200, description = "They are kept apart"), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn part(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<Part>) -> Answer {
    let (session, moderator, _) = at_desk(&visitor, &tag)?;
    Ok(done(session.part(&moderator, body).await?))
}

/// Groups of questions that seem to mean the same, the largest first.
#[utoipa::path(get, path = "/sessions/{hashtag}/proposals", tag = "moderator", params(("hashtag" = String, Path)), responses(
    (status = 200, body = Proposals), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn proposals(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    visitor.moderator(&session)?;
    // Reckoning takes milliseconds; the threads that serve people are not for that.
    let found = spawn_blocking(move || session.proposals()).await.map_err(|_| Refusal::NotStored)?;
    Ok(tagged::json(&visitor.headers, &found, Keep::Own))
}
