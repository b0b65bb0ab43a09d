//! People who take their time, and machines that vanished: nobody holds a place for nothing.

use std::time::Duration;

use socket2::{SockFilter, SockRef};
use tokio::time::sleep;

use super::{elapsed, now, terms};
use crate::harness::{Hall, Server, Terms, Wire, eventually, session};

/// Short, so that nobody has to wait for the tests; the real ones are in `server/deploy/LIMITS.md`.
const HEAD: Duration = Duration::from_secs(1);
/// Anything longer than this counts as never.
const NEVER: Duration = Duration::from_secs(10);

fn impatient() -> Terms {
    Terms { limits: false, ..terms(&["--patience-head", "1", "--patience-body", "1", "--patience-wire", "2"]) }
}

#[tokio::test]
async fn a_half_sent_head_is_cut_also_when_it_drips() {
    let server = Server::on(impatient()).await;
    let (mut half, mut silent, mut drip) =
        (Wire::to(server.address()).await, Wire::to(server.address()).await, Wire::to(server.address()).await);
    let began = now();
    half.says("GET / HTTP/1.1\r\nHost: loc").await;
    drip.says("GET / HTTP/1.1\r\n").await;
    let dripping = async {
        let mut drops = 0;
        while drip.tries_to_say("X").await && drops < 200 {
            drops += 1;
            sleep(Duration::from_millis(50)).await;
        }
        drops
    };
    let (half, silent, drops) = tokio::join!(half.is_cut_within(NEVER), silent.is_cut_within(NEVER), dripping);
    assert!(half && silent, "they are cut");
    assert!(drops < 200, "dripping keeps no connection");
    assert!(elapsed(began) >= HEAD.mul_f32(0.9), "nobody is cut early");
}

#[tokio::test]
async fn an_idle_connection_ends_and_a_busy_one_does_not() {
    let server = Server::on(impatient()).await;
    let (mut idle, mut busy) = (Wire::to(server.address()).await, Wire::to(server.address()).await);
    assert_eq!(idle.gets("/healthz").await.status, 200);
    let working = async {
        for _ in 0..8 {
            assert_eq!(busy.gets("/healthz").await.status, 200);
            sleep(HEAD / 4).await;
        }
    };
    let (cut, ()) = tokio::join!(idle.is_cut_within(NEVER), working);
    assert!(cut);
}

#[tokio::test]
async fn a_half_sent_body_is_told_that_it_took_too_long() {
    let hall = Hall::on(impatient(), session("FietsFan010")).await;
    let key = hall.citizen().await.caller.key().expect("a token").to_owned();
    let head = format!(
        "POST /api/v1/sessions/FietsFan010/questions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\n"
    );
    for half in ["Content-Length: 100\r\n\r\n{\"text\":", "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"te\r\n"] {
        let mut wire = Wire::to(hall.server.address()).await;
        wire.says(format!("{head}{half}")).await;
        let answer = wire.hears().await;
        assert_eq!((answer.status, answer.header("content-type")), (408, Some("application/problem+json")));
        assert!(wire.is_cut_within(NEVER).await);
    }
    assert!(hall.moderator.view().await.questions.is_empty());
}

#[tokio::test]
async fn whoever_reads_nothing_is_given_up() {
    let server = Server::on(impatient()).await;
    let mut wire = Wire::to(server.address()).await;
    // Answers without end, and nobody who takes them.
    let deaf = async {
        let asks = "GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
        while wire.tries_to_say(&asks).await {}
    };
    tokio::time::timeout(3 * NEVER, deaf).await.expect("the server hangs up");
    assert_eq!(Wire::to(server.address()).await.gets("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_screen_whose_machine_vanished_is_noticed() {
    let hall = Hall::on(impatient(), session("FietsFan010")).await;
    let mut desk = hall.moderator.screen().await;
    let mut wire = Wire::to(hall.server.address()).await;
    wire.says(
        "GET /api/v1/sessions/FietsFan010/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    )
    .await;
    assert_eq!(wire.hears().await.status, 101);
    desk.until("one watches", |desk| matches!(desk.presence, Some((_, 1)))).await;
    // From here on its machine hears nothing and says nothing, not even that the wire is cut:
    // BPF_RET, no bytes.
    SockRef::from(&wire.stream).attach_filter(&[SockFilter::new(0x06, 0, 0, 0)]).expect("a filter");
    desk.until("nobody watches", |desk| matches!(desk.presence, Some((_, 0)))).await;
    eventually("the server goes on", async || {
        (Wire::to(hall.server.address()).await.gets("/healthz").await.status == 200).then_some(())
    })
    .await;
}
