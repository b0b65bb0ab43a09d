//! Who has which question open.

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use shared::{QuestionId, Refusal, problem::Problem};

use crate::{
    hub::Session,
    web::{
        api::{Answer, question_id},
        visitor::Visitor,
    },
};

/// Tells colleagues that one has a question open. Lapses after 20 seconds unless it is said again.
#[utoipa::path(put, path = "/sessions/{hashtag}/questions/{id}/claim", tag = "moderator",
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 204, description = "Colleagues see it"), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn claim(visitor: Visitor, Path((tag, id)): Path<(String, String)>) -> Answer {
    let (session, question, name) = claimant(&visitor, &tag, &id)?;
    session.looking().claim(question, name);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Tells colleagues that one has it open no longer.
#[utoipa::path(delete, path = "/sessions/{hashtag}/questions/{id}/claim", tag = "moderator",
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 204, description = "Colleagues no longer see it"), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn unclaim(visitor: Visitor, Path((tag, id)): Path<(String, String)>) -> Answer {
    let (session, question, name) = claimant(&visitor, &tag, &id)?;
    session.looking().unclaim(question, name);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Moderators claim any question, civil servants what was sent to them.
fn claimant(visitor: &Visitor, tag: &str, id: &str) -> Result<(Session, QuestionId, String), Refusal> {
    let (session, question) = (visitor.session(tag)?, question_id(id)?);
    let (known, name) = if let Ok(moderator) = visitor.credentials().moderator(&session) {
        (session.read(|now| now.moderator_card(question).is_some()), moderator.staff().name)
    } else {
        let servant = visitor.desk(&session)?;
        (session.read(|now| now.desk_card(question).is_some()), servant.staff().name)
    };
    if known { Ok((session, question, name)) } else { Err(Refusal::NotFound) }
}
