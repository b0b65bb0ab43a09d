//! Several moderators at once: they see each other, and nothing happens twice.

use futures_util::future::join_all;
use serde_json::json;
use shared::{Act, QuestionId, Refusal, Role, Status, problem::Problem};

use crate::harness::{Hall, Visitor};

/// Opens the desk by its link and says who it is.
async fn moderator_named(hall: &Hall, name: &str) -> Visitor {
    let visitor = hall.visitor("nl");
    let link = hall.made.links.moderator.strip_prefix(&hall.server.base()).expect("a link to this server");
    let reply = visitor.opens(link).await;
    let desk = visitor.follows(&reply).await.is(200);
    assert!(desk.text.contains("name=\"name\""), "the first visit asks for a name");
    let reply = visitor.sends("/FietsFan010/name", &[("name", name), ("back", "/FietsFan010/moderate")]).await;
    let desk = visitor.follows(&reply).await.is(200);
    assert!(!desk.text.contains("action=\"/FietsFan010/name\""), "the name is asked once");
    visitor
}

#[tokio::test]
async fn of_two_moderators_on_one_card_one_wins_and_the_other_is_told_who() {
    let hall = Hall::opens().await;
    let (jana, omar) = (moderator_named(&hall, "Jana").await, moderator_named(&hall, "Omar").await);
    let question = hall.citizen().await.asks("Wie behandelt mij?").await;
    let seen = hall.moderator.card(question).await.version;
    let address = |step: &str| format!("/api/v1/sessions/FietsFan010/questions/{question}/{step}");

    jana.posts_json(&address("edit"), &json!({ "text": "Wie behandelt deze vraag?", "seen": seen })).await.is(200);
    let late = omar.posts_json(&address("decline"), &json!({ "reason": "offTopic", "seen": seen })).await;
    let problem: Problem = late.refused(409, "changed");
    assert_eq!(problem.refusal, Refusal::Changed { by: "Jana".into(), act: Act::Edited });
    assert!(problem.detail.contains("Jana"), "{}", problem.detail);
    let card = hall.moderator.card(question).await;
    assert_eq!((card.card.status, card.changed_by.as_deref()), (Status::Waiting, Some("Jana")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_step_by_many_at_once_is_done_once() {
    let hall = Hall::opens().await;
    for round in 0..5 {
        let question = hall.citizen().await.asks(&format!("Wie toont mij, ronde {round}?")).await;
        let seen = hall.moderator.card(question).await.version;
        let replies =
            join_all((0..10).map(|_| hall.moderator.tries("approve", question, json!({ "seen": seen })))).await;
        let won = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(won, 1, "{replies:?}");
        for lost in replies.into_iter().filter(|reply| reply.status != 200) {
            let code = lost.is(409).json()["code"].as_str().map(str::to_owned);
            assert!(matches!(code.as_deref(), Some("changed" | "wrong-status")), "{code:?}");
        }
        let steps = hall.moderator.view().await.session.steps;
        assert_eq!(steps.iter().filter(|step| step.question == Some(question)).count(), 1, "nothing happens twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_questions_staged_at_once_leave_one_on_stage() {
    let hall = Hall::opens().await;
    let mut questions: Vec<QuestionId> = Vec::new();
    for n in 0..10 {
        questions.push(hall.shown(&format!("Vraag {n} voor het podium?")).await);
    }
    join_all(questions.iter().map(|question| hall.moderator.tries("stage", question, json!({})))).await;
    let view = hall.view().await;
    let staged: Vec<QuestionId> =
        view.questions.values().filter(|card| card.status == Status::OnStage).map(|card| card.id).collect();
    assert_eq!(staged.len(), 1);
    assert_eq!(view.session.on_stage, staged.first().copied());
}

#[tokio::test]
async fn staff_see_who_else_is_there_and_how_many_watch() {
    let hall = Hall::opens().await;
    let jana = moderator_named(&hall, "Jana").await;
    let mut desk = hall.moderator.screen().await;
    let cookies = jana.cookies();
    let janas = crate::harness::ModeratorScreen::opens(hall.moderator.live().with_cookies(&cookies)).await;
    let tablet = hall.panel.screen().await;
    let here = |desk: &crate::harness::ModeratorScreen, name: &str, role: Role| {
        desk.presence
            .as_ref()
            .is_some_and(|(here, _)| here.iter().any(|colleague| colleague.name == name && colleague.role == role))
    };
    desk.until("Jana at the desk", |desk| here(desk, "Jana", Role::Moderator)).await;
    desk.until("the panel", |desk| here(desk, "Panel", Role::Panel)).await;
    let walls = [hall.wall().await, hall.wall().await, hall.wall().await];
    desk.until("three walls", |desk| desk.presence.as_ref().is_some_and(|(_, viewers)| *viewers == 3)).await;
    drop((janas, tablet, walls));
    desk.until("Jana has left", |desk| !here(desk, "Jana", Role::Moderator)).await;
}
