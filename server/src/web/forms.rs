//! What pages send without JavaScript: a form, and back to a page by redirect.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode},
    response::Response,
};
use conversation::ParticipantId;
use frontend::pages::{self, AskForm, NamePage};
use serde::Deserialize;
use shared::{QuestionId, Refusal, Role, commands::Ask, words};

use super::{
    body::Form,
    pages::{Choice, citizen_page, exchange_key, html, path_tag, redirect_with, shell, staff_path},
    problem::{Refused, advise, status},
    visitor::Visitor,
};
use crate::people::{StaffPass, new_participant, set_cookies};

type Page = Result<Response, Refused>;

/// The participant of a form, and the cookie that makes them one if they were not.
fn participant(visitor: &Visitor) -> Result<(ParticipantId, Option<HeaderValue>), Refusal> {
    if let Some(known) = visitor.known_participant() {
        return Ok((known, None));
    }
    visitor.app.limits.newcomer(&visitor.network)?;
    let new = new_participant();
    Ok((new, Some(visitor.app.cookies.keep_participant(&visitor.app.signer.participant_token(new)))))
}

#[derive(Debug, Deserialize)]
pub struct AskFields {
    text: String,
    #[serde(default)]
    name: String,
}

/// `POST /{hashtag}/ask`.
pub async fn ask(visitor: Visitor, Path(tag): Path<String>, Form(AskFields { text, name }): Form<AskFields>) -> Page {
    let session = visitor.session(&tag)?;
    let (who, cookie) = participant(&visitor)?;
    let asked = match visitor.app.limits.ask(who) {
        Ok(()) => {
            let (ask, noticed) = (Ask { text: text.clone(), name: Some(name.clone()) }, visitor.notice(&session, who));
            session.ask(who, ask, noticed, None).await
        }
        Err(refusal) => Err(refusal),
    };
    let mut response = match asked {
        Ok(done) => {
            let id = done.about.map(|id| id.to_string()).unwrap_or_default();
            redirect_with(&format!("/{}?asked={id}#mine", path_tag(&session)), [])
        }
        Err(refusal) => {
            let form = AskForm { text, name, refusal: Some(refusal.clone()) };
            let mut page =
                html(status(&refusal), citizen_page(&visitor, &session, Choice::default(), form, String::new()));
            advise(&refusal, &mut page);
            page
        }
    };
    set_cookies(response.headers_mut(), cookie);
    Ok(response)
}

#[derive(Debug, Deserialize)]
pub struct SupportFields {
    #[serde(default)]
    on: String,
    #[serde(default)]
    back: String,
    /// One's own question, which is taken back for it.
    #[serde(default)]
    instead: String,
}

/// `POST /{hashtag}/q/{id}/support`.
pub async fn support(
    visitor: Visitor,
    Path((tag, id)): Path<(String, String)>,
    Form(fields): Form<SupportFields>,
) -> Page {
    let session = visitor.session(&tag)?;
    let id: QuestionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (who, cookie) = participant(&visitor)?;
    let instead: Option<QuestionId> = match fields.instead.as_str() {
        "" => None,
        mine => Some(mine.parse().map_err(|_| Refusal::NotFound)?),
    };
    visitor.app.limits.support(who)?;
    let before = session.read(|now| {
        let lead = now.public_card(id).and_then(|card| card.lead).unwrap_or(id);
        now.mine(who).supports.contains(&lead)
    });
    session.support(who, id, fields.on != "0").await?;
    if let Some(mine) = instead
        && let Err(refusal) = session.withdraw(who, mine).await
    {
        // One for the other, or neither.
        session.support(who, id, before).await?;
        return Err(refusal.into());
    }
    Ok(redirect_with(&back(&fields.back, &path_tag(&session)), cookie))
}

#[derive(Debug, Deserialize)]
pub struct BackField {
    #[serde(default)]
    back: String,
}

/// `POST /{hashtag}/q/{id}/withdraw`.
pub async fn withdraw(
    visitor: Visitor,
    Path((tag, id)): Path<(String, String)>,
    Form(fields): Form<BackField>,
) -> Page {
    let session = visitor.session(&tag)?;
    let id: QuestionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let who = visitor.known_participant().ok_or(Refusal::NotFound)?;
    session.withdraw(who, id).await?;
    Ok(redirect_with(&back(&fields.back, &path_tag(&session)), []))
}

#[derive(Debug, Deserialize)]
pub struct EnterFields {
    key: String,
    role: Role,
}

/// `POST /{hashtag}/enter`: a key typed or pasted at the door.
pub async fn enter(
    visitor: Visitor,
    Path(tag): Path<String>,
    Form(EnterFields { key, role }): Form<EnterFields>,
) -> Page {
    let session = visitor.session(&tag)?;
    exchange_key(&visitor, Some(&session), role, &key)
}

#[derive(Debug, Deserialize)]
pub struct NameFields {
    name: String,
    back: String,
}

/// `POST /{hashtag}/name`: what colleagues may call one.
pub async fn name(
    visitor: Visitor,
    Path(tag): Path<String>,
    Form(NameFields { name, back }): Form<NameFields>,
) -> Page {
    let session = visitor.session(&tag)?;
    let here = |role: &Role| back == staff_path(&session, *role);
    let role = [Role::Panel, Role::Desk].into_iter().find(here).unwrap_or(Role::Moderator);
    match role {
        Role::Panel => drop(visitor.panel(&session)?),
        Role::Desk => drop(visitor.desk(&session)?),
        _ => drop(visitor.moderator(&session)?),
    }
    let pass = visitor.credentials().pass(session.name(), role).ok_or(Refusal::Unauthorized)?;
    let refusal = match words::name(&name) {
        Ok(Some(name)) => {
            let pass = StaffPass { name: Some(name), ..pass };
            let cookie = visitor.app.cookies.keep_staff(session.name(), role, &visitor.app.signer.statement(&pass));
            return Ok(redirect_with(&staff_path(&session, role), [cookie]));
        }
        Ok(None) => Refusal::Empty,
        Err(refusal) => refusal,
    };
    let hashtag = session.read(|now| now.details().hashtag.as_str().to_owned());
    let page = NamePage { hashtag, role, back: staff_path(&session, role), refusal: Some(refusal) };
    Ok(html(StatusCode::UNPROCESSABLE_ENTITY, pages::name(&shell(&visitor, &session), page)))
}

/// Where a form leads back to: an address of this session only.
fn back(asked: &str, tag: &str) -> String {
    let home = format!("/{tag}");
    let own = asked.strip_prefix(&home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    if own && !asked.contains(['\\', '\r', '\n']) { asked.to_owned() } else { home }
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn a_form_leads_back_to_its_own_session_only() {
        assert_eq!(back("/FietsFan010?sort=newest#q", "FietsFan010"), "/FietsFan010?sort=newest#q");
        assert_eq!(back("https://evil.example", "FietsFan010"), "/FietsFan010");
        assert_eq!(back("//evil.example", "FietsFan010"), "/FietsFan010");
        assert_eq!(back("/FietsFan010evil", "FietsFan010"), "/FietsFan010");
    }
}
