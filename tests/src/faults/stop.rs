//! SIGTERM: nobody new is let in, what is in flight is finished, screens are told to come back.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use shared::{commands::Asked, frames::COME_BACK};
use tokio::{net::TcpStream, task::JoinSet};

use super::{elapsed, now, terms};
use crate::harness::{Citizen, Hall, Server, Wire, eventually, session, try_send};

/// Within this the server has stopped, whatever anybody does.
const LONGEST: Duration = Duration::from_secs(10);

/// A question whose second half is yet to come, and that half.
async fn half_asks(hall: &Hall, citizen: &Citizen, text: &str) -> (Wire, String) {
    let body = json!({ "text": text }).to_string();
    let (first, second) = body.split_at(body.len() / 2);
    let mut wire = Wire::to(hall.server.address()).await;
    wire.says(format!(
        "POST /api/v1/sessions/FietsFan010/questions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        citizen.caller.key().expect("a token"),
        body.len(),
    ))
    .await;
    assert_eq!(wire.hears().await.status, 100, "from here on the request is under way");
    wire.says(first).await;
    (wire, second.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_middle_of_everything_it_ends_in_order() {
    let mut hall = Hall::opens().await;
    let (mut wall, mut desk, mut tablet) =
        (hall.wall().await, hall.moderator.screen().await, hall.panel.screen().await);
    let slow = hall.citizen().await;
    let mut load = JoinSet::new();
    for who in 0..4 {
        let citizen = hall.citizen().await;
        load.spawn(asks_until_the_end(citizen, who));
    }
    let (mut wire, second_half) = half_asks(&hall, &slow, "Kom ik er nog door?").await;
    wall.reads().await;
    let mut idle = Wire::to(hall.server.address()).await;
    assert_eq!(idle.gets("/healthz").await.status, 200);

    let began = now();
    hall.server.is_asked_to_stop();
    let (wall_s, desk_s, tablet_s) = tokio::join!(wall.ends(), desk.ends(), tablet.ends());
    assert_eq!([wall_s.code, desk_s.code, tablet_s.code], [Some(COME_BACK); 3]);
    eventually("nobody is let in", async || TcpStream::connect(hall.server.address()).await.is_err().then_some(()))
        .await;
    assert!(idle.is_cut_within(LONGEST).await, "an idle connection ends");
    wire.says(second_half).await;
    let answer = wire.hears().await;
    assert_eq!(answer.status, 201, "what is in flight is finished: {answer:?}");
    let asked: Asked = serde_json::from_str(&answer.body).expect("a confirmation");
    let status = hall.server.ends().await;
    assert_eq!(status.code(), Some(0));
    assert!(elapsed(began) < LONGEST, "{:?}", elapsed(began));

    let confirmed: Vec<Asked> = load.join_all().await.into_iter().flatten().collect();
    assert!(confirmed.len() > 4, "there was a load");
    hall.server.restart().await;
    let kept = hall.moderator.view().await;
    assert!(confirmed.iter().chain([&asked]).all(|asked| kept.card(asked.id).is_some()));
}

#[tokio::test]
async fn it_waits_for_nobody_longer_than_it_says() {
    let mut hall = Hall::on(terms(&["--patience-goodbye", "1"]), session("FietsFan010")).await;
    let citizen = hall.citizen().await;
    let (_wire, _never) = half_asks(&hall, &citizen, "Hier komt nooit meer van?").await;
    let began = now();
    assert_eq!(hall.server.stop().await.code(), Some(0));
    let took = elapsed(began);
    assert!((Duration::from_millis(900)..LONGEST).contains(&took), "{took:?}");
}

#[tokio::test]
async fn asked_twice_it_ends_at_once() {
    let mut hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let mut wall = hall.wall().await;
    let (_wire, _never) = half_asks(&hall, &citizen, "Hier komt nooit meer van?").await;
    let began = now();
    hall.server.is_asked_to_stop();
    assert_eq!(wall.ends().await.code, Some(COME_BACK));
    hall.server.is_asked_to_stop();
    assert_eq!(hall.server.ends().await.code(), Some(1), "somebody was left waiting");
    assert!(elapsed(began) < Duration::from_secs(5), "{:?}", elapsed(began));
}

#[tokio::test]
async fn asked_as_soon_as_it_is_ready_it_ends_in_order() {
    let mut server = Server::start().await;
    for _ in 0..5 {
        assert_eq!(server.stop().await.code(), Some(0));
        server.restart().await;
    }
}

/// Asks until the server is gone; gives what was confirmed.
async fn asks_until_the_end(citizen: Citizen, who: usize) -> Vec<Asked> {
    let mut confirmed = Vec::new();
    for n in 0.. {
        let text = format!("Vraag {n} van {who} voor het einde?");
        let request =
            citizen.caller.api(Method::POST, "/sessions/FietsFan010/questions").json(&json!({ "text": text }));
        let Ok(reply) = try_send(request).await else { break };
        confirmed.push(reply.is(201).read());
    }
    confirmed
}
