//! What moderators do in a session.

pub mod alike;
pub mod card;
pub mod claims;
pub mod networks;

use axum::extract::Path;
use shared::{
    Audience, Refusal,
    commands::{Ask, Asked, Many, ManyDone, QueueOrder, SetBanner, SetBox},
    problem::Problem,
    views::ModeratorView,
};

use super::{Answer, created, done};
use crate::{
    hub::{Once, Session},
    people::Moderator,
    web::{
        body::Json,
        tagged::{self, JSON, Keep},
        visitor::Visitor,
    },
};

/// The moderators' view.
#[utoipa::path(get, path = "/sessions/{hashtag}/moderation", tag = "moderator", params(("hashtag" = String, Path)), responses(
    (status = 200, body = ModeratorView), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn view(visitor: Visitor, Path(tag): Path<String>) -> Answer {
    let session = visitor.session(&tag)?;
    visitor.moderator(&session)?;
    let snapshot = session.snapshot(Audience::Moderator);
    Ok(tagged::answer(&visitor.headers, &snapshot.body, JSON, Keep::Own))
}

/// Does the same to many questions at once: one step, undone as one. Those that it cannot be done to
/// are left as they are and named; it is refused only when that goes for all of them.
#[utoipa::path(post, path = "/sessions/{hashtag}/many", tag = "moderator", request_body = Many,
    params(("hashtag" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, body = ManyDone), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn many(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<Many>) -> Answer {
    let (session, moderator, once) = at_desk(&visitor, &tag)?;
    Ok(done(session.many(&moderator, body, once).await?))
}

/// Sets the queue, whole.
#[utoipa::path(put, path = "/sessions/{hashtag}/queue", tag = "moderator", request_body = QueueOrder,
    params(("hashtag" = String, Path)), responses(
    (status = 200, description = "The queue as it is now"), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn order(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<QueueOrder>) -> Answer {
    let (session, moderator, _) = at_desk(&visitor, &tag)?;
    Ok(done(session.order(&moderator, body).await?))
}

/// Enters a question for somebody in the hall.
#[utoipa::path(post, path = "/sessions/{hashtag}/hall", tag = "moderator", request_body = Ask,
    params(("hashtag" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 201, body = Asked), (status = 401, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn enter(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<Ask>) -> Answer {
    let (session, moderator, once) = at_desk(&visitor, &tag)?;
    Ok(created(session.enter(&moderator, body, once).await?))
}

/// Puts up a banner on all screens, or takes it down.
#[utoipa::path(put, path = "/sessions/{hashtag}/banner", tag = "moderator", request_body = SetBanner,
    params(("hashtag" = String, Path)), responses(
    (status = 200, description = "The banner as it is now"), (status = 401, body = Problem), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn banner(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<SetBanner>) -> Answer {
    let (session, moderator, _) = at_desk(&visitor, &tag)?;
    Ok(done(session.banner(&moderator, body.text).await?))
}

/// Opens or closes the question box.
#[utoipa::path(put, path = "/sessions/{hashtag}/box", tag = "moderator", request_body = SetBox,
    params(("hashtag" = String, Path)), responses(
    (status = 200, description = "Whether one may ask now"), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn question_box(visitor: Visitor, Path(tag): Path<String>, Json(body): Json<SetBox>) -> Answer {
    let (session, moderator, _) = at_desk(&visitor, &tag)?;
    Ok(done(session.question_box(&moderator, body.open).await?))
}

/// Undoes a step, one's own or a colleague's.
#[utoipa::path(post, path = "/sessions/{hashtag}/steps/{step}/undo", tag = "moderator",
    params(("hashtag" = String, Path), ("step" = u64, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
    (status = 200, description = "Undone"), (status = 401, body = Problem), (status = 403, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem, description = "Undone before, or others built on it")))]
pub async fn undo(visitor: Visitor, Path((tag, step)): Path<(String, String)>) -> Answer {
    let (session, moderator, once) = at_desk(&visitor, &tag)?;
    let step = step.parse().map_err(|_| Refusal::NotFound)?;
    Ok(done(session.undo(&moderator, step, once).await?))
}

fn at_desk(visitor: &Visitor, tag: &str) -> Result<(Session, Moderator, Option<Once>), Refusal> {
    let session = visitor.session(tag)?;
    let moderator = visitor.moderator(&session)?;
    Ok((session, moderator, visitor.once("moderator")?))
}
