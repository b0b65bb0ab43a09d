//! Questions through a gateway: signed, in time, and each once.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use shared::{Source, Status, commands::Asked};

use crate::harness::{Hall, Reply, Terms, send, session};

struct Gateway {
    hall: Hall,
    secret: String,
}

impl Gateway {
    async fn opens() -> Self {
        let mut session = session("FietsFan010");
        session["channels"] = json!({ "accounts": ["sms"] });
        let hall = Hall::on(Terms::default(), session).await;
        let made = hall.organiser.has_account(json!({ "name": "sms", "source": "gateway" })).await;
        let secret = made["secret"].as_str().expect("a secret").to_owned();
        Self { hall, secret }
    }

    /// Sends this body as it is, signed with this secret at this moment.
    async fn sends(&self, body: &str, secret: &str, at: i64) -> Reply {
        let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("base64");
        let mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key").chain_update(format!("msg_1.{at}.{body}"));
        let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let request = self.hall.stranger.api(reqwest::Method::POST, "/sessions/FietsFan010/inbound");
        let request = request.header("webhook-id", "msg_1").header("webhook-timestamp", at.to_string());
        // Another's signature beside it, as while a secret is renewed.
        send(request.header("webhook-signature", format!("v1,AAAA {signature}")).body(body.to_owned())).await
    }

    async fn brings(&self, message: Value) -> Reply {
        self.sends(&message.to_string(), &self.secret, now()).await
    }
}

#[allow(clippy::disallowed_methods, reason = "the server that is asked has the machine's clock")]
fn now() -> i64 {
    Timestamp::now().as_second()
}

#[tokio::test]
async fn a_message_is_a_question_once_and_can_be_taken_back() {
    let gateway = Gateway::opens().await;
    let message = json!({ "id": "31-6-1", "text": "Waarom is de brug zo smal?", "name": "Vera", "language": "nl" });
    let asked: Asked = gateway.brings(message.clone()).await.is(201).read();
    assert_eq!(asked.status, Status::Waiting);
    let again: Asked = gateway.brings(message).await.is(201).read();
    assert_eq!(again.id, asked.id);
    let card = gateway.hall.moderator.card(asked.id).await;
    assert_eq!((card.card.source, card.card.name.as_deref()), (Source::Gateway, Some("Vera")));
    assert_eq!(card.post.expect("a post").author, "sms");
    gateway.brings(json!({ "id": "31-6-1", "deleted": true })).await.is(200);
    assert_eq!(gateway.hall.moderator.card(asked.id).await.card.status, Status::Withdrawn);
}

#[tokio::test]
async fn what_is_not_signed_by_a_gateway_of_the_session_or_too_old_is_refused() {
    let gateway = Gateway::opens().await;
    let body = json!({ "id": "1", "text": "Waarom?" }).to_string();
    let other = format!("whsec_{}", STANDARD.encode([7; 32]));
    gateway.sends(&body, &other, now()).await.is(401);
    gateway.sends(&body, &gateway.secret, now() - 301).await.is(401);
    gateway.sends(&body, &gateway.secret, now() + 301).await.is(401);
    gateway.hall.stranger.post("/sessions/FietsFan010/inbound", json!({ "id": "1", "text": "Waarom?" })).await.is(401);
    gateway.hall.organiser.makes(session("Elders")).await;
    let key = gateway.sends(&body, &gateway.secret, now()).await.is(201);
    drop(key);
    assert_eq!(gateway.hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test]
async fn what_makes_no_sense_is_said_and_changes_nothing() {
    let gateway = Gateway::opens().await;
    gateway.sends("{", &gateway.secret, now()).await.is(400);
    gateway.brings(json!({ "id": "", "text": "Waarom?" })).await.is(422);
    gateway.brings(json!({ "id": "1", "text": "#FietsFan010" })).await.is(422);
    gateway.brings(json!({ "id": "1", "text": "Waarom?", "at": "gisteren" })).await.is(422);
    assert!(gateway.hall.moderator.view().await.questions.is_empty());
}
