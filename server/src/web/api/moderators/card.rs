//! Steps on one card. Each answers with the card as it is then.

use axum::extract::Path;
use shared::{
    QuestionId, Refusal,
    commands::{Assign, Bundle, Decline, Edit, Label, Revise, Route, Seen, Tell},
    problem::Problem,
    views::ModeratorCard,
};

use super::at_desk;
use crate::{
    hub::{Once, Session},
    people::Moderator,
    web::{
        api::{Answer, done, question_id},
        body::{Json, MaybeJson},
        visitor::Visitor,
    },
};

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

/// What is done with a card: its name, its body, and what the handle is told.
macro_rules! on_card {
    ($method:ident [$($param:tt)*] $(#[$doc:meta])* $name:ident, $path:literal, $wrap:ident<$body:ty>, |$card:ident, $said:ident| $tell:expr) => {
        $(#[$doc])*
        #[utoipa::path($method, path = $path, tag = "moderator", request_body = $body,
            params(("hashtag" = String, Path), ("id" = String, Path), $($param)*), responses(
            (status = 200, body = ModeratorCard), (status = 401, body = Problem), (status = 403, body = Problem),
            (status = 404, body = Problem), (status = 409, body = Problem, description = "Not possible now, or changed since it was seen"),
            (status = 422, body = Problem)))]
        pub async fn $name(visitor: Visitor, Path((tag, id)): Path<(String, String)>, $wrap($said): $wrap<$body>) -> Answer {
            let $card = at_card(&visitor, &tag, &id)?;
            Ok(done($tell.await?))
        }
    };
}

/// A step; with a key of its own it is taken once, however often it is sent.
macro_rules! step {
    ($($step:tt)*) => { on_card! { post [("Idempotency-Key" = Option<String>, Header)] $($step)* } };
}

/// What is set on a card, absolutely: sending it twice does no harm.
macro_rules! setting {
    ($($setting:tt)*) => { on_card! { put [] $($setting)* } };
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

setting!(
    /// Puts a label on a question, for colleagues only, or takes it off.
    label, "/sessions/{hashtag}/questions/{id}/label", Json<Label>,
    |card, body| card.session.label(&card.moderator, card.question, body)
);
setting!(
    /// Gives a question to one of the aldermen, or to none in particular.
    assign, "/sessions/{hashtag}/questions/{id}/alderman", Json<Assign>,
    |card, body| card.session.assign(&card.moderator, card.question, body)
);
setting!(
    /// Sends a question to a department, or calls it back.
    route, "/sessions/{hashtag}/questions/{id}/department", Json<Route>,
    |card, body| card.session.route(&card.moderator, card.question, body)
);
setting!(
    /// Takes over what an author made of their post after it was decided about, or leaves it.
    revise, "/sessions/{hashtag}/questions/{id}/revision", Json<Revise>,
    |card, body| card.session.revise(&card.moderator, card.question, body)
);
setting!(
    /// Says whether the author of a post is told what becomes of it, in their own thread.
    tell, "/sessions/{hashtag}/questions/{id}/telling", Json<Tell>,
    |card, body| card.session.tell_author(&card.moderator, card.question, body)
);
