//! Posts of our own.

use axum::{
    Json, Router,
    extract::{Path, RawQuery},
    http::Uri,
    routing::{get, put},
};
use networks::{
    faults::{self, Fault},
    mastodon::ACCOUNT,
};
use serde_json::{Value, json};

use super::*;
use crate::{Message, NotSent};

fn message(thread: Option<String>) -> Message {
    Message {
        key: "answer-1".to_owned(),
        author: thread.is_some().then(|| "@anna@elders.example".to_owned()),
        thread,
        text: "Ja, in het voorjaar.".to_owned(),
        link: Some("https://samenspraak.example/v/1".to_owned()),
        language: "nl".to_owned(),
    }
}

async fn thread(scene: &Scene) -> (String, Option<String>) {
    let id = scene.toots(1..=1).remove(0);
    let _asking = scene.asks();
    scene.heard("1 #FietsFan010").await;
    let Heard::Post { post, .. } = scene.memory.look(|told| told.heard[0].clone()) else { panic!("a post") };
    (id, post.thread)
}

#[tokio::test]
async fn a_reply_stands_in_the_thread_once_and_can_be_taken_back() {
    let scene = Scene::new().await;
    let client = scene.client(Some(TOKEN));
    let (id, thread) = thread(&scene).await;
    let sent = client.send(&message(thread.clone())).await.expect("sent");
    assert_eq!(client.send(&message(thread)).await.expect("sent").id, sent.id, "the same is one");
    let ours = scene.server.statuses_of(ACCOUNT);
    assert_eq!(ours.len(), 1);
    assert_eq!(
        (&ours[0]["in_reply_to_id"], &ours[0]["visibility"], &ours[0]["language"]),
        (&json!(id), &json!("unlisted"), &json!("nl"))
    );
    let received = scene.server.received("POST", "/api/v1/statuses", 2).await;
    let body: Value = serde_json::from_str(&received[0].body).expect("JSON");
    assert_eq!(body["status"], "@anna@elders.example Ja, in het voorjaar.\n\nhttps://samenspraak.example/v/1");
    assert_eq!(
        (received[0].headers.get("idempotency-key").map(String::as_str), received[0].token),
        (Some("answer-1"), faults::Token::Right)
    );
    client.delete(&sent.id).await.expect("gone");
    client.delete(&sent.id).await.expect("gone is gone");
    assert!(scene.server.statuses_of(ACCOUNT).is_empty());
}

#[tokio::test]
async fn an_announcement_is_public_and_as_long_as_the_server_allows() {
    let scene = Scene::new().await;
    scene.server.rule(Rules { max_characters: 120, ..Rules::default() });
    let client = scene.client(Some(TOKEN));
    assert_eq!(client.max_characters().await, Ok(120));
    let long = Message { text: "Dit is een zin over fietsen. ".repeat(30), ..message(None) };
    client.send(&long).await.expect("it was cut");
    let ours = scene.server.statuses_of(ACCOUNT);
    assert_eq!(ours[0]["visibility"], "public");
    assert!(ours[0]["content"].as_str().expect("text").contains("samenspraak.example/v/1"));
}

#[tokio::test]
async fn what_was_not_sent_is_for_later_or_for_good() {
    let scene = Scene::new().await;
    let client = scene.client(Some(TOKEN));
    let path = "/api/v1/statuses";
    let later = |seconds: Option<u64>| move |error: &NotSent| matches!(error, NotSent::Later { after, .. } if *after == seconds.map(Duration::from_secs));
    scene.server.fault(Fault::answer(429, r#"{"error":"Too many requests"}"#, 1, path).with("retry-after", "9"));
    assert!(client.send(&message(None)).await.as_ref().is_err_and(later(Some(9))));
    scene.server.fault(Fault::answer(503, "<html>", 1, path));
    assert!(client.send(&message(None)).await.as_ref().is_err_and(later(None)));
    scene.server.fault(Fault::answer(200, "<html>", 1, path));
    assert!(client.send(&message(None)).await.as_ref().is_err_and(later(None)));
    scene.server.fault(Fault::answer(422, r#"{"error":"Validation failed: Text is too long"}"#, 1, path));
    assert_eq!(
        client.send(&message(None)).await,
        Err(NotSent::Refused("Validation failed: Text is too long".to_owned()))
    );
    scene.server.expire_token(TOKEN);
    assert!(matches!(client.send(&message(None)).await, Err(NotSent::Refused(words)) if words.contains("expired")));
    assert!(matches!(client.send(&message(Some("{}".to_owned()))).await, Err(NotSent::Refused(_))));
}

#[tokio::test]
async fn a_token_says_whose_it_is() {
    let scene = Scene::new().await;
    let who = scene.client(Some(TOKEN)).who().await.expect("an account");
    assert_eq!(who.handle, format!("@{ACCOUNT}@{}", scene.server.url().trim_start_matches("http://")));
    assert!(matches!(scene.client(Some("wrong")).who().await, Err(NotSent::Refused(_))));
}

/// A server of which only this much exists.
async fn small(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn a_post_that_was_read_elsewhere_is_looked_up_where_we_have_an_account() {
    let made = async |Json(body): Json<Value>| {
        Json(
            json!({"id": "500", "url": "https://m.example/@ons/500", "in": body["in_reply_to_id"], "v": body["visibility"]}),
        )
    };
    let search = async |RawQuery(query): RawQuery| {
        let known = query.is_some_and(|query| {
            query.contains("resolve=true") && query.contains("q=https%3A%2F%2Felders.example%2F1")
        });
        Json(json!({"statuses": if known { json!([{"id": "77"}]) } else { json!([]) }}))
    };
    let url =
        small(Router::new().route("/api/v1/statuses", axum::routing::post(made)).route("/api/v2/search", get(search)))
            .await;
    let client = client_at(&url, Some("t"), quick());
    let thread = |uri: &str| {
        Some(json!({"host": "elders.example", "id": "1", "uri": uri, "account": "@a@elders.example"}).to_string())
    };
    let sent = client.send(&message(thread("https://elders.example/1"))).await.expect("sent");
    assert_eq!((sent.id.as_str(), sent.link.as_deref()), ("500", Some("https://m.example/@ons/500")));
    let lost = client.send(&message(thread("https://elders.example/2"))).await;
    assert!(matches!(lost, Err(NotSent::Refused(words)) if words.contains("does not find")));
}

#[tokio::test]
async fn an_edit_replaces_the_words_and_nothing_else() {
    let edit = async |Path(id): Path<String>, uri: Uri, Json(body): Json<Value>| {
        assert!(body.get("in_reply_to_id").is_none() && body.get("visibility").is_none() && uri.query().is_none());
        Json(json!({"id": id, "url": null}))
    };
    let url = small(Router::new().route("/api/v1/statuses/{id}", put(edit))).await;
    let client = client_at(&url, Some("t"), quick());
    assert_eq!(client.edit("500", &message(None)).await.expect("edited").id, "500");
    assert!(
        matches!(client.edit("5/00", &message(None)).await, Ok(sent) if sent.id == "5/00"),
        "a number stays one part of the address"
    );
}

#[tokio::test]
async fn many_posts_are_read_again_at_once() {
    let read = async |RawQuery(query): RawQuery| {
        let query = query.unwrap_or_default();
        let status = |id: &str| json!({"id": id, "uri": format!("https://m.example/{id}"), "content": id, "account": {"id": "1", "acct": "a"}});
        Json(
            query
                .split('&')
                .filter_map(|part| part.strip_prefix("id%5B%5D="))
                .filter(|id| *id != "3")
                .map(status)
                .collect::<Vec<_>>(),
        )
    };
    let router =
        Router::new().route("/api/v1/statuses", get(read)).route("/api/v1/timelines/tag/{tag}", get(async || "[]"));
    let memory = Memory::default();
    memory.change(|told| {
        told.known = (1..=30).map(|n| (format!("https://m.example/{n}"), Some(n.to_string()))).collect();
    });
    let client = client_at(&small(router).await, None, quick());
    client.catch_up(&BTreeSet::new(), true, &memory).await.expect("read");
    let heard = memory.look(each_once);
    assert_eq!(heard.len(), 30);
    assert!(heard.contains("30") && heard.contains("-https://m.example/3") && !heard.contains("3"), "{heard:?}");
}
