//! Who asks for something: their language, their place on the network, and what they may do.

use std::{net::Ipv4Addr, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, Uri, header, request::Parts},
};
use conversation::ParticipantId;
use frontend::Shell;
use shared::{Flag, Language, Moment, Refusal};

use super::{App, network::Network, places::Place, problem::Refused, serve::Guest};
use crate::{
    hub::{Once, Session},
    people::{CivilServant, Credentials, Moderator, Organiser, PanelMember},
};

/// The longest idempotency key.
const MAX_KEY: usize = 128;

/// A request's sender.
pub struct Visitor {
    /// What requests need.
    pub app: Arc<App>,
    /// The request's headers.
    pub headers: HeaderMap,
    /// The reader's language: chosen, or the browser's, or the house's.
    pub lang: Language,
    /// Where the request came from.
    pub network: Network,
    /// The place of their connection, for whoever keeps it open.
    pub place: Option<Arc<Place>>,
    path: String,
}

impl Visitor {
    /// The session under a hashtag of the address.
    pub fn session(&self, tag: &str) -> Result<Session, Refusal> {
        self.app.hub.find(tag)
    }

    /// What the request shows.
    pub fn credentials(&self) -> Credentials<'_> {
        let App { cookies, signer, hub, organiser, .. } = &*self.app;
        Credentials { headers: &self.headers, cookies, signer, keyring: hub.keyring(), organiser: *organiser }
    }

    /// The participant, by token or cookie; 401 without either, 403 with a staff key.
    pub fn participant(&self) -> Result<ParticipantId, Refusal> {
        let credentials = self.credentials();
        if let Some(token) = credentials.bearer() {
            return self.app.signer.participant(token).ok_or_else(|| {
                let staff = self.app.hub.keyring().opens(token).is_some() || self.app.organiser.is(token);
                if staff { Refusal::Forbidden } else { Refusal::Unauthorized }
            });
        }
        self.known_participant().ok_or(Refusal::Unauthorized)
    }

    /// The participant of the browser's cookie, if it has one.
    pub fn known_participant(&self) -> Option<ParticipantId> {
        self.app.signer.participant(&self.app.cookies.participant(&self.headers)?)
    }

    /// Whether the browser has no cookie that could be a participant's.
    pub fn has_no_cookie(&self) -> bool {
        self.app.cookies.participant(&self.headers).is_none()
    }

    /// The address, with its query, as it was asked for.
    pub fn address(&self) -> &str {
        &self.path
    }

    /// Whether this is the address, with its query, to the letter.
    pub fn came_by(&self, address: &str) -> bool {
        self.path == address
    }

    /// A moderator of this session, or why not.
    pub fn moderator(&self, session: &Session) -> Result<Moderator, Refusal> {
        self.guess_limited(self.credentials().moderator(session))
    }

    /// A panel member of this session, or why not.
    pub fn panel(&self, session: &Session) -> Result<PanelMember, Refusal> {
        self.guess_limited(self.credentials().panel(session))
    }

    /// A civil servant at the desk of this session, or why not.
    pub fn desk(&self, session: &Session) -> Result<CivilServant, Refusal> {
        self.guess_limited(self.credentials().desk(session))
    }

    /// What is to be noticed about somebody who asks from here.
    pub fn notice(&self, session: &Session, who: ParticipantId) -> Option<Flag> {
        self.app.crowds.notice(session.name(), self.network, who, self.app.clock.now())
    }

    /// The organiser, or why not.
    pub fn organiser(&self) -> Result<Organiser, Refusal> {
        self.guess_limited(self.credentials().organiser())
    }

    /// The sender's idempotency key.
    pub fn once(&self, sender: impl Into<String>) -> Result<Option<Once>, Refusal> {
        Ok(self.idempotency_key()?.map(|key| Once { sender: sender.into(), key }))
    }

    /// The `Idempotency-Key` header: 1 to 128 visible ASCII characters.
    pub fn idempotency_key(&self) -> Result<Option<String>, Refusal> {
        let Some(value) = self.headers.get("idempotency-key") else { return Ok(None) };
        let key = value.to_str().unwrap_or_default().trim();
        let fits = (1..=MAX_KEY).contains(&key.len());
        if fits { Ok(Some(key.to_owned())) } else { Err(Refusal::Field { field: "Idempotency-Key".into() }) }
    }

    /// The public address, without a slash at the end.
    pub fn public_url(&self) -> String {
        public_url(&self.app, &self.headers)
    }

    /// What every page needs.
    pub fn shell(&self, now: Moment) -> Shell {
        Shell {
            lang: self.lang,
            now,
            assets: self.app.assets.base().to_owned(),
            path: self.path.clone(),
            public_url: self.public_url(),
        }
    }

    /// Whoever tries many wrong keys must wait.
    fn guess_limited<T>(&self, outcome: Result<T, Refusal>) -> Result<T, Refusal> {
        if matches!(outcome, Err(Refusal::Unauthorized)) && self.credentials().bearer().is_some() {
            self.app.limits.guess(&self.network)?;
        }
        outcome
    }
}

impl FromRequestParts<Arc<App>> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let lang = language(app, &parts.headers);
        let network = network(app, &parts.headers, &parts.extensions);
        let place = parts.extensions.get::<Guest>().and_then(|guest| guest.place.clone());
        let path = parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let (headers, path) = (parts.headers.clone(), path_and_query(path));
        Ok(Self { app: Arc::clone(app), headers, lang, network, place, path })
    }
}

/// The reader's language: what they chose, else what the browser asks for, else Dutch.
pub fn language(app: &App, headers: &HeaderMap) -> Language {
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| Language::negotiate(value.to_str().ok()?));
    app.cookies.language(headers).or_else(asked).unwrap_or_default()
}

/// The network that a request came from.
pub fn network(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Network {
    let peer = extensions.get::<Guest>().map_or(Ipv4Addr::UNSPECIFIED.into(), |guest| guest.peer.ip());
    Network::of_request(app.behind_proxy, headers, peer)
}

/// The public address, without a slash at the end: the one that was set, or the one that was asked.
pub fn public_url(app: &App, headers: &HeaderMap) -> String {
    match &app.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{}", host(headers).unwrap_or("localhost")),
    }
}

/// The `Host` header.
pub fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

fn path_and_query(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}
