//! What civil servants do at their desk.

use axum::extract::Path;
use conversation::Paper;
use shared::{
    Audience,
    commands::WritePaper,
    problem::Problem,
    views::{self, DeskView},
};

use super::{Answer, done, question_id};
use crate::web::{
    body::Json,
    tagged::{self, JSON, Keep},
    visitor::Visitor,
};

/// The desk's view: what was sent to it.
#[utoipa::path(get, path = "/sessions/{hashtag}/desk", tag = "desk", params(("hashtag" = String, Path)), responses(
    (status = 200, body = DeskView), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn view(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    visitor.desk(&session)?;
    let snapshot = session.snapshot(Audience::Desk);
    Ok(tagged::answer(&visitor.headers, &snapshot.body, JSON, Keep::Own))
}

/// Writes a briefing for the panel; the public never sees it.
#[utoipa::path(put, path = "/sessions/{hashtag}/questions/{id}/briefing", tag = "desk", request_body = WritePaper,
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = Option<views::Paper>), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem, description = "A colleague wrote since"), (status = 422, body = Problem)))]
pub async fn briefing(
    visitor: Visitor,
    Path((tag, id)): Path<(String, String)>,
    Json(body): Json<WritePaper>,
) -> Answer {
    write(&visitor, &tag, &id, Paper::Briefing, body).await
}

/// Proposes an answer, which the panel sees once it is ready.
#[utoipa::path(put, path = "/sessions/{hashtag}/questions/{id}/proposal", tag = "desk", request_body = WritePaper,
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = Option<views::Paper>), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem, description = "A colleague wrote since"), (status = 422, body = Problem)))]
pub async fn proposal(
    visitor: Visitor,
    Path((tag, id)): Path<(String, String)>,
    Json(body): Json<WritePaper>,
) -> Answer {
    write(&visitor, &tag, &id, Paper::Proposal, body).await
}

async fn write(visitor: &Visitor, tag: &str, id: &str, paper: Paper, body: WritePaper) -> Answer {
    let session = visitor.session(tag)?;
    let servant = visitor.desk(&session)?;
    Ok(done(session.write(&servant, question_id(id)?, paper, body).await?))
}
