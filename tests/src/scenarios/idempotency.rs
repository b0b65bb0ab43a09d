//! The same `Idempotency-Key` twice: the same answer, and one event.

use futures_util::future::join_all;
use serde_json::json;

use crate::harness::{Hall, session};

#[tokio::test]
async fn asking_twice_under_one_key_asks_once() {
    let mut hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let ask = async || {
        citizen
            .caller
            .post_once("/sessions/FietsFan010/questions", json!({ "text": "Eén keer?" }), "key-0001")
            .await
            .is(201)
    };
    let first = ask().await;
    let seq = hall.moderator.view().await.seq;
    assert_eq!(ask().await.text, first.text);
    assert_eq!(hall.moderator.view().await.seq, seq, "one event");

    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(ask().await.text, first.text, "also after a power cut");
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_same_moment_too() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let replies = join_all((0..20).map(|_| {
        citizen.caller.post_once("/sessions/FietsFan010/questions", json!({ "text": "Eén keer?" }), "key-0002")
    }))
    .await;
    let first = replies[0].text.clone();
    for reply in replies {
        assert_eq!(reply.is(201).text, first);
    }
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test]
async fn a_key_is_its_sender_s_own() {
    let hall = Hall::opens().await;
    let (one, other) = (hall.citizen().await, hall.citizen().await);
    for citizen in [&one, &other] {
        citizen
            .caller
            .post_once("/sessions/FietsFan010/questions", json!({ "text": "Van wie is deze?" }), "key-0003")
            .await
            .is(201);
    }
    assert_eq!(hall.moderator.view().await.questions.len(), 2);
    assert_eq!(one.mine().await.questions.len(), 1);
    assert_ne!(one.mine().await.questions[0].id, other.mine().await.questions[0].id);
}

#[tokio::test]
async fn staff_steps_are_done_once_too() {
    let hall = Hall::opens().await;
    let question = hall.citizen().await.asks("Eén keer getoond?").await;
    let steps = async || hall.moderator.view().await.session.steps.len();
    let approve = format!("/sessions/FietsFan010/questions/{question}/approve");
    let first = hall.moderator.caller.post_once(&approve, json!({}), "key-approve").await.is(200);
    assert_eq!(hall.moderator.caller.post_once(&approve, json!({}), "key-approve").await.is(200).text, first.text);
    assert_eq!(steps().await, 1);

    hall.moderator.stages(question).await;
    let answer = format!("/sessions/FietsFan010/questions/{question}/answer");
    let first = hall.panel.caller.post_once(&answer, json!({ "text": "Ja." }), "key-answer").await.is(200);
    let again = hall.panel.caller.post_once(&answer, json!({ "text": "Ja." }), "key-answer").await.is(200);
    assert_eq!(again.text, first.text);
    assert_eq!(again.json()["answer"]["corrected"], false);

    let before = steps().await;
    for _ in 0..2 {
        hall.moderator
            .caller
            .post_once("/sessions/FietsFan010/hall", json!({ "text": "Uit de zaal?" }), "key-hall")
            .await
            .is(201);
        hall.moderator
            .caller
            .post_once("/sessions/FietsFan010/phase", json!({ "phase": "closed" }), "key-phase")
            .await
            .is(200);
    }
    assert_eq!(steps().await, before + 2);
}

#[tokio::test]
async fn a_session_and_a_participant_are_made_once() {
    let mut hall = Hall::opens().await;
    let make = async |hall: &Hall| {
        hall.organiser.caller.post_once("/sessions", session("Nieuw"), "key-session-0001").await.is(201)
    };
    let first = make(&hall).await;
    assert_eq!(make(&hall).await.json(), first.json(), "the same keys too");

    let arrive = async |hall: &Hall| {
        hall.stranger.post_once("/participants", json!({}), "key-of-one-browser-0001").await.is(201)
    };
    let token = arrive(&hall).await.json();
    assert_eq!(arrive(&hall).await.json(), token);

    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(make(&hall).await.json(), first.json());
    assert_eq!(arrive(&hall).await.json(), token);
    let other = hall.organiser.caller.post_once("/sessions", session("Nieuw"), "key-session-0002").await;
    other.refused(409, "hashtag-taken");
}
