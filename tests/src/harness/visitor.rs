//! Somebody with a browser that runs no scripts: pages, forms, cookies.

use std::sync::Arc;

use reqwest::{
    Client, Method, Url,
    cookie::{CookieStore, Jar},
    header::{ACCEPT, ACCEPT_LANGUAGE, HeaderMap, HeaderValue, LOCATION, ORIGIN},
    redirect::Policy,
};

use serde_json::Value;

use super::{Reply, caller::send};

/// One browser with its cookies. Follows a redirect only when told to.
pub struct Visitor {
    client: Client,
    jar: Arc<Jar>,
    base: String,
}

impl Visitor {
    /// With this `Accept-Language`.
    pub fn new(base: &str, language: &str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(language).expect("a language"));
        headers.insert(ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml"));
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .redirect(Policy::none())
            .cookie_provider(Arc::clone(&jar))
            .default_headers(headers)
            .build();
        Self { client: client.expect("a client"), jar, base: base.to_owned() }
    }

    /// Opens an address.
    pub async fn opens(&self, path: &str) -> Reply {
        send(self.client.get(format!("{}{path}", self.base))).await
    }

    /// Opens a page that is there.
    pub async fn page(&self, path: &str) -> String {
        let reply = self.opens(path).await.is(200);
        assert!(reply.header(reqwest::header::CONTENT_TYPE).starts_with("text/html"), "{}", reply.request);
        reply.text
    }

    /// Sends a form of this site.
    pub async fn sends(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        self.sends_from(&self.base, path, form).await
    }

    /// Sends a form that stands on a site elsewhere.
    pub async fn sends_from(&self, origin: &str, path: &str, form: &[(&str, &str)]) -> Reply {
        send(self.client.request(Method::POST, format!("{}{path}", self.base)).header(ORIGIN, origin).form(form)).await
    }

    /// Calls the API as a page's script does.
    pub async fn posts_json(&self, path: &str, body: &Value) -> Reply {
        send(self.client.post(format!("{}{path}", self.base)).header(ORIGIN, &self.base).json(body)).await
    }

    /// The cookies it has for this server, as it sends them.
    pub fn cookies(&self) -> String {
        let url = Url::parse(&self.base).expect("an address");
        self.jar.cookies(&url).map_or_else(String::new, |value| value.to_str().expect("readable cookies").to_owned())
    }

    /// Goes where a reply sends it.
    pub async fn follows(&self, reply: &Reply) -> Reply {
        assert_eq!(reply.status, 303, "{}: {}", reply.request, reply.text);
        let location = reply.header(LOCATION);
        let path = location.strip_prefix(&self.base).unwrap_or(location);
        let path = path.split('#').next().unwrap_or(path);
        self.opens(path).await
    }
}
