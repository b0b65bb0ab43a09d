//! The short way for what everybody reads: a page or view that is kept goes out without passing the
//! router. It gives exactly what the long way gives, or leaves the request to it.

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, Response, header},
};
use dashmap::DashMap;
use shared::Audience;

use super::{
    App,
    guard::protect,
    kept::{Edition, Kind},
    limits,
    network::Network,
    serve::Guest,
    tagged::{self, HTML, JSON, Keep},
    visitor::{language, public_url},
};
use crate::hub::Session;

/// Where the short way leads, by address with its query.
#[derive(Default)]
pub struct Express(DashMap<Box<str>, Stop>);

/// What is read at an address.
#[derive(Clone)]
struct Stop {
    session: Session,
    what: What,
}

/// A page, or the view itself.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// As HTML.
    Page(Kind),
    /// As JSON.
    View,
}

impl Express {
    /// Remembers what is read at an address. The caller sees to it that a session has few of them.
    pub fn stop(&self, address: &str, session: &Session, what: What) {
        if !self.0.contains_key(address) {
            self.0.insert(address.into(), Stop { session: session.clone(), what });
        }
    }
}

/// The answer, when it is kept and the reader is like all others.
pub fn answer<B>(app: &App, guest: &Guest, request: &Request<B>) -> Option<Response<Body>> {
    let headers = request.headers();
    if *request.method() != Method::GET || is_special(headers) {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    let stop = app.express.0.get(address)?.value().clone();
    // Whoever asks too fast is told so by the long way.
    let network = || Network::of_request(app.behind_proxy, headers, guest.peer.ip());
    let mut response = match stop.what {
        What::View => {
            app.limits.request(limits::Kind::Read, network).ok()?;
            let snapshot = stop.session.snapshot(Audience::Public);
            tagged::answer(headers, &snapshot.body, JSON, Keep::Shared)
        }
        What::Page(kind) => {
            let seq = stop.session.read(|now| now.seq(Audience::Public));
            let edition = Edition::new(seq, app.clock.now(), public_url(app, headers));
            let page = app.pages.of(stop.session.name()).kept(kind, language(app, headers), &edition)?;
            app.limits.request(limits::Kind::Read, network).ok()?;
            tagged::answer(headers, &page, HTML, Keep::SharedByLanguage)
        }
    };
    let (is_api, embedded) = (matches!(stop.what, What::View), matches!(stop.what, What::Page(Kind::EmbeddedWall)));
    protect(app, response.headers_mut(), is_api, embedded);
    Some(response)
}

/// Whether a request has anything that the long way looks at more closely.
fn is_special(headers: &HeaderMap) -> bool {
    [header::COOKIE, header::AUTHORIZATION, header::UPGRADE, header::CONTENT_ENCODING]
        .iter()
        .any(|name| headers.contains_key(name))
}
