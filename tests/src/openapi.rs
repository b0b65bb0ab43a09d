//! The description of the API describes all of it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::Hall;

const CALLS: [&str; 57] = [
    "GET /sessions",
    "GET /sessions/{hashtag}",
    "GET /sessions/{hashtag}/events",
    "GET /sessions/{hashtag}/live",
    "GET /sessions/{hashtag}/mine",
    "GET /sessions/{hashtag}/moderation",
    "GET /sessions/{hashtag}/panel",
    "GET /sessions/{hashtag}/questions/{id}",
    "DELETE /sessions/{hashtag}/questions/{id}",
    "DELETE /sessions/{hashtag}/questions/{id}/support",
    "POST /participants",
    "POST /sessions",
    "POST /sessions/{hashtag}/hall",
    "POST /sessions/{hashtag}/keys/{role}",
    "POST /sessions/{hashtag}/phase",
    "POST /sessions/{hashtag}/questions",
    "POST /sessions/{hashtag}/questions/{id}/answer",
    "POST /sessions/{hashtag}/questions/{id}/approve",
    "POST /sessions/{hashtag}/questions/{id}/bundle",
    "POST /sessions/{hashtag}/questions/{id}/decline",
    "POST /sessions/{hashtag}/questions/{id}/edit",
    "POST /sessions/{hashtag}/questions/{id}/restore",
    "POST /sessions/{hashtag}/questions/{id}/stage",
    "POST /sessions/{hashtag}/questions/{id}/unbundle",
    "POST /sessions/{hashtag}/questions/{id}/unstage",
    "POST /sessions/{hashtag}/steps/{step}/undo",
    "PUT /sessions/{hashtag}",
    "PUT /sessions/{hashtag}/banner",
    "PUT /sessions/{hashtag}/box",
    "PUT /sessions/{hashtag}/questions/{id}/draft",
    "PUT /sessions/{hashtag}/questions/{id}/support",
    "PUT /sessions/{hashtag}/queue",
    "GET /sessions/{hashtag}/near",
    "GET /sessions/{hashtag}/account",
    "GET /sessions/{hashtag}/desk",
    "GET /sessions/{hashtag}/proposals",
    "POST /sessions/{hashtag}/many",
    "POST /sessions/{hashtag}/apart",
    "POST /sessions/{hashtag}/questions/{id}/lead",
    "POST /sessions/{hashtag}/questions/{id}/mask",
    "PUT /sessions/{hashtag}/questions/{id}/label",
    "PUT /sessions/{hashtag}/questions/{id}/alderman",
    "PUT /sessions/{hashtag}/questions/{id}/department",
    "PUT /sessions/{hashtag}/questions/{id}/briefing",
    "PUT /sessions/{hashtag}/questions/{id}/proposal",
    "PUT /sessions/{hashtag}/questions/{id}/claim",
    "DELETE /sessions/{hashtag}/questions/{id}/claim",
    "PUT /sessions/{hashtag}/questions/{id}/revision",
    "PUT /sessions/{hashtag}/questions/{id}/telling",
    "POST /sessions/{hashtag}/announcements",
    "POST /sessions/{hashtag}/paste",
    "POST /sessions/{hashtag}/outgoing/{key}/again",
    "POST /sessions/{hashtag}/inbound",
    "GET /accounts",
    "PUT /accounts/{name}",
    "DELETE /accounts/{name}",
    "POST /accounts/{name}/check",
];

async fn description(hall: &Hall) -> Value {
    let reply = hall.stranger.get("/openapi.json").await.is(200);
    assert!(reply.header(reqwest::header::CONTENT_TYPE).starts_with("application/"), "{:?}", reply.headers);
    reply.json()
}

#[tokio::test]
async fn every_call_is_described() {
    let hall = Hall::opens().await;
    let description = description(&hall).await;
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let under = description["servers"][0]["url"].as_str().unwrap_or("");
    let mut described = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        let full =
            if path.starts_with("/api/v1") { path.clone() } else { format!("{}{path}", under.trim_end_matches('/')) };
        let Some((_, short)) = full.split_once("/api/v1") else { panic!("not under /api/v1: {full}") };
        let methods = methods
            .as_object()
            .expect("methods")
            .keys()
            .filter(|key| ["get", "put", "post", "delete", "patch"].contains(&key.as_str()));
        described.extend(methods.map(|method| format!("{} {short}", method.to_uppercase())));
    }
    assert_eq!(described, CALLS.iter().map(|call| (*call).to_owned()).collect());
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_call_says_what_it_answers() {
    let hall = Hall::opens().await;
    let description = description(&hall).await;
    let mut references = Vec::new();
    collect(&description, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("a reference into the document");
        assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for (method, call) in methods.as_object().expect("methods") {
            assert!(call["responses"].as_object().is_some_and(|responses| !responses.is_empty()), "{method} {path}");
        }
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
