//! Questions through gateways: signed as Standard Webhooks says (standardwebhooks.com, HMAC-SHA256 over
//! id, time and body, in `webhook-id`, `webhook-timestamp` and `webhook-signature`).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::HeaderMap,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use conversation::Post;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use shared::{
    Refusal, Source,
    commands::{Asked, Inbound},
    problem::Problem,
    words,
};

use super::{Answer, created, done};
use crate::{
    sources::accounts::{Account, webhook_key},
    web::App,
};

/// How far the sender's clock may be from ours, in seconds.
const TOLERANCE: i64 = 300;
/// The longest id of a message.
const MAX_ID: usize = 200;

/// Takes a question from a gateway, once for each of its ids; with `deleted`, takes it back.
#[utoipa::path(post, path = "/sessions/{hashtag}/inbound", tag = "gateway", request_body = Inbound,
    params(("hashtag" = String, Path), ("webhook-id" = String, Header), ("webhook-timestamp" = i64, Header), ("webhook-signature" = String, Header)),
    responses((status = 201, body = Asked), (status = 200, description = "It was taken back"), (status = 401, body = Problem),
    (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn receive(State(app): State<Arc<App>>, Path(tag): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    let session = app.hub.find(&tag)?;
    let on = session.read(|now| app.channels.accounts_of(now));
    let mut gateways = on.into_iter().filter(|account| account.source == Source::Gateway);
    let now = app.clock.now();
    let signed = Signed::read(&headers, &body, now).ok_or(Refusal::Unauthorized)?;
    let gateway = gateways.find(|account| signed.is_by(account)).ok_or(Refusal::Unauthorized)?;
    let message: Inbound = serde_json::from_slice(&body).map_err(|_| Refusal::Malformed)?;
    let id = message.id.trim();
    if id.is_empty() || id.len() > MAX_ID {
        return Err(Refusal::Field { field: "id".into() }.into());
    }
    let address = format!("gateway:{}/{id}", gateway.name);
    if message.deleted {
        return Ok(done(session.unhear(address).await?));
    }
    let written =
        message.at.as_deref().map(|at| at.parse::<Timestamp>().map_err(|_| Refusal::Field { field: "at".into() }));
    let post = Post {
        source: Source::Gateway,
        address,
        link: None,
        author: gateway.name.clone(),
        bot: false,
        written_at: written.transpose()?.unwrap_or(now).min(now),
        edited_at: Some(now),
        warning: None,
        images: Vec::new(),
        thread: None,
    };
    let language = message.language.filter(|language| (2..=3).contains(&language.len()));
    words::question_cut(&message.text)?;
    let told = session.hear(Box::new(post), message.text, message.name, language).await?;
    app.channels.came_in(&gateway, &session);
    Ok(created(told))
}

/// A request whose time is right, and what was signed of it.
struct Signed<'a> {
    /// What comes before the body: `ID.TIME.`
    head: String,
    body: &'a [u8],
    /// One of these must be right.
    signatures: Vec<Vec<u8>>,
}

impl<'a> Signed<'a> {
    fn read(headers: &HeaderMap, body: &'a [u8], now: Timestamp) -> Option<Self> {
        let header = |name| headers.get(name)?.to_str().ok();
        let (id, time) = (header("webhook-id")?, header("webhook-timestamp")?);
        let at: i64 = time.parse().ok()?;
        if (now.as_second() - at).abs() > TOLERANCE {
            return None;
        }
        let signatures = header("webhook-signature")?.split(' ');
        let signatures = signatures.filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok()).collect();
        Some(Self { head: format!("{id}.{time}."), body, signatures })
    }

    fn is_by(&self, gateway: &Account) -> bool {
        let Some(key) = gateway.secret.as_ref().and_then(|secret| webhook_key(secret.reveal())) else { return false };
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(&key) else { return false };
        let mac = mac.chain_update(self.head.as_bytes()).chain_update(self.body);
        // Compares in constant time.
        self.signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok())
    }
}
