//! The API under `/api/v1`, after the Dutch government's API Design Rules.

mod accounts;
mod citizens;
mod desk;
mod inbound;
mod moderators;
mod openapi;
mod organisers;
mod panel;
mod pasted;
mod sessions;

use std::{str::FromStr, sync::Arc};

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use shared::{QuestionId, Refusal};

pub use sessions::near_questions;

use super::{App, events, problem::Refused, socket};
use crate::hub::Done;

type Answer = Result<Response, Refused>;

/// Every call of the API.
pub fn routes() -> Router<Arc<App>> {
    let question = "/sessions/{hashtag}/questions/{id}";
    let at = |action: &str| format!("{question}/{action}");
    Router::new()
        .route("/openapi.json", get(openapi::description))
        .route("/participants", post(citizens::participate))
        .route("/sessions", get(sessions::list).post(organisers::create))
        .route("/sessions/{hashtag}", get(sessions::show).put(organisers::change))
        .route("/sessions/{hashtag}/keys/{role}", post(organisers::renew_key))
        .route("/sessions/{hashtag}/phase", post(organisers::move_phase))
        .route("/sessions/{hashtag}/mine", get(citizens::mine))
        .route("/sessions/{hashtag}/live", get(socket::join))
        .route("/sessions/{hashtag}/events", get(events::follow))
        .route("/sessions/{hashtag}/questions", post(citizens::ask))
        .route(question, get(sessions::question).delete(citizens::withdraw))
        .route(&at("support"), put(citizens::support).delete(citizens::withdraw_support))
        .route("/sessions/{hashtag}/moderation", get(moderators::view))
        .route(&at("approve"), post(moderators::approve))
        .route(&at("decline"), post(moderators::decline))
        .route(&at("restore"), post(moderators::restore))
        .route(&at("edit"), post(moderators::edit))
        .route(&at("bundle"), post(moderators::bundle))
        .route(&at("unbundle"), post(moderators::unbundle))
        .route(&at("lead"), post(moderators::lead))
        .route(&at("mask"), post(moderators::mask))
        .route(&at("label"), put(moderators::label))
        .route(&at("alderman"), put(moderators::assign))
        .route(&at("department"), put(moderators::route))
        .route(&at("claim"), put(moderators::claim).delete(moderators::unclaim))
        .route(&at("revision"), put(moderators::revise))
        .route(&at("telling"), put(moderators::tell))
        .route("/sessions/{hashtag}/announcements", post(moderators::announce))
        .route("/sessions/{hashtag}/paste", post(moderators::paste))
        .route("/sessions/{hashtag}/outgoing/{key}/again", post(moderators::again))
        .route("/sessions/{hashtag}/inbound", post(inbound::receive))
        .route("/accounts", get(accounts::list))
        .route("/accounts/{name}", put(accounts::keep).delete(accounts::forget))
        .route("/accounts/{name}/check", post(accounts::check))
        .route("/sessions/{hashtag}/many", post(moderators::many))
        .route("/sessions/{hashtag}/apart", post(moderators::part))
        .route("/sessions/{hashtag}/proposals", get(moderators::proposals))
        .route("/sessions/{hashtag}/desk", get(desk::view))
        .route(&at("briefing"), put(desk::briefing))
        .route(&at("proposal"), put(desk::proposal))
        .route("/sessions/{hashtag}/near", get(sessions::near))
        .route("/sessions/{hashtag}/account", get(sessions::account))
        .route(&at("stage"), post(moderators::stage))
        .route(&at("unstage"), post(moderators::unstage))
        .route("/sessions/{hashtag}/queue", put(moderators::order))
        .route("/sessions/{hashtag}/hall", post(moderators::enter))
        .route("/sessions/{hashtag}/banner", put(moderators::banner))
        .route("/sessions/{hashtag}/box", put(moderators::question_box))
        .route("/sessions/{hashtag}/steps/{step}/undo", post(moderators::undo))
        .route("/sessions/{hashtag}/panel", get(panel::view))
        .route(&at("answer"), post(panel::answer))
        .route(&at("draft"), put(panel::draft))
        .fallback(|| async { Refused(Refusal::NotFound) })
}

/// A question id of the address; a malformed one is a question that is not there.
fn question_id(text: &str) -> Result<QuestionId, Refusal> {
    QuestionId::from_str(text).map_err(|_| Refusal::NotFound)
}

fn done(done: Done) -> Response {
    axum::Json(done.answer).into_response()
}

fn created(done: Done) -> Response {
    (StatusCode::CREATED, axum::Json(done.answer)).into_response()
}
