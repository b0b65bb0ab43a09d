//! What moderators say on the networks, and bring in from them.

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use shared::{
    commands::{Announce, Asked, Paste},
    problem::Problem,
};

use super::at_desk;
use crate::web::{
    api::{
        Answer, created, done,
        pasted::{self, Pasted},
    },
    body::Json,
    visitor::Visitor,
};

/// Says something on the networks, to everybody who follows the municipality's accounts.
#[utoipa::path(post, path = "/sessions/{hashtag}/announcements", tag = "moderator", request_body = Announce,
    params(("hashtag" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, description = "It is on its way"), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn announce(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<Announce>) -> Answer {
    let (session, moderator, once) = at_desk(&visitor, &tag)?;
    Ok(done(session.announce(&moderator, body.text, once).await?))
}

/// Brings in a post by hand: with its words as they were copied, or by its address alone where one of the
/// session's accounts can read it.
#[utoipa::path(post, path = "/sessions/{hashtag}/paste", tag = "moderator", request_body = Paste,
    params(("hashtag" = String, Path)), responses(
    (status = 201, body = Asked), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn paste(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<Paste>) -> Answer {
    let (session, _, _) = at_desk(&visitor, &tag)?;
    let Pasted { post, text, name, language } = pasted::read(&visitor.app, &session, &body).await?;
    Ok(created(session.hear(post, text, name, language).await?))
}

/// Tries a message to a network again that was refused, or waits.
#[utoipa::path(post, path = "/sessions/{hashtag}/outgoing/{key}/again", tag = "moderator",
    params(("hashtag" = String, Path), ("key" = String, Path)), responses(
    (status = 204, description = "It is being tried"), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn again(visitor: Visitor, Path((tag, key)): Path<(String, String)>) -> Answer {
    let (session, _, _) = at_desk(&visitor, &tag)?;
    visitor.app.channels.again(&session, &key)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
