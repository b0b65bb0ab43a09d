//! What participants do.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use shared::{
    Refusal,
    commands::{Ask, Asked, ParticipantMade, Supported},
    problem::Problem,
    views::{Mine, MineCard},
};

use super::{Answer, created, done, question_id};
use crate::{
    people::new_participant,
    web::{
        body::Json,
        tagged::{self, Keep},
        visitor::Visitor,
    },
};

/// The shortest idempotency key under which a participant is made: it must not be guessed.
const MIN_KEY: usize = 16;

/// Becomes a participant: a token for programs, the same as a cookie for browsers. A browser that
/// has the cookie stays who it is. An `Idempotency-Key` must have at least 16 characters here.
#[utoipa::path(post, path = "/participants", tag = "participant",
    params(("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = ParticipantMade), (status = 429, body = Problem)))]
pub async fn participate(visitor: Visitor) -> Answer {
    let key = visitor.idempotency_key()?;
    let signer = &visitor.app.signer;
    let who = match (visitor.known_participant(), key) {
        (Some(known), _) => known,
        (None, Some(key)) if key.len() >= MIN_KEY => {
            visitor.app.limits.newcomer(&visitor.network)?;
            signer.participant_for(&key, &visitor.network.to_string())
        }
        (None, Some(_)) => return Err(Refusal::Field { field: "Idempotency-Key".into() }.into()),
        (None, None) => {
            visitor.app.limits.newcomer(&visitor.network)?;
            new_participant()
        }
    };
    let token = signer.participant_token(who);
    let cookie: HeaderValue = visitor.app.cookies.keep_participant(&token);
    Ok((StatusCode::CREATED, [(header::SET_COOKIE, cookie)], axum::Json(ParticipantMade { token })).into_response())
}

/// One's own questions and whom one supports.
#[utoipa::path(get, path = "/sessions/{hashtag}/mine", tag = "participant", params(("hashtag" = String, Path)), responses(
    (status = 200, body = Mine), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub async fn mine(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    let who = visitor.participant()?;
    Ok(tagged::json(&visitor.headers, &session.read(|now| now.mine(who)), Keep::Own))
}

/// Asks a question.
#[utoipa::path(post, path = "/sessions/{hashtag}/questions", tag = "participant", request_body = Ask,
    params(("hashtag" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = Asked), (status = 401, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem, description = "The box is closed, or the same participant asked this before"),
    (status = 422, body = Problem), (status = 429, body = Problem)))]
pub async fn ask(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<Ask>) -> Answer {
    let session = visitor.session(&tag)?;
    let who = visitor.participant()?;
    let once = visitor.once(format!("participant:{:032x}", who.0))?;
    visitor.app.limits.ask(who)?;
    let noticed = visitor.notice(&session, who);
    Ok(created(session.ask(who, body, noticed, once).await?))
}

/// Takes one's own question back.
#[utoipa::path(delete, path = "/sessions/{hashtag}/questions/{id}", tag = "participant",
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = MineCard), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn withdraw(visitor: Visitor, Path((tag, id)): Path<(String, String)>) -> Answer {
    let (session, id) = (visitor.session(&tag)?, question_id(&id)?);
    let who = visitor.participant()?;
    Ok(done(session.withdraw(who, id).await?))
}

/// Stands behind a question; doing it twice counts once.
#[utoipa::path(put, path = "/sessions/{hashtag}/questions/{id}/support", tag = "participant",
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = Supported), (status = 401, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem, description = "Declined or withdrawn"), (status = 429, body = Problem)))]
pub async fn support(visitor: Visitor, path: Path<(String, String)>) -> Answer {
    set_support(visitor, path, true).await
}

/// No longer stands behind a question, or any in its bundle.
#[utoipa::path(delete, path = "/sessions/{hashtag}/questions/{id}/support", tag = "participant",
    params(("hashtag" = String, Path), ("id" = String, Path)), responses(
    (status = 200, body = Supported), (status = 401, body = Problem), (status = 404, body = Problem),
    (status = 409, body = Problem), (status = 429, body = Problem)))]
pub async fn withdraw_support(visitor: Visitor, path: Path<(String, String)>) -> Answer {
    set_support(visitor, path, false).await
}

async fn set_support(visitor: Visitor, Path((tag, id)): Path<(String, String)>, on: bool) -> Answer {
    let (session, id) = (visitor.session(&tag)?, question_id(&id)?);
    let who = visitor.participant()?;
    visitor.app.limits.support(who)?;
    Ok(done(session.support(who, id, on).await?))
}
