//! The server dies in the middle of a session, and nobody misses anything.

use shared::Reason;

use crate::harness::{Hall, Organiser};

#[tokio::test]
async fn every_screen_comes_back_and_sees_each_thing_once() {
    let mut hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let (mut wall, mut desk, mut tablet, mut page) =
        (hall.wall().await, hall.moderator.screen().await, hall.panel.screen().await, asker.screen().await);
    let before = asker.asks("Gevraagd voor de klap?").await;
    hall.moderator.approves(before).await;
    wall.until("the question", |wall| wall.card(before).is_some()).await;

    hall.server.kill().await;
    assert_eq!(wall.ends().await.code, None, "no goodbye in a power cut");
    hall.server.restart().await;
    tokio::join!(wall.comes_back(), desk.comes_back(), tablet.comes_back(), page.comes_back());

    let after = asker.asks("Gevraagd na de klap?").await;
    hall.moderator.approves(after).await;
    hall.moderator.stages(before).await;
    hall.panel.answers(before, "Ja, we zijn er nog.").await;
    wall.until("the answer", |wall| wall.card(before).is_some_and(|card| card.answer.is_some())).await;
    let (public, moderation, panel) = (hall.view().await, hall.moderator.view().await, hall.panel.view().await);
    wall.until("all", |wall| wall.view().seq == public.seq).await;
    desk.until("all", |desk| desk.view().seq == moderation.seq).await;
    tablet.until("all", |tablet| tablet.view().seq == panel.seq).await;
    page.until("all", |page| page.view().seq == public.seq).await;
    page.until("their own", |page| page.mine.as_ref().is_some_and(|mine| mine.questions.len() == 2)).await;
    assert_eq!((wall.view(), page.view()), (&public, &public));
    assert_eq!(desk.view(), &moderation);
    assert_eq!(tablet.view(), &panel);
}

#[tokio::test]
async fn after_a_power_cut_everything_confirmed_is_as_it_was() {
    let mut hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let (a, b) = (hall.shown("Vraag a?").await, hall.shown("Vraag b?").await);
    asker.supports(b).await;
    hall.moderator.bundles(b, a).await;
    hall.moderator.edits(a, "Vraag a, verbeterd?").await;
    let declined = asker.asks("Vraag c?").await;
    hall.moderator.declines(declined, Reason::Other, Some("Elders gesteld.")).await;
    asker.withdraws(asker.asks("Vraag d?").await).await;
    hall.moderator.stages(a).await;
    hall.panel.answers(a, "Ja.").await;
    hall.moderator.enters("De zaal", "Vraag e?").await;
    hall.moderator.puts_up(Some("Tot zo.")).await.is(200);
    hall.moderator.opens_box(false).await.is(200);
    let step = hall.moderator.last_step().await;
    hall.moderator.undoes(step.id).await.is(200);

    let seen = async |hall: &Hall| {
        (hall.view().await, hall.moderator.view().await, hall.panel.view().await, asker.mine().await)
    };
    let before = seen(&hall).await;
    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(seen(&hall).await, before);

    let status = hall.server.stop().await;
    assert!(status.success(), "a calm end: {status}");
    hall.server.restart().await;
    assert_eq!(seen(&hall).await, before);
}

#[tokio::test]
async fn what_was_undoable_stays_undoable_after_a_restart() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Mag ik terug naar de bak?").await;
    let step = hall.moderator.last_step().await;
    hall.server.kill().await;
    hall.server.restart().await;
    hall.moderator.undoes(step.id).await.is(200);
    assert!(hall.view().await.card(question).is_none());
}

#[tokio::test]
async fn several_sessions_come_back_each_with_its_own() {
    let mut hall = Hall::opens().await;
    let organiser = Organiser::at(&hall.stranger);
    for n in 0..5 {
        organiser.makes(crate::harness::session(&format!("Sessie{n}"))).await;
    }
    let list = async |hall: &Hall| hall.stranger.get("/sessions").await.is(200).json();
    let before = list(&hall).await;
    assert_eq!(before.as_array().map(Vec::len), Some(6));
    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(list(&hall).await, before);
}
