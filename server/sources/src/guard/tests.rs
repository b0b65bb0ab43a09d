use reqwest::{Method, Request};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;

fn guard(hosts: &[&str], loopback: bool) -> Guard {
    let hosts = hosts.iter().map(|&host| host.to_owned()).collect();
    Guard::with_patience(Allowed { hosts, loopback }, Duration::from_millis(500))
}

fn url(text: &str) -> Url {
    Url::parse(text).expect("an address")
}

async fn get(guard: &Guard, at: &str) -> Result<Reply, GuardError> {
    guard.send(Request::new(Method::GET, url(at))).await
}

/// A server that says this to whoever connects, once for each connection; its `host:port`.
async fn says(answer: Vec<u8>, then_waits: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(&answer).await;
                if then_waits {
                    std::future::pending::<()>().await;
                }
            });
        }
    });
    format!("127.0.0.1:{port}")
}

#[test]
fn goes_only_to_the_hosts_it_was_made_for() {
    let guard = guard(&["Mastodon.example", "social.example:8443"], false);
    for fine in ["https://mastodon.example/a?b", "wss://mastodon.example", "https://SOCIAL.example:8443/"] {
        assert_eq!(guard.allows(&url(fine)), Ok(()), "{fine}");
    }
    for not in [
        "https://elsewhere.example/",
        "https://mastodon.example.evil.example/",
        "https://mastodon.example:444/",
        "https://social.example/",
        "http://mastodon.example/",
        "ws://mastodon.example/",
        "ftp://mastodon.example/",
        "https://a:b@mastodon.example/",
        "data:text/plain,x",
    ] {
        assert!(matches!(guard.allows(&url(not)), Err(GuardError::NotAllowed(_))), "{not}");
    }
}

#[tokio::test]
async fn an_inner_address_is_refused_also_behind_an_allowed_name() {
    let guard = guard(&["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost"], false);
    for inner in ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "0x7f.1", "2130706433"] {
        let private = |error| matches!(error, GuardError::PrivateAddress(_));
        assert!(get(&guard, &format!("https://{inner}/")).await.is_err_and(private), "{inner}");
        let socket = guard.socket(&url(&format!("wss://{inner}/")), HeaderMap::new(), 1024).await;
        assert!(socket.is_err_and(private), "{inner} as a websocket");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let place =
        says(b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n".to_vec(), false)
            .await;
    let reply = get(&guard(&[&place], true), &format!("http://{place}/")).await.expect("an answer");
    assert_eq!((reply.status, reply.headers["location"].as_bytes()), (302, b"http://169.254.169.254/".as_slice()));
}

#[tokio::test]
async fn an_answer_that_never_stops_is_not_kept() {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    answer.resize(LONGEST + 100, b'x');
    let place = says(answer.clone(), false).await;
    assert_eq!(get(&guard(&[&place], true), &format!("http://{place}/")).await.err(), Some(GuardError::TooLong));
    answer.truncate(LONGEST);
    let place = says(answer, false).await;
    let reply = get(&guard(&[&place], true), &format!("http://{place}/")).await.expect("one that just fits");
    assert_eq!(reply.body.len(), LONGEST - b"HTTP/1.1 200 OK\r\n\r\n".len());
}

#[tokio::test]
async fn an_answer_that_does_not_come_or_breaks_off_is_an_error() {
    let place = says(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf".to_vec(), true).await;
    let (http, ws) = (format!("http://{place}/"), url(&format!("ws://{place}/")));
    let slow = guard(&[&place], true);
    assert_eq!(get(&slow, &http).await.err(), Some(GuardError::TimedOut));
    let place = says(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf".to_vec(), false).await;
    let error =
        get(&guard(&[&place], true), &format!("http://{place}/?token=secret")).await.expect_err("half an answer");
    assert!(matches!(&error, GuardError::Unreachable(words) if !words.contains("secret")), "{error:?}");
    let refused = slow.socket(&ws, HeaderMap::new(), 1024).await.expect_err("no websocket");
    assert!(matches!(refused, GuardError::Refused { status: 200, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_refused_websocket_says_why() {
    let answer = b"HTTP/1.1 401 Unauthorized\r\nX-Error-Message: Invalid access token\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n";
    let place = says(answer.to_vec(), false).await;
    let refused = guard(&[&place], true).socket(&url(&format!("ws://{place}/")), HeaderMap::new(), 1024).await;
    let words = "Invalid access token".to_owned();
    assert_eq!(refused.err(), Some(GuardError::Refused { status: 401, words, after: Some(Duration::from_secs(7)) }));
}

#[tokio::test]
async fn what_speaks_no_tls_is_not_spoken_to_securely() {
    let place = says(b"hello".to_vec(), false).await;
    let guard = guard(&[&place], true);
    let socket = guard.socket(&url(&format!("wss://{place}/")), HeaderMap::new(), 1024).await;
    assert!(matches!(socket.expect_err("no TLS"), GuardError::Unreachable(_)));
    assert!(matches!(get(&guard, &format!("https://{place}/")).await, Err(GuardError::Unreachable(_))));
}
