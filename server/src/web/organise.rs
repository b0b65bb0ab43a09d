//! The organiser's pages: all sessions, the form for one, its links with their QR codes, its phase
//! and its keys. Plain forms; they need no JavaScript.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use conversation::{Conversation, Details};
use frontend::pages::{self, ElsewhereOn, OrganisePage, SessionForm, SessionFormPage, SessionPage, StaffLink};
use serde::{Deserialize, Serialize};
use shared::{
    Moment, Phase, Refusal, Role,
    commands::{Keys, Links, NewSession, SessionMade},
    views::NetworkAccount,
};

use super::{
    App,
    body::Form,
    organise_accounts,
    pages::{citizen_address, door, exchange_key, html, path_tag, qr, redirect_with, shell, staff_path},
    problem::{Refused, status},
    visitor::Visitor,
};
use crate::{digest::key_hash, hub::Session, people::new_key};

type Page = Result<Response, Refused>;

/// Every page and form below `/organise`.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(list))
        .route("/enter", post(enter))
        .route("/new", get(blank).post(create))
        .nest("/accounts", organise_accounts::routes())
        .route("/{hashtag}", get(show))
        .route("/{hashtag}/edit", get(edit).post(change))
        .route("/{hashtag}/phase", post(move_phase))
        .route("/{hashtag}/keys/{role}", post(renew_key))
}

#[derive(Debug, Deserialize)]
struct Key {
    key: Option<String>,
}

async fn list(visitor: Visitor, Query(Key { key }): Query<Key>) -> Page {
    if let Some(key) = key {
        return exchange_key(&visitor, None, Role::Organiser, &key);
    }
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    let page = OrganisePage { sessions: visitor.app.hub.list(true) };
    Ok(html(StatusCode::OK, pages::organise(&house_shell(&visitor), page)))
}

#[derive(Debug, Deserialize)]
struct EnterFields {
    key: String,
}

async fn enter(visitor: Visitor, Form(EnterFields { key }): Form<EnterFields>) -> Page {
    exchange_key(&visitor, None, Role::Organiser, &key)
}

async fn blank(visitor: Visitor) -> Page {
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    let page =
        SessionFormPage { form: SessionForm::default(), editing: None, refusal: None, accounts: listed(&visitor) };
    Ok(html(StatusCode::OK, pages::session_form(&house_shell(&visitor), page)))
}

async fn create(visitor: Visitor, Form(form): Form<SessionForm>) -> Page {
    visitor.organiser()?;
    match make_session(&visitor, &form.read()).await {
        Ok(made) => {
            let fresh = FreshKeys {
                session: shared::hashtag::fold(&made.hashtag),
                moderator: Some(made.keys.moderator),
                panel: Some(made.keys.panel),
                desk: Some(made.keys.desk),
            };
            let session = visitor.session(&made.hashtag)?;
            Ok(redirect_with(&staff_path(&session, Role::Organiser), [fresh.cookie(&visitor)]))
        }
        Err(refusal) => Ok(form_again(&visitor, form, None, refusal)),
    }
}

async fn show(visitor: Visitor, Path(tag): Path<String>) -> Page {
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    let session = visitor.session(&tag)?;
    let fresh = FreshKeys::read(&visitor, &session);
    let link = |role, key: Option<&String>| StaffLink {
        role,
        has_key: session.read(|now| now.key_hash(role).is_some()),
        link: key.map(|key| staff_link(&visitor, &session, role, key)),
        qr: key.map(|key| qr(&staff_link(&visitor, &session, role, key))),
    };
    let citizen = citizen_address(&visitor, &session);
    let page = SessionPage {
        session: session.read(Conversation::public_head),
        citizen_qr: qr(&citizen),
        wall: format!("{citizen}/wall"),
        citizen,
        staff: vec![
            link(Role::Moderator, fresh.as_ref().and_then(|fresh| fresh.moderator.as_ref())),
            link(Role::Panel, fresh.as_ref().and_then(|fresh| fresh.panel.as_ref())),
            link(Role::Desk, fresh.as_ref().and_then(|fresh| fresh.desk.as_ref())),
        ],
        elsewhere: ElsewhereOn {
            channels: session.read(|now| now.details().channels.clone()),
            accounts: listed(&visitor),
            inbox: organise_accounts::inbox(&visitor, &path_tag(&session)),
        },
    };
    Ok(html(StatusCode::OK, pages::session(&shell(&visitor, &session), page)))
}

async fn edit(visitor: Visitor, Path(tag): Path<String>) -> Page {
    if visitor.organiser().is_err() {
        return Ok(door(&visitor, None, Role::Organiser, false));
    }
    let session = visitor.session(&tag)?;
    let form = SessionForm::write(&session.read(|now| now.details().write()));
    let page = SessionFormPage { form, editing: Some(path_tag(&session)), refusal: None, accounts: listed(&visitor) };
    Ok(html(StatusCode::OK, pages::session_form(&shell(&visitor, &session), page)))
}

async fn change(visitor: Visitor, Path(tag): Path<String>, Form(form): Form<SessionForm>) -> Page {
    let organiser = visitor.organiser()?;
    let session = visitor.session(&tag)?;
    let changed = match Details::read(&form.read()) {
        Ok(details) => session.change(&organiser, details).await.map(drop),
        Err(refusal) => Err(refusal),
    };
    Ok(match changed {
        Ok(()) => redirect_with(&staff_path(&session, Role::Organiser), []),
        Err(refusal) => form_again(&visitor, form, Some(path_tag(&session)), refusal),
    })
}

#[derive(Debug, Deserialize)]
struct PhaseField {
    phase: Phase,
}

async fn move_phase(visitor: Visitor, Path(tag): Path<String>, Form(PhaseField { phase }): Form<PhaseField>) -> Page {
    let organiser = visitor.organiser()?;
    let session = visitor.session(&tag)?;
    session.move_phase(&organiser, phase, None).await?;
    Ok(redirect_with(&staff_path(&session, Role::Organiser), []))
}

async fn renew_key(visitor: Visitor, Path((tag, role)): Path<(String, String)>) -> Page {
    let organiser = visitor.organiser()?;
    let session = visitor.session(&tag)?;
    let role = Role::from_word(&role).filter(|role| *role != Role::Organiser).ok_or(Refusal::NotFound)?;
    let key = new_key();
    session.renew_key(&organiser, role, key_hash(&key)).await?;
    let mut fresh = FreshKeys::read(&visitor, &session).unwrap_or_else(|| FreshKeys {
        session: session.name().to_owned(),
        moderator: None,
        panel: None,
        desk: None,
    });
    match role {
        Role::Panel => fresh.panel = Some(key),
        Role::Desk => fresh.desk = Some(key),
        _ => fresh.moderator = Some(key),
    }
    Ok(redirect_with(&staff_path(&session, Role::Organiser), [fresh.cookie(&visitor)]))
}

/// Makes a session and its keys. With an idempotency key the staff keys follow from it, so that the
/// same request gives the same answer without a key being kept anywhere.
pub async fn make_session(visitor: &Visitor, body: &NewSession) -> Result<SessionMade, Refusal> {
    let details = Details::read(body)?;
    let once = visitor.idempotency_key()?;
    let name = details.hashtag.folded();
    let signer = &visitor.app.signer;
    let key = |role: Role| once.as_ref().map_or_else(new_key, |once| signer.key_for(once, &name, role.word()));
    let keys = Keys { moderator: key(Role::Moderator), panel: key(Role::Panel), desk: key(Role::Desk) };
    let hashes = vec![
        (Role::Moderator, key_hash(&keys.moderator)),
        (Role::Panel, key_hash(&keys.panel)),
        (Role::Desk, key_hash(&keys.desk)),
    ];
    let session = match visitor.app.hub.create(details, body.phase, hashes).await {
        Ok(session) => session,
        Err(Refusal::HashtagTaken) if once.is_some() && opens(visitor, &name, &keys) => visitor.session(&name)?,
        Err(refusal) => return Err(refusal),
    };
    let citizen = citizen_address(visitor, &session);
    let links = Links {
        wall: format!("{citizen}/wall"),
        citizen,
        moderator: staff_link(visitor, &session, Role::Moderator, &keys.moderator),
        panel: staff_link(visitor, &session, Role::Panel, &keys.panel),
        desk: staff_link(visitor, &session, Role::Desk, &keys.desk),
    };
    Ok(SessionMade { hashtag: session.read(|now| now.details().hashtag.as_str().to_owned()), links, keys })
}

/// Where a role goes, its key included.
pub fn staff_link(visitor: &Visitor, session: &Session, role: Role, key: &str) -> String {
    format!("{}{}?key={key}", visitor.public_url(), staff_path(session, role))
}

fn opens(visitor: &Visitor, session: &str, keys: &Keys) -> bool {
    visitor.app.hub.keyring().opens(&keys.moderator).is_some_and(|grant| grant.session == session)
}

fn form_again(visitor: &Visitor, form: SessionForm, editing: Option<String>, refusal: Refusal) -> Response {
    let status = status(&refusal);
    let page = SessionFormPage { form, editing, refusal: Some(refusal), accounts: listed(visitor) };
    html(status, pages::session_form(&house_shell(visitor), page))
}

fn listed(visitor: &Visitor) -> Vec<NetworkAccount> {
    visitor.app.channels.listed()
}

/// What a page needs that belongs to no session.
pub fn house_shell(visitor: &Visitor) -> frontend::Shell {
    visitor.shell(Moment(visitor.app.clock.now().to_string()))
}

/// Keys that were just made, for the organiser to copy or print.
#[derive(Serialize, Deserialize)]
struct FreshKeys {
    session: String,
    moderator: Option<String>,
    panel: Option<String>,
    #[serde(default)]
    desk: Option<String>,
}

impl FreshKeys {
    fn cookie(&self, visitor: &Visitor) -> axum::http::HeaderValue {
        visitor.app.cookies.keep_fresh_keys(&serde_json::to_string(self).unwrap_or_default())
    }

    /// Those of this session that still open its doors.
    fn read(visitor: &Visitor, session: &Session) -> Option<Self> {
        let keys: Self = serde_json::from_str(&visitor.app.cookies.fresh_keys(&visitor.headers)?).ok()?;
        let current = |key: &String| visitor.app.hub.keyring().opens(key).is_some();
        let mine = keys.session == session.name();
        mine.then(|| Self {
            session: keys.session,
            moderator: keys.moderator.filter(current),
            panel: keys.panel.filter(current),
            desk: keys.desk.filter(current),
        })
    }
}
