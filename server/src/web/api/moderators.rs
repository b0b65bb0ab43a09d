//! What moderators do. Each step on a card answers with the card as it is then.

use axum::extract::Path;
use shared::{
    Audience, QuestionId, Refusal,
    commands::{Ask, Asked, Bundle, Decline, Edit, QueueOrder, Seen, SetBanner, SetBox},
    problem::Problem,
    views::{ModeratorCard, ModeratorView},
};

use super::{Answer, created, done, question_id};
use crate::{
    hub::{Once, Session},
    people::Moderator,
    web::{
        body::{Json, MaybeJson},
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

/// A moderator at a card: everything a step needs.
struct AtCard {
    session: Session,
    moderator: Moderator,
    question: QuestionId,
    once: Option<Once>,
}

fn at_card(visitor: &Visitor, tag: &str, id: &str) -> Result<AtCard, Refusal> {
    let (session, moderator, once) = at_desk(visitor, tag)?;
    Ok(AtCard { session, moderator, question: question_id(id)?, once })
}

fn at_desk(visitor: &Visitor, tag: &str) -> Result<(Session, Moderator, Option<Once>), Refusal> {
    let session = visitor.session(tag)?;
    let moderator = visitor.moderator(&session)?;
    Ok((session, moderator, visitor.once("moderator")?))
}

/// A step on a card: its name, its body, and what the handle is told.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, $path:literal, $wrap:ident<$body:ty>, |$card:ident, $said:ident| $tell:expr) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "moderator", request_body = $body,
            params(("hashtag" = String, Path), ("id" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses(
            (status = 200, body = ModeratorCard), (status = 401, body = Problem), (status = 403, body = Problem),
            (status = 404, body = Problem), (status = 409, body = Problem, description = "Not possible now, or changed since it was seen"),
            (status = 422, body = Problem)))]
        pub async fn $name(visitor: Visitor, Path((tag, id)): Path<(String, String)>, $wrap($said): $wrap<$body>) -> Answer {
            let $card = at_card(&visitor, &tag, &id)?;
            Ok(done($tell.await?))
        }
    };
}

step!(
    /// Shows a waiting question.
    approve, "/sessions/{hashtag}/questions/{id}/approve", MaybeJson<Seen>,
    |card, body| card.session.approve(&card.moderator, card.question, body.seen, card.once)
);
step!(
    /// Declines a question, with a reason for its asker.
    decline, "/sessions/{hashtag}/questions/{id}/decline", Json<Decline>,
    |card, body| card.session.decline(&card.moderator, card.question, body, card.once)
);
step!(
    /// Brings a declined question back.
    restore, "/sessions/{hashtag}/questions/{id}/restore", MaybeJson<Seen>,
    |card, body| card.session.restore(&card.moderator, card.question, body.seen, card.once)
);
step!(
    /// Corrects or redacts a question's words; moderators keep seeing the original.
    edit, "/sessions/{hashtag}/questions/{id}/edit", Json<Edit>,
    |card, body| card.session.edit(&card.moderator, card.question, body, card.once)
);
step!(
    /// Puts a question under another.
    bundle, "/sessions/{hashtag}/questions/{id}/bundle", Json<Bundle>,
    |card, body| card.session.bundle(&card.moderator, card.question, body, card.once)
);
step!(
    /// Takes a question out of its bundle.
    unbundle, "/sessions/{hashtag}/questions/{id}/unbundle", MaybeJson<Seen>,
    |card, body| card.session.unbundle(&card.moderator, card.question, body.seen, card.once)
);
step!(
    /// Puts a question on stage; the one that was there makes room.
    stage, "/sessions/{hashtag}/questions/{id}/stage", MaybeJson<Seen>,
    |card, body| card.session.stage(&card.moderator, card.question, body.seen, card.once)
);
step!(
    /// Takes a question off stage.
    unstage, "/sessions/{hashtag}/questions/{id}/unstage", MaybeJson<Seen>,
    |card, body| card.session.unstage(&card.moderator, card.question, body.seen, card.once)
);

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
