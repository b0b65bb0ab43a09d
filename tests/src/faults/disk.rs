//! A disk that is full, or fails: nothing is confirmed, nothing is shown, and everything else goes on.

use rustix::io::Errno;
use shared::frames::SocketCommand;
use tokio::task::JoinSet;

use super::shim::Faults;
use crate::{
    crash::store,
    harness::{Hall, PublicScreen, session},
};

/// A hall on a disk that can fail.
async fn hall(faults: &Faults) -> Hall {
    Hall::on(faults.terms(), session("FietsFan010")).await
}

#[tokio::test]
async fn on_a_full_disk_everybody_is_told_and_when_there_is_room_again_it_goes_on() {
    let faults = Faults::none();
    let mut hall = hall(&faults).await;
    let (asker, voter) = (hall.citizen().await, hall.citizen().await);
    let shown = hall.shown("Van voor de volle schijf?").await;
    let (mut wall, mut page) = (hall.wall().await, asker.screen().await);
    let before = (hall.view().await, hall.moderator.view().await);

    faults.on_write(Some(Errno::NOSPC));
    let words = "Gevraagd op een volle schijf?";
    let refused = asker.tries_to_ask(words).await;
    assert!(!refused.header(reqwest::header::RETRY_AFTER).is_empty(), "{refused:?}");
    refused.refused(503, "not-stored");
    voter.tries_to_support(shown).await.refused(503, "not-stored");
    hall.moderator.tries("stage", shown, serde_json::json!({})).await.refused(503, "not-stored");
    hall.organiser.tries_to_make(session("Elders")).await.refused(503, "not-stored");
    let form = hall.visitor("nl").sends("/FietsFan010/ask", &[("text", words), ("name", "")]).await.is(503);
    assert!(form.text.contains(words), "their words are kept");
    let reference = Some("vol".to_owned());
    page.says(&SocketCommand::Ask { reference, text: words.into(), name: None }).await;
    page.until("a refusal", |page| !page.problems.is_empty()).await;
    assert_eq!(page.problems[0].refusal, shared::Refusal::NotStored);
    let mut crowd = JoinSet::new();
    for n in 0..20 {
        let citizen = hall.citizen().await;
        crowd.spawn(async move { citizen.tries_to_ask(&format!("Vraag {n} op een volle schijf?")).await.status });
    }
    assert_eq!(crowd.join_all().await, [503; 20]);
    assert!(faults.hits() >= 5, "the disk did fail");

    assert_eq!((hall.view().await, hall.moderator.view().await), before, "nothing changed, and it can be read");
    assert_eq!(hall.wall().await.view(), &before.0, "who comes now is let in");

    faults.on_write(None);
    let question = asker.asks(words).await;
    voter.supports(shown).await;
    hall.moderator.approves(question).await;
    wall.until("the question", |wall| wall.card(question).is_some()).await;
    let after = (hall.view().await, hall.moderator.view().await, asker.mine().await);
    assert_eq!(after.0.questions.len(), 2, "only what was confirmed is shown");
    hall.server.kill().await;
    store::check(&hall.server.database());
    hall.server.restart().await;
    assert_eq!((hall.view().await, hall.moderator.view().await, asker.mine().await), after);
}

#[tokio::test]
async fn what_could_not_be_flushed_to_the_disk_is_not_confirmed() {
    let faults = Faults::none();
    let mut hall = hall(&faults).await;
    let (asker, voter) = (hall.citizen().await, hall.citizen().await);
    let shown = hall.shown("Van voor de kapotte schijf?").await;
    let mut wall = hall.wall().await;
    let before = hall.view().await;

    faults.on_sync(Some(Errno::IO));
    asker.tries_to_ask("Gevraagd op een kapotte schijf?").await.refused(503, "not-stored");
    voter.tries_to_support(shown).await.refused(503, "not-stored");
    assert!(faults.hits() >= 2, "the disk did fail");
    assert_eq!(hall.view().await, before, "nothing is shown that was not kept");

    // What was refused may turn out to be on the disk after a power cut; then it is there once, and
    // its sender can send it again without harm.
    hall.server.kill().await;
    faults.on_sync(None);
    store::check(&hall.server.database());
    hall.server.restart().await;
    voter.supports(shown).await;
    voter.supports(shown).await;
    let again = asker.tries_to_ask("Gevraagd op een kapotte schijf?").await;
    assert!([201, 409].contains(&again.status), "{again:?}");
    assert_eq!(hall.moderator.view().await.questions.len(), 2, "nothing is there twice");
    assert_eq!(hall.view().await.card(shown).expect("it is shown").support, 1);
    wall.comes_back().await;
    let public = hall.view().await;
    wall.until("the support", |wall: &PublicScreen| wall.view().seq == public.seq).await;
    assert_eq!(wall.view(), &public);
}

#[tokio::test]
async fn a_disk_that_fails_now_and_then_loses_nothing_confirmed() {
    let faults = Faults::none();
    let mut hall = hall(&faults).await;
    let asker = hall.citizen().await;
    let mut confirmed = Vec::new();
    for n in 0..30 {
        match n % 5 {
            1 => faults.on_write(Some(Errno::IO)),
            3 => faults.on_sync(Some(Errno::IO)),
            _ => {
                faults.on_write(None);
                faults.on_sync(None);
            }
        }
        let text = format!("Vraag {n} op een grillige schijf?");
        let reply = asker.tries_to_ask(&text).await;
        match n % 5 {
            1 | 3 => drop(reply.refused(503, "not-stored")),
            _ => confirmed.push(reply.is(201).read::<shared::commands::Asked>().id),
        }
    }
    let before = hall.moderator.view().await;
    assert_eq!(before.questions.len(), confirmed.len());
    hall.server.kill().await;
    store::check(&hall.server.database());
    hall.server.restart().await;
    assert_eq!(hall.moderator.view().await, before);
    assert!(confirmed.iter().all(|id| before.card(*id).is_some()));
}
