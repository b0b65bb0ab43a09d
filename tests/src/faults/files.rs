//! The limit on open files: the door keeps some back for the store, and when there are none left all
//! the same, the server waits for one without losing anybody or spinning.

use std::{fs, time::Duration};

use shared::{QuestionId, frames::SocketCommand};
use tokio::time::sleep;

use super::terms;
use crate::harness::{Hall, PublicScreen, Terms, Wire, eventually, session};

/// Few enough to run out of.
const FILES: u64 = 80;

#[tokio::test]
async fn the_door_lets_in_no_more_than_the_store_can_spare() {
    let hall = Hall::on(Terms { files: Some(FILES), ..terms(&[]) }, session("FietsFan010")).await;
    let shown = hall.shown("Is er nog plaats?").await;
    let mut page = hall.citizen().await.screen().await;
    let mut wires = Vec::new();
    let mut statuses = Vec::new();
    for _ in 0..60 {
        let mut wire = Wire::to(hall.server.address()).await;
        statuses.push(wire.gets("/healthz").await.status);
        wires.push(wire);
    }
    assert!(statuses.starts_with(&[200; 5]) && statuses.ends_with(&[503; 30]), "{statuses:?}");
    supports(&mut page, shown).await;
    drop(wires);
    eventually("there is room again", async || {
        (Wire::to(hall.server.address()).await.gets("/healthz").await.status == 200).then_some(())
    })
    .await;
    assert_eq!(hall.view().await.card(shown).expect("it is shown").support, 1);
    assert!(hall.server.log().contains("the limit on open files allows no more"), "the operator is told");
}

#[tokio::test]
async fn without_a_file_left_screens_go_on_newcomers_wait_and_nothing_spins() {
    let hall = Hall::on(Terms { files: Some(FILES), ..Terms::default() }, session("FietsFan010")).await;
    let shown = hall.shown("Is er nog een bestand?").await;
    let (mut wall, mut page) = (hall.wall().await, hall.citizen().await.screen().await);
    let mut wires = Vec::new();
    for _ in 0..2 * FILES {
        wires.push(Wire::to(hall.server.address()).await);
    }
    eventually("no file is left", async || hall.server.log().contains("no connection can be accepted").then_some(()))
        .await;
    supports(&mut page, shown).await;
    wall.until("the support is shown", |wall| wall.card(shown).is_some_and(|card| card.support == 1)).await;

    let before = cpu(hall.server.process());
    sleep(Duration::from_secs(1)).await;
    let used = cpu(hall.server.process()).saturating_sub(before);
    assert!(used < Duration::from_millis(300), "{used:?} of CPU in a second of waiting");

    drop(wires);
    let view = hall.view().await;
    assert_eq!(view.card(shown).expect("it is shown").support, 1);
    hall.shown("Iedereen kan weer binnen?").await;
}

async fn supports(page: &mut PublicScreen, question: QuestionId) {
    page.says(&SocketCommand::Support { reference: Some("stem".into()), question, on: true }).await;
    page.until("the support is confirmed", |page| !page.done.is_empty()).await;
}

/// The time that a process has spent computing: fields 14 and 15 of proc(5)'s `stat`, in hundredths.
fn cpu(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("a running process");
    let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
    let ticks: u64 = fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("ticks")).sum();
    Duration::from_millis(10 * ticks)
}
