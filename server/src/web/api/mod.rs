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

use self::moderators::{alike, card, claims, networks};
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
        .route("/sessions/{hashtag}/near", get(sessions::near))
        .route("/sessions/{hashtag}/account", get(sessions::account))
        .route(question, get(sessions::question).delete(citizens::withdraw))
        .route(&at("support"), put(citizens::support).delete(citizens::withdraw_support))
        .route("/sessions/{hashtag}/moderation", get(moderators::view))
        .route("/sessions/{hashtag}/many", post(moderators::many))
        .route("/sessions/{hashtag}/queue", put(moderators::order))
        .route("/sessions/{hashtag}/hall", post(moderators::enter))
        .route("/sessions/{hashtag}/banner", put(moderators::banner))
        .route("/sessions/{hashtag}/box", put(moderators::question_box))
        .route("/sessions/{hashtag}/steps/{step}/undo", post(moderators::undo))
        .route("/sessions/{hashtag}/apart", post(alike::part))
        .route("/sessions/{hashtag}/proposals", get(alike::proposals))
        .route(&at("claim"), put(claims::claim).delete(claims::unclaim))
        .route(&at("approve"), post(card::approve))
        .route(&at("decline"), post(card::decline))
        .route(&at("restore"), post(card::restore))
        .route(&at("edit"), post(card::edit))
        .route(&at("bundle"), post(card::bundle))
        .route(&at("unbundle"), post(card::unbundle))
        .route(&at("lead"), post(card::lead))
        .route(&at("mask"), post(card::mask))
        .route(&at("label"), put(card::label))
        .route(&at("alderman"), put(card::assign))
        .route(&at("department"), put(card::route))
        .route(&at("revision"), put(card::revise))
        .route(&at("telling"), put(card::tell))
        .route(&at("stage"), post(card::stage))
        .route(&at("unstage"), post(card::unstage))
        .route("/sessions/{hashtag}/announcements", post(networks::announce))
        .route("/sessions/{hashtag}/paste", post(networks::paste))
        .route("/sessions/{hashtag}/outgoing/{key}/again", post(networks::again))
        .route("/sessions/{hashtag}/inbound", post(inbound::receive))
        .route("/accounts", get(accounts::list))
        .route("/accounts/{name}", put(accounts::keep).delete(accounts::forget))
        .route("/accounts/{name}/check", post(accounts::check))
        .route("/sessions/{hashtag}/desk", get(desk::view))
        .route(&at("briefing"), put(desk::briefing))
        .route(&at("proposal"), put(desk::proposal))
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
