//! What moderators do. Each step on a card answers with the card as it is then.

use axum::{extract::Path, http::StatusCode, response::IntoResponse};
use shared::{
    Audience, QuestionId, Refusal,
    commands::{
        Announce, Ask, Asked, Assign, Bundle, Decline, Edit, Label, Many, ManyDone, Part, Paste, QueueOrder, Revise,
        Route, Seen, SetBanner, SetBox, Tell,
    },
    problem::Problem,
    views::{ModeratorCard, ModeratorView, Proposals},
};
use tokio::task::spawn_blocking;

use super::{
    Answer, created, done,
    pasted::{self, Pasted},
    question_id,
};
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

step!(
    /// Makes a wording the lead of its bundle.
    lead, "/sessions/{hashtag}/questions/{id}/lead", MaybeJson<Seen>,
    |card, body| card.session.lead(&card.moderator, card.question, body.seen, card.once)
);
step!(
    /// Puts a block over what was flagged; moderators keep seeing the original.
    mask, "/sessions/{hashtag}/questions/{id}/mask", MaybeJson<Seen>,
    |card, body| card.session.mask(&card.moderator, card.question, body.seen, card.once)
);

/// What is set on a card, absolutely: sending it twice does no harm.
macro_rules! setting {
    ($(#[$doc:meta])* $name:ident, $path:literal, $body:ty, |$card:ident, $said:ident| $tell:expr) => {
        $(#[$doc])*
        #[utoipa::path(put, path = $path, tag = "moderator", request_body = $body,
            params(("hashtag" = String, Path), ("id" = String, Path)), responses(
            (status = 200, body = ModeratorCard), (status = 401, body = Problem), (status = 403, body = Problem),
            (status = 404, body = Problem), (status = 409, body = Problem, description = "Not possible now, or changed since it was seen"),
            (status = 422, body = Problem)))]
        pub async fn $name(visitor: Visitor, Path((tag, id)): Path<(String, String)>, Json($said): Json<$body>) -> Answer {
            let $card = at_card(&visitor, &tag, &id)?;
            Ok(done($tell.await?))
        }
    };
}

setting!(
    /// Puts a label on a question, for colleagues only, or takes it off.
    label, "/sessions/{hashtag}/questions/{id}/label", Label,
    |card, body| card.session.label(&card.moderator, card.question, body)
);
setting!(
    /// Gives a question to one of the aldermen, or to none in particular.
    assign, "/sessions/{hashtag}/questions/{id}/alderman", Assign,
    |card, body| card.session.assign(&card.moderator, card.question, body)
);
setting!(
    /// Sends a question to a department, or calls it back.
    route, "/sessions/{hashtag}/questions/{id}/department", Route,
    |card, body| card.session.route(&card.moderator, card.question, body)
);

setting!(
    /// Takes over what an author made of their post after it was decided about, or leaves it.
    revise, "/sessions/{hashtag}/questions/{id}/revision", Revise,
    |card, body| card.session.revise(&card.moderator, card.question, body)
);
setting!(
    /// Says whether the author of a post is told what becomes of it, in their own thread.
    tell, "/sessions/{hashtag}/questions/{id}/telling", Tell,
    |card, body| card.session.tell_author(&card.moderator, card.question, body)
);

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
