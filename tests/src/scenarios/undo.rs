//! Every step can be undone, and then all is as it was.

use shared::{
    Phase, Reason,
    views::{ModeratorView, PublicView},
};

use crate::harness::Hall;

#[tokio::test]
async fn every_step_with_a_question_can_be_undone() {
    let hall = Hall::opens().await;
    let (a, b) = (hall.shown("Vraag a?").await, hall.shown("Vraag b?").await);
    let waiting = hall.citizen().await.asks("Ik wacht?").await;
    let declined = hall.shown("Ik ben afgewezen?").await;
    hall.moderator.declines(declined, Reason::OffTopic, None).await;
    hall.citizen().await.supports(a).await;
    hall.citizen().await.supports(b).await;
    let moderator = &hall.moderator;

    undone(&hall, "approve", async || drop(moderator.approves(waiting).await)).await;
    undone(&hall, "decline waiting", async || drop(moderator.declines(waiting, Reason::Other, Some("nee")).await))
        .await;
    undone(&hall, "restore", async || drop(moderator.restores(declined).await)).await;
    undone(&hall, "edit", async || drop(moderator.edits(a, "Vraag a, maar beter?").await)).await;
    undone(&hall, "bundle", async || drop(moderator.bundles(b, a).await)).await;
    undone(&hall, "queue", async || drop(moderator.queues(&[b, a]).await)).await;
    moderator.queues(&[a, b]).await;
    undone(&hall, "decline from the queue", async || drop(moderator.declines(a, Reason::Abusive, None).await)).await;
    undone(&hall, "bundle from the queue", async || drop(moderator.bundles(a, b).await)).await;
    undone(&hall, "reorder", async || drop(moderator.queues(&[b, a]).await)).await;
    undone(&hall, "stage", async || drop(moderator.stages(a).await)).await;
    moderator.bundles(b, a).await;
    undone(&hall, "unbundle", async || drop(moderator.unbundles(b).await)).await;
    undone(&hall, "stage a bundle", async || drop(moderator.stages(a).await)).await;
    undone(&hall, "decline a bundle", async || drop(moderator.declines(a, Reason::OffTopic, None).await)).await;
}

#[tokio::test]
async fn every_step_on_stage_can_be_undone() {
    let hall = Hall::opens().await;
    let (a, b) = (hall.shown("Vraag a?").await, hall.shown("Vraag b?").await);
    let (moderator, panel) = (&hall.moderator, &hall.panel);
    moderator.stages(a).await;
    undone(&hall, "unstage", async || drop(moderator.unstages(a).await)).await;
    undone(&hall, "stage another", async || drop(moderator.stages(b).await)).await;
    undone(&hall, "decline on stage", async || drop(moderator.declines(a, Reason::PersonalData, None).await)).await;
    undone(&hall, "answer", async || drop(panel.answers(a, "Ja.").await)).await;
    panel.answers(a, "Ja.").await;
    undone(&hall, "correct", async || drop(panel.answers(a, "Nee.").await)).await;
    undone(&hall, "decline an answered question", async || {
        drop(moderator.declines(a, Reason::PersonalData, None).await);
    })
    .await;
}

#[tokio::test]
async fn every_step_with_the_session_can_be_undone() {
    let hall = Hall::opens().await;
    let moderator = &hall.moderator;
    undone(&hall, "enter", async || {
        moderator.enters("Rij drie", "Uit de zaal?").await;
    })
    .await;
    undone(&hall, "put up a banner", async || drop(moderator.puts_up(Some("Welkom.")).await.is(200))).await;
    moderator.puts_up(Some("Welkom.")).await.is(200);
    undone(&hall, "change the banner", async || drop(moderator.puts_up(Some("Pauze.")).await.is(200))).await;
    undone(&hall, "take the banner down", async || drop(moderator.puts_up(None).await.is(200))).await;
    undone(&hall, "close the box", async || drop(moderator.opens_box(false).await.is(200))).await;
    moderator.opens_box(false).await.is(200);
    undone(&hall, "open the box", async || drop(moderator.opens_box(true).await.is(200))).await;
    undone(&hall, "move the phase", async || drop(moderator.moves_to(Phase::Closed).await.is(200))).await;
}

#[tokio::test]
async fn a_step_is_undone_once() {
    let hall = Hall::opens().await;
    let question = hall.shown("Eén keer terug?").await;
    hall.moderator.stages(question).await;
    let step = hall.moderator.last_step().await;
    hall.moderator.undoes(step.id).await.is(200);
    let before = hall.moderator.view().await;
    hall.moderator.undoes(step.id).await.refused(409, "cannot-undo");
    let unknown = hall.moderator.undoes(999_999).await;
    assert!([404, 409].contains(&unknown.status), "{unknown:?}");
    assert_eq!(hall.moderator.view().await, before);
    let undone = before.session.steps.iter().find(|known| known.id == step.id).expect("the step");
    assert!(undone.undone_by.is_some());
}

#[tokio::test]
async fn a_step_that_others_built_on_is_not_undone() {
    let hall = Hall::opens().await;
    let question = hall.shown("Kan het tonen nog terug?").await;
    let approved = hall.moderator.last_step().await;
    hall.moderator.stages(question).await;
    let before = hall.moderator.view().await;
    hall.moderator.undoes(approved.id).await.refused(409, "cannot-undo");
    assert_eq!(hall.moderator.view().await, before);
}

/// Does something, sees that it changed something, undoes it, and sees that all is as before.
async fn undone(hall: &Hall, what: &str, act: impl AsyncFnOnce()) {
    let before = (still(hall.view().await), lasting(hall.moderator.view().await));
    act().await;
    assert_ne!(lasting(hall.moderator.view().await), before.1, "{what} changes something");
    let step = hall.moderator.last_step().await;
    let reply = hall.moderator.undoes(step.id).await;
    assert_eq!(reply.status, 200, "{what}: {}", reply.text);
    assert_eq!(still(hall.view().await), before.0, "{what}: everybody sees what they saw");
    let after = lasting(hall.moderator.view().await);
    let entered = |view: &ModeratorView| view.questions.len() > before.1.questions.len();
    if !entered(&after) {
        assert_eq!(after, before.1, "{what}: moderators see what they saw");
    }
}

fn still(mut view: PublicView) -> PublicView {
    view.seq = 0;
    view
}

/// Without what tells of the steps themselves.
fn lasting(mut view: ModeratorView) -> ModeratorView {
    view.seq = 0;
    view.session.steps.clear();
    for card in view.questions.values_mut() {
        card.version = 0;
        card.changed_by = None;
    }
    view
}
