//! The panel answers, by typing or aloud, and corrects itself.

use serde_json::json;
use shared::Status;

use super::fields;
use crate::harness::{Hall, session};

#[tokio::test]
async fn an_answer_is_shown_with_who_gave_it() {
    let hall = Hall::opens().await;
    let question = hall.shown("Komt er een stalling?").await;
    let mut wall = hall.wall().await;
    hall.moderator.stages(question).await;
    let card = hall.panel.tries_to_answer(question, json!({ "text": "Ja, in het voorjaar." })).await.is(200).json();
    assert_eq!(card["status"], "answered");
    assert_eq!(fields(&card["answer"]), ["at", "by", "corrected", "spoken", "text"]);
    assert_eq!(card["answer"]["text"], "Ja, in het voorjaar.");
    assert_eq!(card["answer"]["by"], "Judith Bokhove");
    assert_eq!((card["answer"]["spoken"].as_bool(), card["answer"]["corrected"].as_bool()), (Some(false), Some(false)));
    wall.until("the answer", |wall| wall.card(question).is_some_and(|card| card.answer.is_some())).await;
    assert_eq!(hall.view().await.session.counts.answered, 1);
}

#[tokio::test]
async fn another_alderman_answers_and_an_answer_may_be_aloud() {
    let hall = Hall::opens().await;
    let question = hall.shown("Komen er bomen langs het fietspad?").await;
    hall.moderator.stages(question).await;
    let body = json!({ "text": "Ja, honderd.", "by": "Arno de Wit", "spoken": true });
    let card: shared::views::PublicCard = hall.panel.tries_to_answer(question, body).await.is(200).read();
    let answer = card.answer.expect("an answer");
    assert_eq!((answer.by.as_str(), answer.spoken), ("Arno de Wit", true));
    let other = hall.shown("Hardop graag?").await;
    hall.moderator.stages(other).await;
    assert!(hall.panel.answers_aloud(other, "Kort gezegd: ja.").await.answer.expect("an answer").spoken);

    let third = hall.shown("Wie is Niemand?").await;
    hall.moderator.stages(third).await;
    hall.panel.tries_to_answer(third, json!({ "text": "Ik.", "by": "Niemand" })).await.refused(422, "field");
    assert!(
        hall.view().await.card(third).expect("a public question").answer.is_none(),
        "only who is announced answers"
    );
}

#[tokio::test]
async fn a_corrected_answer_is_shown_as_corrected() {
    let hall = Hall::opens().await;
    let question = hall.shown("Wanneer?").await;
    hall.moderator.stages(question).await;
    let first = hall.panel.answers(question, "In mei.").await.answer.expect("an answer");
    let again = hall.panel.answers(question, "In juni.").await.answer.expect("an answer");
    assert_eq!((again.text.as_str(), again.corrected), ("In juni.", true));
    assert_eq!(again.at, first.at, "the time it was first given");
    assert!(!hall.stranger.get("/sessions/FietsFan010").await.text.contains("In mei."));
}

#[tokio::test]
async fn an_answer_has_words_and_a_question_to_go_with() {
    let hall = Hall::opens().await;
    let question = hall.shown("Een vraag?").await;
    hall.moderator.stages(question).await;
    hall.panel.tries_to_answer(question, json!({ "text": " \n " })).await.refused(422, "empty");
    hall.panel.tries_to_answer(question, json!({ "text": "x".repeat(4_001) })).await.refused(422, "too-long");
    hall.panel.tries_to_answer(question, json!({ "answer": "Ja." })).await.refused(422, "field");
    hall.panel.tries_to_answer("0123456789abc", json!({ "text": "Ja." })).await.refused(404, "not-found");
    assert_eq!(hall.view().await.card(question).expect("a public question").status, Status::OnStage);
}

#[tokio::test]
async fn only_this_session_s_panel_answers() {
    let hall = Hall::opens().await;
    let other = hall.organiser.makes(session("GroenZuid")).await;
    let question = hall.shown("Wie antwoordt?").await;
    hall.moderator.stages(question).await;
    let address = format!("/sessions/FietsFan010/questions/{question}/answer");
    for (caller, status, code) in [
        (hall.stranger.clone(), 401, "unauthorized"),
        (hall.stranger.with_key("a wrong key, and a long one at that, 0123456789"), 401, "unauthorized"),
        (hall.stranger.with_key(&other.keys.panel), 403, "forbidden"),
        (hall.citizen().await.caller, 403, "forbidden"),
        (hall.moderator.caller.clone(), 403, "forbidden"),
    ] {
        caller.get("/sessions/FietsFan010/panel").await.refused(status, code);
        caller.post(&address, json!({ "text": "Ja." })).await.refused(status, code);
    }
    assert!(hall.view().await.card(question).expect("a public question").answer.is_none());
}

#[tokio::test]
async fn a_draft_is_kept_for_the_panel_alone_and_outlives_a_power_cut() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Wat wordt het antwoord?").await;
    hall.moderator.stages(question).await;
    let before = hall.view().await;
    hall.panel.drafts(question, "Ik denk dat we half").await.is(200);

    hall.server.kill().await;
    hall.server.restart().await;
    let draft = hall.panel.view().await.session.draft.expect("a draft");
    assert_eq!((draft.question, draft.text.as_str()), (question, "Ik denk dat we half"));
    assert_eq!(hall.view().await, before, "nobody else notices");
    let desk = hall.moderator.caller.get("/sessions/FietsFan010/moderation").await.is(200);
    assert!(!desk.text.contains("Ik denk dat we half"));

    hall.panel.answers(question, "We denken half juni.").await;
    assert!(
        hall.panel.view().await.session.draft.is_none_or(|draft| draft.text.is_empty()),
        "answered: the draft is gone"
    );
}

#[tokio::test]
async fn the_panel_sees_what_is_public_and_no_more() {
    let hall = Hall::opens().await;
    let waiting = hall.citizen().await.asks("Nog niet voor het podium?").await;
    let shown = hall.shown("Wel voor het podium?").await;
    let view = hall.panel.view().await;
    assert!(view.card(shown).is_some() && view.card(waiting).is_none());
    assert!(view.session.staged_at.is_none());
    hall.moderator.stages(shown).await;
    assert!(hall.panel.view().await.session.staged_at.is_some());
}
