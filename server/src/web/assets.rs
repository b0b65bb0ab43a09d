//! The site's files, embedded in the program and compressed beforehand. Their address holds a
//! digest of all of them, so that browsers may keep them for ever.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use rust_embed::Embed;
use shared::Refusal;

use super::{App, problem::Refused};
use crate::{digest::short_digest, pressed::Coding};

#[derive(Embed)]
#[folder = "../frontend/dist"]
#[allow_missing = true]
struct Site;

/// The site's files by path.
pub struct Assets {
    base: String,
    files: BTreeMap<String, File>,
}

struct File {
    kind: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// Takes the embedded files into hand.
    pub fn load() -> Self {
        let mut digests = Vec::new();
        let mut files = BTreeMap::new();
        let mut names: Vec<_> = Site::iter().collect();
        names.sort();
        for name in names {
            let Some(file) = Site::get(&name) else { continue };
            digests.extend([name.as_bytes().to_vec(), file.metadata.sha256_hash().to_vec()]);
            if name.ends_with(".br") || name.ends_with(".gz") {
                continue;
            }
            let kind = HeaderValue::from_str(file.metadata.mimetype())
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
            let other =
                |ending: &str| Site::get(&format!("{name}{ending}")).map(|file| Bytes::from(file.data.into_owned()));
            let (brotli, gzip) = (other(".br"), other(".gz"));
            files.insert(name.into_owned(), File { kind, plain: Bytes::from(file.data.into_owned()), brotli, gzip });
        }
        let hash = short_digest(digests.iter().map(Vec::as_slice));
        Self { base: format!("/assets/{hash}"), files }
    }

    /// Where they are, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether the site was built before the program was.
    pub fn is_there(&self) -> bool {
        self.files.contains_key("app.css")
    }

    fn get(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let file = self.files.get(path)?;
        let (body, coding) = match (Coding::accepted(headers), &file.brotli, &file.gzip) {
            (Coding::Brotli, Some(brotli), _) => (brotli, Coding::Brotli),
            (Coding::Brotli | Coding::Gzip, _, Some(gzip)) => (gzip, Coding::Gzip),
            _ => (&file.plain, Coding::Plain),
        };
        let mut response = body.clone().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, file.kind.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(coding) = coding.name() {
            headers.insert(header::CONTENT_ENCODING, coding);
        }
        Some(response)
    }
}

/// `GET /assets/{hash}/{path}`. An old hash gives the present file, but for no longer than now.
pub async fn file(
    State(app): State<Arc<App>>,
    Path((hash, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let mut response = app.assets.get(&path, &headers).ok_or(Refusal::NotFound)?;
    let current = app.assets.base.ends_with(&hash);
    let keep = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}

/// `GET /favicon.ico`, which browsers ask for whatever the page says.
pub async fn favicon(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Refused> {
    Ok(app.assets.get("favicon.svg", &headers).ok_or(Refusal::NotFound)?)
}
