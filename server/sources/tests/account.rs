//! The account on a server that says no.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::any,
};
use jiff::Timestamp;
use samenspraak_sources::{Allowed, Guard, Message, NotSent, World, bluesky::Bluesky};

const NOW: i64 = 1_795_000_000;

struct Fixed;

impl World for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(NOW).expect("a moment")
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

type Answer = (u16, &'static str, Option<String>);

/// Answers to calls other than signing in, and the calls so far with the tokens in them.
#[derive(Clone, Default)]
struct Server(Arc<Mutex<(VecDeque<Answer>, Vec<String>)>>);

async fn answer(State(server): State<Server>, Path(method): Path<String>, headers: HeaderMap) -> Response {
    let token = headers.get("authorization").and_then(|token| token.to_str().ok()).unwrap_or("-").to_owned();
    let mut kept = server.0.lock().expect("no panic");
    kept.1.push(format!("{method} {token}"));
    let tokens = |n: usize| {
        format!(r#"{{"accessJwt":"a{n}","refreshJwt":"r{n}","did":"did:plc:me","handle":"me.example.com"}}"#)
    };
    let signed_in = kept.1.iter().filter(|call| call.contains("Session")).count();
    if method.contains("Session") {
        return tokens(signed_in).into_response();
    }
    let (status, body, reset) = kept.0.pop_front().unwrap_or((200, "{}", None));
    let mut response = (StatusCode::from_u16(status).expect("a status"), body).into_response();
    if let Some(reset) = reset {
        response.headers_mut().insert("ratelimit-reset", reset.parse().expect("a header"));
    }
    response
}

/// What a message comes to with these answers, and the calls that were made.
async fn sent(answers: &[Answer]) -> (Result<(), NotSent>, Vec<String>) {
    let server = Server::default();
    server.0.lock().expect("no panic").0.extend(answers.iter().cloned());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().route("/xrpc/{method}", any(answer)).with_state(server.clone());
    let running = tokio::spawn(axum::serve(listener, router).into_future());
    let guard = Arc::new(Guard::new(Allowed { hosts: [address.to_string()].into(), loopback: true }));
    let pds = format!("http://{address}").parse().expect("an address");
    let account = Bluesky::new(pds, "me.example.com".to_owned(), "secret".to_owned(), guard, Arc::new(Fixed));
    assert!(!format!("{account:?}").contains("secret"));
    let message = Message {
        key: "answer-1".to_owned(),
        thread: None,
        author: None,
        text: "Ja".to_owned(),
        link: None,
        language: "nl".to_owned(),
    };
    let result = account.send(&message).await.map(drop);
    running.abort();
    let calls = server.0.lock().expect("no panic").1.clone();
    (result, calls)
}

const MISSING: Answer = (400, r#"{"error":"RecordNotFound","message":"Could not locate record"}"#, None);

#[tokio::test]
async fn a_token_that_ran_out_is_renewed_without_the_password() {
    let (result, calls) = sent(&[(400, r#"{"error":"ExpiredToken","message":"Token has expired"}"#, None)]).await;
    assert_eq!(result, Ok(()));
    let expected = [
        "com.atproto.server.createSession -",
        "com.atproto.repo.createRecord Bearer a1",
        "com.atproto.server.refreshSession Bearer r1",
        "com.atproto.repo.createRecord Bearer a2",
    ];
    assert_eq!(calls, expected);
}

#[tokio::test]
async fn whoever_asks_too_often_or_of_a_broken_server_may_try_later() {
    let busy = (429, r#"{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}"#, Some((NOW + 90).to_string()));
    let (result, _) = sent(&[busy, MISSING]).await;
    let after = Some(Duration::from_secs(90));
    assert_eq!(result, Err(NotSent::Later { after, words: "Rate Limit Exceeded".to_owned() }));
    let (result, _) = sent(&[(502, "<html>Bad gateway</html>", None), MISSING]).await;
    assert_eq!(result, Err(NotSent::Later { after: None, words: "status 502".to_owned() }));
}

#[tokio::test]
async fn a_refusal_is_told_in_the_servers_words() {
    let wrong = (400, r#"{"error":"InvalidRequest","message":"Invalid app.bsky.feed.post record"}"#, None);
    let (result, _) = sent(&[wrong, MISSING]).await;
    assert_eq!(result, Err(NotSent::Refused("Invalid app.bsky.feed.post record".to_owned())));
}

#[tokio::test]
async fn a_try_whose_answer_was_lost_counts_as_sent() {
    let (result, calls) = sent(&[(500, r#"{"error":"InternalServerError"}"#, None), (200, "{}", None)]).await;
    assert_eq!(result, Ok(()));
    assert!(calls[2].starts_with("com.atproto.repo.getRecord"), "{calls:?}");
}
