//! More connections than there are places: whoever comes too late is told so at once, whoever is
//! inside goes on.

use shared::frames::SocketCommand;

use super::terms;
use crate::harness::{Answer, Hall, Wire, eventually, session};

/// Takes every place that one address can get; gives them, and what the next one was told.
async fn takes_all(own: &str, address: &str) -> (Vec<Wire>, Answer) {
    let mut wires = Vec::new();
    loop {
        let mut wire = Wire::from(own, address).await;
        let answer = wire.gets("/healthz").await;
        if answer.status != 200 {
            return (wires, answer);
        }
        wires.push(wire);
        assert!(wires.len() < 100, "everybody is let in");
    }
}

#[track_caller]
fn is_full(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    let wait: u32 = answer.header("retry-after").expect("when to come back").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(answer.body.contains("opnieuw") && answer.body.contains("again"), "in words: {}", answer.body);
}

#[tokio::test]
async fn one_network_cannot_take_every_place_and_nobody_inside_loses_theirs() {
    let terms = terms(&["--max-connections", "16", "--max-connections-per-network", "10"]);
    let hall = Hall::on(terms, session("FietsFan010")).await;
    let shown = hall.shown("Past iedereen erin?").await;
    let (mut wall, mut page) = (hall.wall().await, hall.citizen().await.screen().await);
    let address = hall.server.address().to_owned();

    let (hall_wires, answer) = takes_all("127.0.0.1", &address).await;
    is_full(&answer);
    assert!((2..=8).contains(&hall_wires.len()), "screens and programs have a place as well: {}", hall_wires.len());
    let (home_wires, answer) = takes_all("127.0.0.2", &address).await;
    is_full(&answer);
    assert_eq!(home_wires.len(), 6, "the rest of the places is for other networks");
    is_full(&Wire::from("127.0.0.3", &address).await.gets("/").await);
    assert_eq!(hall.live().refused().await, 503, "no more screens either");

    let command = SocketCommand::Support { reference: Some("stem".into()), question: shown, on: true };
    page.says(&command).await;
    page.until("the support is confirmed", |page| !page.done.is_empty()).await;
    wall.until("the support is shown", |wall| wall.card(shown).is_some_and(|card| card.support == 1)).await;

    drop(home_wires);
    eventually("somebody left, somebody else comes", async || lets_in("127.0.0.3", &address).await).await;
    is_full(&Wire::to(&address).await.gets("/healthz").await);
    // A screen's place is its own until it leaves.
    drop(wall);
    eventually("a screen left", async || lets_in("127.0.0.1", &address).await).await;
    drop(hall_wires);
}

async fn lets_in(own: &str, address: &str) -> Option<()> {
    (Wire::from(own, address).await.gets("/healthz").await.status == 200).then_some(())
}

#[tokio::test]
async fn a_hundred_who_come_too_late_are_all_told() {
    let hall = Hall::on(terms(&["--max-connections", "8"]), session("FietsFan010")).await;
    let (_wires, _) = takes_all("127.0.0.1", hall.server.address()).await;
    // Some are heard out first, the rest are told at once; nobody is left hanging.
    let mut late = Vec::new();
    for _ in 0..100 {
        late.push(Wire::to(hall.server.address()).await);
    }
    for wire in &mut late {
        wire.tries_to_say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    }
    let mut told = 0;
    for wire in &mut late {
        if let Some(answer) = wire.tries_to_hear().await {
            is_full(&answer);
            told += 1;
        }
    }
    assert!(told >= 16, "{told} of 100 heard why");
}
