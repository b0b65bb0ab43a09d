//! The cookies: a participant's, a staff member's for each session and role, the language, and the
//! organiser's freshly made keys until they were copied.
//!
//! Where the public address is https they are `__Host-` cookies and Secure; on plain http browsers
//! refuse that prefix, so the name goes without it.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use axum_extra::extract::cookie::{Cookie, CookieJar, Key, PrivateCookieJar, SameSite};
use shared::{Language, Role};
use time::Duration;

use crate::digest::short_digest;

/// Makes and reads this installation's cookies.
#[derive(Clone)]
pub struct Cookies {
    secure: bool,
    key: Key,
}

/// A `Set-Cookie` header's value.
pub type SetCookie = HeaderValue;

impl Cookies {
    /// Cookies for a public address that is https or not, sealed with a secret of 64 bytes or more.
    pub fn new(secure: bool, secret: &[u8]) -> Self {
        Self { secure, key: Key::from(secret) }
    }

    /// The participant's token, if the browser has one.
    pub fn participant(&self, headers: &HeaderMap) -> Option<String> {
        self.read(headers, "participant")
    }

    /// Keeps a participant's token for a year.
    pub fn keep_participant(&self, token: &str) -> SetCookie {
        self.write("participant", token, Some(Duration::days(365)))
    }

    /// A staff member's statement for this session (or none: the organiser) and role.
    pub fn staff(&self, headers: &HeaderMap, session: &str, role: Role) -> Option<String> {
        self.read(headers, &staff_name(session, role))
    }

    /// Keeps it for twelve hours: an evening and its preparations.
    pub fn keep_staff(&self, session: &str, role: Role, statement: &str) -> SetCookie {
        self.write(&staff_name(session, role), statement, Some(Duration::hours(12)))
    }

    /// The language the reader chose, if they did.
    pub fn language(&self, headers: &HeaderMap) -> Option<Language> {
        Language::from_tag(&self.read(headers, "language")?)
    }

    /// Keeps the reader's choice for a year.
    pub fn keep_language(&self, language: Language) -> SetCookie {
        self.write("language", language.tag(), Some(Duration::days(365)))
    }

    /// Fresh staff keys, encrypted, which only the organiser's browser can bring back, for a
    /// quarter of an hour.
    pub fn keep_fresh_keys(&self, keys: &str) -> SetCookie {
        let cookie = self.build(self.name("fresh-keys"), keys.to_owned(), Some(Duration::minutes(15)));
        let sealed = PrivateCookieJar::new(self.key.clone()).add(cookie).into_response();
        sealed.headers().get(header::SET_COOKIE).cloned().unwrap_or_else(none)
    }

    /// The fresh staff keys this browser was given.
    pub fn fresh_keys(&self, headers: &HeaderMap) -> Option<String> {
        let jar = PrivateCookieJar::from_headers(headers, self.key.clone());
        jar.get(&self.name("fresh-keys")).map(|cookie| cookie.value().to_owned())
    }

    fn name(&self, what: &str) -> String {
        format!("{}samenspraak-{what}", if self.secure { "__Host-" } else { "" })
    }

    fn read(&self, headers: &HeaderMap, what: &str) -> Option<String> {
        CookieJar::from_headers(headers).get(&self.name(what)).map(|cookie| cookie.value().to_owned())
    }

    fn write(&self, what: &str, value: &str, keep: Option<Duration>) -> SetCookie {
        self.set(self.name(what), value.to_owned(), keep)
    }

    fn set(&self, name: String, value: String, keep: Option<Duration>) -> SetCookie {
        HeaderValue::from_str(&self.build(name, value, keep).encoded().to_string()).unwrap_or_else(|_| none())
    }

    fn build(&self, name: String, value: String, keep: Option<Duration>) -> Cookie<'static> {
        let cookie =
            Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(self.secure);
        match keep {
            Some(keep) => cookie.max_age(keep).build(),
            None => cookie.build(),
        }
    }
}

fn none() -> SetCookie {
    HeaderValue::from_static("")
}

/// Puts cookies into a response's headers.
pub fn set_cookies(headers: &mut HeaderMap, cookies: impl IntoIterator<Item = SetCookie>) {
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
}

fn staff_name(session: &str, role: Role) -> String {
    // Hashtags may hold letters that cookie names may not.
    format!("{}-{}", role.word(), short_digest([session.as_bytes()]))
}
