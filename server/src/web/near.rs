//! Public questions near what somebody asks: while they type, and once it was asked.

use axum::{
    extract::{Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use frontend::pages::{self, NearPage};
use serde::Deserialize;
use shared::{QuestionId, Status};

use super::{
    api::near_questions,
    pages::{html, shell},
    problem::Refused,
    tagged::HTML,
    visitor::Visitor,
};
use crate::hub::Session;

/// How a screen asks for the piece of a page without the page around it.
const FRAGMENT: &str = "text/fragment+html";

#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    text: String,
}

/// `GET /{hashtag}/near?text=`: a piece of a page for a screen, a whole one for everybody else.
pub async fn page(
    visitor: Visitor,
    Path(tag): Path<String>,
    Query(Typed { text }): Query<Typed>,
) -> Result<Response, Refused> {
    let session = visitor.session(&tag)?;
    let near = near_questions(session.clone(), text.clone()).await;
    let supports =
        visitor.known_participant().map(|who| session.read(|now| now.mine(who).supports)).unwrap_or_default();
    let near: Vec<_> =
        near.into_iter().map(|card| (supports.contains(&card.id), card)).map(|(on, card)| (card, on)).collect();
    let shell = shell(&visitor, &session);
    let mut response = if wants_fragment(&visitor) {
        let hashtag = session.read(|now| now.details().hashtag.as_str().to_owned());
        let piece = pages::near_fragment(&shell, &hashtag, &near);
        (StatusCode::OK, [(header::CONTENT_TYPE, HTML)], piece).into_response()
    } else {
        let head = session.read(conversation::Conversation::public_head);
        html(StatusCode::OK, pages::near(&shell, NearPage { session: head, text, near }))
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    Ok(response)
}

/// What is near a question that its asker just sent, with a way to support that in its place; empty
/// when nothing is near, or the question is not theirs to take back any more.
pub async fn arrived(visitor: &Visitor, session: &Session, id: QuestionId) -> String {
    let Some(who) = visitor.known_participant() else { return String::new() };
    let Some(mine) = session.read(|now| now.mine_card(who, id)) else { return String::new() };
    if mine.lead.is_some() || !matches!(mine.status, Status::Waiting | Status::Shown) {
        return String::new();
    }
    let mut near = near_questions(session.clone(), mine.text).await;
    near.retain(|card| card.id != id);
    let hashtag = session.read(|now| now.details().hashtag.as_str().to_owned());
    pages::near_arrived(&shell(visitor, session), &hashtag, id, &near)
}

fn wants_fragment(visitor: &Visitor) -> bool {
    let accepted = visitor.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|kind| kind.trim() == FRAGMENT)
}
