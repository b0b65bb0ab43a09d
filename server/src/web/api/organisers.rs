//! What the organiser does, by program.

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use conversation::Details;
use shared::{
    Refusal, Role,
    commands::{KeyMade, MovePhase, NewSession, SessionListed, SessionMade},
    problem::Problem,
};

use super::{Answer, done};
use crate::web::{
    body::Json,
    organise::{make_session, staff_link},
    visitor::Visitor,
};

/// Makes a session; the answer is the only place where its staff keys are told.
#[utoipa::path(post, path = "/sessions", tag = "organiser", request_body = NewSession,
    params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = SessionMade), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 409, body = Problem, description = "The hashtag is taken"), (status = 422, body = Problem)))]
pub async fn create(visitor: Visitor, Json(body): Json<NewSession>) -> Answer {
    visitor.organiser()?;
    let made = make_session(&visitor, &body).await?;
    Ok((StatusCode::CREATED, axum::Json(made)).into_response())
}

/// Changes title, times and the rest; the hashtag stays.
#[utoipa::path(put, path = "/sessions/{hashtag}", tag = "organiser", request_body = NewSession,
    params(("hashtag" = String, Path)), responses(
    (status = 200, body = SessionListed), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn change(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<NewSession>) -> Answer {
    let session = visitor.session(&tag)?;
    let organiser = visitor.organiser()?;
    Ok(done(session.change(&organiser, Details::read(&body)?).await?))
}

/// Renews a role's key; open screens that used the old one end.
#[utoipa::path(post, path = "/sessions/{hashtag}/keys/{role}", tag = "organiser",
    params(("hashtag" = String, Path), ("role" = String, Path, description = "moderator or panel")), responses(
    (status = 201, body = KeyMade), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn renew_key(visitor: Visitor, Path((tag, role)): Path<(String, String)>) -> Answer {
    let session = visitor.session(&tag)?;
    let organiser = visitor.organiser()?;
    let role = Role::from_word(&role).filter(|role| *role != Role::Organiser).ok_or(Refusal::NotFound)?;
    let key = crate::people::new_key();
    session.renew_key(&organiser, role, crate::digest::key_hash(&key)).await?;
    let link = staff_link(&visitor, &session, role, &key);
    Ok((StatusCode::CREATED, axum::Json(KeyMade { key, link })).into_response())
}

/// Moves a session to another phase; moderators may, too.
#[utoipa::path(post, path = "/sessions/{hashtag}/phase", tag = "organiser", request_body = MovePhase,
    params(("hashtag" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, description = "The phase as it is now"), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn move_phase(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<MovePhase>) -> Answer {
    let session = visitor.session(&tag)?;
    let once = visitor.once("phase")?;
    let outcome = match visitor.credentials().organiser() {
        Ok(organiser) => session.move_phase(&organiser, body.phase, once).await,
        Err(_) => session.move_phase(&visitor.moderator(&session)?, body.phase, once).await,
    };
    Ok(done(outcome?))
}
