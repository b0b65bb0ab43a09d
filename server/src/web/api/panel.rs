//! What the panel does.

use axum::extract::Path;
use shared::{
    Audience,
    commands::{GiveAnswer, KeepDraft},
    problem::Problem,
    views::{PanelView, PublicCard},
};

use super::{Answer, done, question_id};
use crate::web::{
    body::Json,
    tagged::{self, JSON, Keep},
    visitor::Visitor,
};

/// The panel's view.
#[utoipa::path(get, path = "/sessions/{hashtag}/panel", tag = "panel", params(("hashtag" = String, Path)), responses(
    (status = 200, body = PanelView), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn view(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    visitor.panel(&session)?;
    let snapshot = session.snapshot(Audience::Panel);
    Ok(tagged::answer(&visitor.headers, &snapshot.body, JSON, Keep::Own))
}

/// Answers a question, or corrects its answer.
#[utoipa::path(post, path = "/sessions/{hashtag}/questions/{id}/answer", tag = "panel", request_body = GiveAnswer,
    params(("hashtag" = String, Path), ("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, body = PublicCard), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn answer(visitor: Visitor, Path((tag, id)): Path<(String, String)>, Json(body): Json<GiveAnswer>) -> Answer {
    let session = visitor.session(&tag)?;
    let member = visitor.panel(&session)?;
    Ok(done(session.answer(&member, question_id(&id)?, body, visitor.once("panel")?).await?))
}

/// Keeps an unfinished answer; only the panel sees it.
#[utoipa::path(put, path = "/sessions/{hashtag}/questions/{id}/draft", tag = "panel", request_body = KeepDraft,
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, description = "Kept"), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn draft(visitor: Visitor, Path((tag, id)): Path<(String, String)>, Json(body): Json<KeepDraft>) -> Answer {
    let session = visitor.session(&tag)?;
    let member = visitor.panel(&session)?;
    Ok(done(session.draft(&member, question_id(&id)?, body.text).await?))
}
