//! The pages, rendered from the session as it durably is.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use conversation::Conversation;
use frontend::{
    Shell, Sort,
    pages::{
        self, AccountPage, AskForm, CitizenPage, DeskPage, DoorPage, HomePage, NamePage, OfficePage, PanelPage,
        QuestionPage, WallPage,
    },
};
use qrcode::{QrCode, render::svg};
use serde::Deserialize;
use shared::{Audience, Moment, QuestionId, Refusal, Role};

use super::{
    App,
    express::What,
    kept::{Edition, Kind},
    near,
    problem::Refused,
    tagged::{self, HTML, Keep},
    visitor::Visitor,
};
use crate::{
    hub::Session,
    people::{StaffPass, set_cookies},
};

type Page = Result<Response, Refused>;

/// `GET /`.
pub async fn home(State(app): State<Arc<App>>, visitor: Visitor) -> Page {
    let shell = visitor.shell(Moment(app.clock.now().to_string()));
    Ok(html(StatusCode::OK, pages::home(&shell, HomePage { sessions: app.hub.list(true) })))
}

/// What a citizen's page may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Choice {
    sort: Option<String>,
    topic: Option<String>,
    q: Option<String>,
    asked: Option<String>,
}

impl Choice {
    /// The question that was just asked.
    fn arrived(&self) -> Option<QuestionId> {
        self.asked.as_deref()?.parse().ok()
    }

    /// Whether nothing was chosen.
    fn is_the_usual(&self) -> bool {
        matches!(self, Self { sort: None, topic: None, q: None, asked: None })
    }
}

/// `GET /{hashtag}`.
pub async fn citizen(visitor: Visitor, Path(tag): Path<String>, Query(choice): Query<Choice>) -> Page {
    let session = visitor.session(&tag)?;
    let render = |choice, near| citizen_page(&visitor, &session, choice, AskForm::default(), near);
    if choice.is_the_usual() && is_for_everybody(&visitor, &session, "") {
        return Ok(kept(&visitor, &session, Kind::Citizen, || render(choice, String::new())));
    }
    let near = match choice.arrived() {
        Some(id) => near::arrived(&visitor, &session, id).await,
        None => String::new(),
    };
    Ok(html(StatusCode::OK, render(choice, near)))
}

/// Whether a reader sees what all others see: they came without a cookie of a participant, and by
/// the address as it is printed.
fn is_for_everybody(visitor: &Visitor, session: &Session, rest: &str) -> bool {
    visitor.has_no_cookie() && visitor.came_by(&format!("/{}{rest}", path_tag(session)))
}

/// A page that is the same for everybody.
fn kept(visitor: &Visitor, session: &Session, kind: Kind, render: impl FnOnce() -> String) -> Response {
    let App { pages, clock, express, .. } = &*visitor.app;
    express.stop(visitor.address(), session, What::Page(kind));
    let seq = session.read(|now| now.seq(Audience::Public));
    let edition = Edition::new(seq, clock.now(), visitor.public_url());
    let page = pages.of(session.name()).page(kind, visitor.lang, edition, render);
    tagged::answer(&visitor.headers, &page, HTML, Keep::SharedByLanguage)
}

/// The citizen's page, with a form that keeps what was written, and what is near a question that was
/// just asked.
pub fn citizen_page(visitor: &Visitor, session: &Session, choice: Choice, form: AskForm, near: String) -> String {
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let participant = visitor.known_participant();
    let (view, mine) = session.read(|now| (now.public(), participant.map(|who| now.mine(who)).unwrap_or_default()));
    let page = CitizenPage {
        view,
        mine,
        sort: choice.sort.as_deref().and_then(Sort::from_word).unwrap_or(Sort::Supported),
        arrived: choice.arrived(),
        topic: filled(choice.topic),
        search: filled(choice.q),
        form,
        near,
        has_cookie: participant.is_some(),
    };
    pages::citizen(&shell(visitor, session), page)
}

/// `GET /{hashtag}/q/{id}`: a question's permanent address.
pub async fn question(visitor: Visitor, Path((tag, id)): Path<(String, String)>) -> Page {
    let session = visitor.session(&tag)?;
    let id: QuestionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let participant = visitor.known_participant();
    let page = session.read(|now| question_page(now, id, participant)).ok_or(Refusal::NotFound)?;
    let status = if page.card.is_none() && page.mine.is_none() { StatusCode::GONE } else { StatusCode::OK };
    Ok(html(status, pages::question(&shell(&visitor, &session), page)))
}

fn question_page(
    now: &Conversation,
    id: QuestionId,
    participant: Option<conversation::ParticipantId>,
) -> Option<QuestionPage> {
    let (_, gone) = now.status_for(participant, id)?;
    let card = now.public_card(id);
    let mine = participant.and_then(|who| now.mine_card(who, id));
    let lead = card.as_ref().and_then(|card| now.public_card(card.lead?));
    let wordings = card.iter().flat_map(|card| &card.wordings).filter_map(|id| now.public_card(*id)).collect();
    let bundle = card.as_ref().map(|card| card.lead.unwrap_or(card.id));
    let supports = participant.is_some_and(|who| now.mine(who).supports.iter().any(|id| Some(*id) == bundle));
    let session = now.public_head();
    Some(QuestionPage { session, card, lead, wordings, mine, gone, supports })
}

/// `GET /{hashtag}/wall`.
pub async fn wall(visitor: Visitor, Path(tag): Path<String>, headers: axum::http::Uri) -> Page {
    let session = visitor.session(&tag)?;
    let embed =
        headers.query().is_some_and(|query| query.split('&').any(|pair| pair.split('=').next() == Some("embed")));
    let render = || wall_page(&visitor, &session, embed);
    let (kind, rest) = if embed { (Kind::EmbeddedWall, "/wall?embed") } else { (Kind::Wall, "/wall") };
    if is_for_everybody(&visitor, &session, rest) {
        return Ok(kept(&visitor, &session, kind, render));
    }
    Ok(html(StatusCode::OK, render()))
}

fn wall_page(visitor: &Visitor, session: &Session, embed: bool) -> String {
    let address = citizen_address(visitor, session);
    let view = session.read(Conversation::public);
    let short = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).to_owned();
    let page = WallPage { view, qr: qr(&address), address: short, embed, account: session.account() };
    pages::wall(&shell(visitor, session), page)
}

/// `GET /{hashtag}/account`: what moderators did, in numbers.
pub async fn account(visitor: Visitor, Path(tag): Path<String>) -> Page {
    let session = visitor.session(&tag)?;
    let page = AccountPage { session: session.read(Conversation::public_head), account: session.account() };
    Ok(html(StatusCode::OK, pages::account(&shell(&visitor, &session), page)))
}

/// What a staff link holds.
#[derive(Debug, Deserialize)]
pub struct Key {
    key: Option<String>,
}

/// `GET /{hashtag}/moderate`.
pub async fn moderate(visitor: Visitor, Path(tag): Path<String>, Query(Key { key }): Query<Key>) -> Page {
    let session = visitor.session(&tag)?;
    let me = match staff_door(&visitor, &session, Role::Moderator, key)? {
        Door::In(name) => name,
        Door::Elsewhere(response) => return Ok(response),
    };
    let view = session.read(Conversation::moderator);
    Ok(html(StatusCode::OK, pages::moderate(&shell(&visitor, &session), DeskPage { view, me })))
}

/// `GET /{hashtag}/panel`.
pub async fn panel(visitor: Visitor, Path(tag): Path<String>, Query(Key { key }): Query<Key>) -> Page {
    let session = visitor.session(&tag)?;
    let me = match staff_door(&visitor, &session, Role::Panel, key)? {
        Door::In(name) => name,
        Door::Elsewhere(response) => return Ok(response),
    };
    let view = session.read(Conversation::panel);
    Ok(html(StatusCode::OK, pages::panel(&shell(&visitor, &session), PanelPage { view, me })))
}

/// What the desk of civil servants may be asked for, besides what every staff page may.
#[derive(Debug, Deserialize)]
pub struct AtDesk {
    key: Option<String>,
    #[serde(default)]
    department: String,
    question: Option<String>,
}

/// `GET /{hashtag}/desk`.
pub async fn office(visitor: Visitor, Path(tag): Path<String>, Query(asked): Query<AtDesk>) -> Page {
    let session = visitor.session(&tag)?;
    let AtDesk { key, department, question } = asked;
    let me = match staff_door(&visitor, &session, Role::Desk, key)? {
        Door::In(name) => name,
        Door::Elsewhere(response) => return Ok(response),
    };
    let view = session.read(Conversation::desk);
    let question = question.and_then(|id| id.parse().ok());
    Ok(html(StatusCode::OK, pages::office(&shell(&visitor, &session), OfficePage { view, me, department, question })))
}

enum Door {
    In(String),
    Elsewhere(Response),
}

/// Lets staff in: a key in the address is exchanged for a cookie and leaves the address at once; on
/// the first visit they are asked for a name.
fn staff_door(visitor: &Visitor, session: &Session, role: Role, key: Option<String>) -> Result<Door, Refused> {
    if let Some(key) = key {
        return Ok(Door::Elsewhere(exchange_key(visitor, Some(session), role, &key)?));
    }
    let allowed = match role {
        Role::Panel => visitor.panel(session).map(drop),
        Role::Desk => visitor.desk(session).map(drop),
        _ => visitor.moderator(session).map(drop),
    };
    if allowed.is_err() {
        return Ok(Door::Elsewhere(door(visitor, Some(session), role, false)));
    }
    let pass = visitor.credentials().pass(session.name(), role);
    Ok(match pass.map(|pass| pass.name) {
        Some(Some(name)) => Door::In(name),
        // Programs come with a key and have no name.
        None => Door::In(role.word().to_owned()),
        Some(None) => {
            let back = staff_path(session, role);
            let hashtag = session.read(|now| now.details().hashtag.as_str().to_owned());
            let page = NamePage { hashtag, role, back, refusal: None };
            Door::Elsewhere(html(StatusCode::OK, pages::name(&shell(visitor, session), page)))
        }
    })
}

/// Exchanges a key for a cookie and leads to the clean address; a wrong one leads to the door.
pub fn exchange_key(visitor: &Visitor, session: Option<&Session>, role: Role, key: &str) -> Result<Response, Refused> {
    let key = key.trim();
    let (name, generation) = match session {
        None => (String::new(), visitor.app.organiser.is(key).then(|| visitor.app.organiser.generation())),
        Some(session) => {
            let grant = visitor.app.hub.keyring().opens(key);
            let grant = grant.filter(|grant| grant.session == session.name() && grant.role == role);
            (session.name().to_owned(), grant.map(|grant| grant.generation))
        }
    };
    let Some(generation) = generation else {
        visitor.app.limits.guess(&visitor.network)?;
        return Ok(door(visitor, session, role, true));
    };
    let known = visitor.credentials().pass(&name, role).and_then(|pass| pass.name);
    let pass = StaffPass { session: name.clone(), role, generation, name: known };
    let to = session.map_or_else(|| "/organise".to_owned(), |session| staff_path(session, role));
    Ok(redirect_with(&to, [visitor.app.cookies.keep_staff(&name, role, &visitor.app.signer.statement(&pass))]))
}

/// The page that says whose door this is, and takes a key.
pub fn door(visitor: &Visitor, session: Option<&Session>, role: Role, wrong_key: bool) -> Response {
    let hashtag = session.map(|session| session.read(|now| now.details().hashtag.as_str().to_owned()));
    let now = visitor.app.clock.now();
    let shell = visitor.shell(Moment(now.to_string()));
    html(StatusCode::UNAUTHORIZED, pages::door(&shell, DoorPage { hashtag, role, wrong_key }))
}

/// Where a role works.
pub fn staff_path(session: &Session, role: Role) -> String {
    let tag = path_tag(session);
    match role {
        Role::Moderator => format!("/{tag}/moderate"),
        Role::Panel => format!("/{tag}/panel"),
        Role::Desk => format!("/{tag}/desk"),
        Role::Organiser => format!("/organise/{tag}"),
    }
}

/// A hashtag as a part of an address.
pub fn path_tag(session: &Session) -> String {
    session.read(|now| url::form_urlencoded::byte_serialize(now.details().hashtag.as_str().as_bytes()).collect())
}

/// Where citizens go.
pub fn citizen_address(visitor: &Visitor, session: &Session) -> String {
    format!("{}/{}", visitor.public_url(), path_tag(session))
}

/// What every page of a session needs.
pub fn shell(visitor: &Visitor, session: &Session) -> Shell {
    let now = visitor.app.clock.now();
    visitor.shell(session.read(|conversation| conversation.moment(now)))
}

/// An address as a QR code.
pub fn qr(address: &str) -> String {
    let Ok(code) = QrCode::new(address) else { return String::new() };
    let svg = code.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(200, 200).build();
    // The XML declaration has no place inside a page.
    svg.split_once("?>").map_or(svg.as_str(), |(_, svg)| svg).to_owned()
}

/// A page.
pub fn html(status: StatusCode, page: String) -> Response {
    (status, [(header::CONTENT_TYPE, HTML)], page).into_response()
}

/// Leads elsewhere by GET, with cookies.
pub fn redirect_with(to: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    let headers: &mut HeaderMap = response.headers_mut();
    set_cookies(headers, cookies);
    response
}
