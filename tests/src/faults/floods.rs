//! Too much at once: headers, bodies, packed bodies, requests. Each is refused before it costs
//! anything, in words that its sender can read.

use std::time::Duration;

use reqwest::{Method, header};
use serde_json::json;

use super::terms;
use crate::harness::{Hall, Server, Terms, Wire, send, session};

const HANDSHAKE: &str = "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[tokio::test]
async fn a_head_that_is_too_large_or_has_too_many_headers_is_refused_with_431() {
    let server = Server::start().await;
    let many = "X-Again: x\r\n".repeat(200);
    let long = format!("X-Long: {}\r\n", "x".repeat(20_000));
    let address = format!("/{}", "x".repeat(20_000));
    for request in [
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{long}\r\n"),
        format!("GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    ] {
        let mut wire = Wire::to(server.address()).await;
        wire.says(request).await;
        assert_eq!(wire.hears().await.status, 431);
        assert!(wire.tries_to_hear().await.is_none(), "the connection ends");
    }
    // A head without an end is refused long before the sender is done.
    let mut wire = Wire::to(server.address()).await;
    wire.says("GET / HTTP/1.1\r\nHost: localhost\r\n").await;
    for n in 0..100 {
        if !wire.tries_to_say(format!("X-{n}: {}\r\n", "x".repeat(1_000))).await {
            break;
        }
    }
    assert!(wire.is_cut_within(Duration::from_secs(10)).await, "nobody waits for its end");
    // What browsers send, many cookies included, fits.
    let mut wire = Wire::to(server.address()).await;
    wire.says(format!("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\r\n", "a=b; ".repeat(1_500))).await;
    assert_eq!(wire.hears().await.status, 200);
}

#[tokio::test]
async fn a_giant_body_is_refused_before_it_is_sent() {
    let hall = Hall::opens().await;
    let key = hall.citizen().await.caller.key().expect("a token").to_owned();
    let mut wire = Wire::to(hall.server.address()).await;
    wire.says(format!(
        "POST /api/v1/sessions/FietsFan010/questions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{{\"text\":\""
    ))
    .await;
    let answer = wire.hears().await;
    assert_eq!((answer.status, answer.header("content-type")), (413, Some("application/problem+json")), "{answer:?}");
}

#[tokio::test]
async fn packed_bodies_are_refused_and_sockets_are_never_packed() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let body = json!({ "text": "Ingepakt?" });
    for coding in ["gzip", "br", "deflate", "zstd", "gzip, gzip", "identity, gzip"] {
        let request = citizen.caller.api(Method::POST, "/sessions/FietsFan010/questions");
        send(request.header(header::CONTENT_ENCODING, coding).json(&body)).await.refused(415, "packed");
    }
    let request = citizen.caller.api(Method::POST, "/sessions/FietsFan010/questions");
    send(request.header(header::CONTENT_ENCODING, "identity").json(&body)).await.is(201);
    assert_eq!(hall.moderator.view().await.questions.len(), 1);

    let key = hall.moderator.caller.key().expect("a key");
    for audience in ["public", "moderator"] {
        let mut wire = Wire::to(hall.server.address()).await;
        wire.says(format!(
            "GET /api/v1/sessions/FietsFan010/live?audience={audience} HTTP/1.1\r\n{HANDSHAKE}\
             Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\nAuthorization: Bearer {key}\r\n\r\n"
        ))
        .await;
        let answer = wire.hears().await;
        assert_eq!((answer.status, answer.header("sec-websocket-extensions")), (101, None), "{answer:?}");
    }
}

#[tokio::test]
async fn a_flood_from_one_network_is_slowed_down_and_others_are_not() {
    let terms = Terms { limits: true, ..terms(&["--hall", "10"]) };
    let hall = Hall::on(terms, session("FietsFan010")).await;
    for (request, code) in [
        ("GET /FietsFan010 HTTP/1.1\r\n", 200),
        ("GET /api/v1/sessions/FietsFan010 HTTP/1.1\r\n", 200),
        ("POST /FietsFan010/ask HTTP/1.1\r\nContent-Length: 0\r\n", 400),
        ("GET /api/v1/sessions/Nergens/live HTTP/1.1\r\n", 404),
    ] {
        let request = format!("{request}Host: localhost\r\n\r\n");
        let mut flood = Wire::to(hall.server.address()).await;
        let mut answers = 0;
        let refused = loop {
            flood.says(&request).await;
            let answer = flood.hears().await;
            answers += 1;
            if answer.status == 429 {
                break answer;
            }
            assert_eq!(answer.status, code, "{answer:?}");
            assert!(answers < 1_000, "no end to {request}");
        };
        let wait: u64 = refused.header("retry-after").expect("when to come back").parse().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        assert!(refused.body.contains("opnieuw"), "{}", refused.body);

        let mut other = Wire::from("127.0.0.2", hall.server.address()).await;
        other.says(&request).await;
        assert_eq!(other.hears().await.status, code, "{request}");
    }
    // The question of health, and the site's files, are always answered.
    let mut flood = Wire::to(hall.server.address()).await;
    for _ in 0..200 {
        assert_eq!(flood.gets("/healthz").await.status, 200);
    }
}
