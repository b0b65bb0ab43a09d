//! What every request passes and every answer carries: no floods, no cross-site writes, no packed
//! bodies, strict headers, the reader's language, and refusals in words.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use frontend::{Shell, pages};
use shared::{Language, Moment, Refusal, sentences::problems};

use super::{
    App,
    limits::Kind,
    problem::{self, Refused},
    visitor::{host, language, network},
};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' https: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
/// The wall's frame may stand on any municipality's site; it has no form and no button.
const EMBED_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' https: data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";

/// The layer around all routes.
pub async fn door(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let lang = language(&app, request.headers());
    let (uri, is_api) = (request.uri().clone(), request.uri().path().starts_with("/api/"));
    let (method, route) = (request.method().clone(), request.extensions().get::<MatchedPath>().cloned());
    let embedded = uri.path().ends_with("/wall") && has_query(&uri, "embed");
    let mut response = if let Err(refusal) = is_calm(&app, &request) {
        slow_down(&refusal, lang, is_api)
    } else if let Err(refusal) = is_clean(&app, &request) {
        Refused(refusal).into_response()
    } else if let Some(answer) = switch_language(&app, request.method(), &uri) {
        answer
    } else {
        next.run(request).await
    };
    if let Some(Refused(refusal)) = response.extensions_mut().remove::<Refused>() {
        // The route, not the address: an address may hold a key.
        let route = route.as_ref().map_or("", MatchedPath::as_str);
        tracing::info!(%method, route, status = refusal.status(), reason = %refusal, "refused");
        app.viewers.metrics().refused(&refusal);
        response = refused(&app, &refusal, lang, &uri, is_api);
    } else if is_api && !response.headers().contains_key(header::CONTENT_TYPE) && response.status().is_client_error() {
        let refusal = if response.status().as_u16() == 413 { Refusal::TooLarge } else { Refusal::Malformed };
        let status = response.status();
        app.viewers.metrics().refused(&refusal);
        response = problem::document(&refusal, lang);
        *response.status_mut() = status;
    }
    protect(&app, response.headers_mut(), is_api, embedded);
    response
}

/// Whether a request's network keeps within what a full hall needs.
fn is_calm(app: &App, request: &Request) -> Result<(), Refusal> {
    let Some(kind) = kind(request) else { return Ok(()) };
    app.limits.request(kind, || network(app, request.headers(), request.extensions()))
}

/// The answer to a flood: readable, not logged, and cheaper than a page.
fn slow_down(refusal: &Refusal, lang: Language, is_api: bool) -> Response {
    if is_api {
        return problem::document(refusal, lang);
    }
    let mut response = (problem::status(refusal), problems::detail(lang, refusal)).into_response();
    problem::advise(refusal, &mut response);
    response
}

/// Whether a request is one that this site's own pages, or a program, would send.
fn is_clean(app: &App, request: &Request) -> Result<(), Refusal> {
    if is_cross_site(app, request) {
        return Err(Refusal::CrossSite);
    }
    // Nothing that people send is large enough to pack; what is packed may be large beyond measure.
    let mut packed = request.headers().get_all(header::CONTENT_ENCODING).iter();
    if packed.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Refusal::Packed);
    }
    Ok(())
}

/// What a request costs; the site's files and the question of health cost next to nothing.
fn kind(request: &Request) -> Option<Kind> {
    let path = request.uri().path();
    match *request.method() {
        Method::GET | Method::HEAD | Method::OPTIONS if path.ends_with("/live") || path.ends_with("/events") => {
            Some(Kind::Join)
        }
        Method::GET | Method::HEAD | Method::OPTIONS => {
            let free = path.starts_with("/assets/") || matches!(path, "/healthz" | "/readyz" | "/favicon.ico");
            (!free).then_some(Kind::Read)
        }
        _ => Some(Kind::Write),
    }
}

/// A write, or a socket, that a page of another site sends along with this site's cookies.
fn is_cross_site(app: &App, request: &Request) -> bool {
    let headers = request.headers();
    let is_socket = headers.get(header::UPGRADE).is_some();
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) && !is_socket {
        return false;
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        return !is_own_origin(app, headers, origin.to_str().unwrap_or_default());
    }
    // Browsers say where a request comes from; programs say nothing, and have no cookies to steal.
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

fn is_own_origin(app: &App, headers: &HeaderMap, origin: &str) -> bool {
    if let Some(url) = &app.public_url
        && url.origin().ascii_serialization() == origin
    {
        return true;
    }
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    authority.is_some() && authority == host(headers)
}

/// `?lang=en` on any page stores the choice and leaves the address.
fn switch_language(app: &App, method: &Method, uri: &Uri) -> Option<Response> {
    if method != Method::GET || uri.path().starts_with("/api/") || !has_query(uri, "lang") {
        return None;
    }
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query()?).ok()?;
    let lang = pairs.iter().find(|(name, _)| name == "lang").and_then(|(_, tag)| Language::from_tag(tag));
    let rest: Vec<_> = pairs.into_iter().filter(|(name, _)| name != "lang").collect();
    let query = serde_urlencoded::to_string(rest).unwrap_or_default();
    // One slash only: `//evil.example` would lead to another site.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    let target = if query.is_empty() { path } else { format!("{path}?{query}") };
    let mut response = Redirect::to(&target).into_response();
    if let Some(lang) = lang {
        response.headers_mut().append(header::SET_COOKIE, app.cookies.keep_language(lang));
    }
    Some(response)
}

fn refused(app: &App, refusal: &Refusal, lang: Language, uri: &Uri, is_api: bool) -> Response {
    if is_api {
        return problem::document(refusal, lang);
    }
    let shell = Shell {
        lang,
        now: Moment(app.clock.now().to_string()),
        assets: app.assets.base().to_owned(),
        path: uri.path().to_owned(),
        public_url: String::new(),
    };
    let page = pages::problem(&shell, refusal);
    let mut response =
        (problem::status(refusal), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
    problem::advise(refusal, &mut response);
    response
}

/// What every answer says to browsers.
pub fn protect(app: &App, headers: &mut HeaderMap, is_api: bool, embedded: bool) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, if embedded { EMBED_POLICY } else { POLICY });
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // With `no-referrer` browsers would send `Origin: null` with this site's own forms.
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if app.public_url.as_ref().is_some_and(|url| url.scheme() == "https") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if is_api {
        set(HeaderName::from_static("api-version"), "1.0.0");
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("Accept-Language, Authorization, Cookie"));
}

fn has_query(uri: &Uri, name: &str) -> bool {
    uri.query().is_some_and(|query| query.split('&').any(|pair| pair.split('=').next() == Some(name)))
}
