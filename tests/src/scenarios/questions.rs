//! Asking, following one's question, and taking it back.

use serde_json::json;
use shared::{QuestionId, Reason, Refusal, Status};

use super::fields;
use crate::harness::{Citizen, Hall, Reply, session};

#[tokio::test]
async fn a_participant_gets_a_token_and_a_browser_the_same_as_a_cookie() {
    let hall = Hall::opens().await;
    let reply = hall.stranger.post_nothing("/participants").await.is(201);
    assert_eq!(fields(&reply.json()), ["token"]);
    let cookies = reply.headers(reqwest::header::SET_COOKIE);
    assert!(cookies.iter().any(|cookie| cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax")), "{cookies:?}");
}

#[tokio::test]
async fn a_question_waits_until_a_moderator_shows_it() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let reply = citizen.tries_to_ask("Waarom is de stalling bij #Centraal vol?").await.is(201).json();
    assert_eq!(fields(&reply), ["id", "status"]);
    assert_eq!(reply["status"], "waiting");
    let question: QuestionId = serde_json::from_value(reply["id"].clone()).expect("an id");

    assert!(hall.view().await.questions.is_empty());
    assert_eq!(citizen.own(question).await.status, Status::Waiting);
    hall.moderator.approves(question).await;
    assert_eq!(citizen.own(question).await.status, Status::Shown);
    let view = hall.view().await;
    let card = view.card(question).expect("a public question");
    assert_eq!(card.text, "Waarom is de stalling bij #Centraal vol?");
    assert_eq!(card.topics, ["Centraal"]);
    assert_eq!(card.support, 0);
}

#[tokio::test]
async fn moderated_afterwards_a_question_is_shown_at_once() {
    let mut body = session("Direct");
    body["moderation"] = json!("after");
    let hall = Hall::of(body).await;
    let citizen = hall.citizen().await;
    let reply = citizen.tries_to_ask("Ben ik meteen te zien?").await.is(201).json();
    assert_eq!(reply["status"], "shown");
    let question: QuestionId = serde_json::from_value(reply["id"].clone()).expect("an id");
    assert!(hall.view().await.card(question).is_some());
    hall.moderator.declines(question, Reason::OffTopic, None).await;
    assert!(hall.view().await.card(question).is_none());
}

#[tokio::test]
async fn words_appear_as_they_were_written() {
    let hall = Hall::opens().await;
    for text in [
        "Één vraag: waaróm “zo”, en niet 'anders'? <b>&amp;</b>",
        "👨‍👩‍👧‍👦 veilig op de fiets 🚲, kan dat?",
        "Eerste regel\n\nTweede regel met https://rotterdam.nl/fiets#plan",
        "می‌خواهم سؤال کنم",
    ] {
        let question = hall.shown(text).await;
        assert_eq!(hall.view().await.card(question).expect("a public question").text, text);
    }
    let citizen = hall.citizen().await;
    let named = citizen.asks_as("Fatima uit Delfshaven", "Mag mijn naam erbij?").await;
    hall.moderator.approves(named).await;
    assert_eq!(
        hall.view().await.card(named).expect("a public question").name.as_deref(),
        Some("Fatima uit Delfshaven")
    );
}

#[tokio::test]
async fn the_same_words_again_are_not_stored_twice() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let question = citizen.asks("Waarom is de stalling vol?").await;
    let problem = citizen.tries_to_ask("  waarom is de stalling VOL ?").await.refused(409, "already-asked");
    assert_eq!(problem.refusal, Refusal::AlreadyAsked { question });
    assert_eq!(citizen.mine().await.questions.len(), 1);
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
    hall.citizen().await.asks("Waarom is de stalling vol?").await;
    assert_eq!(hall.moderator.view().await.questions.len(), 2, "somebody else may ask the same");
}

#[tokio::test]
async fn nobody_asks_or_supports_without_being_a_participant() {
    let hall = Hall::opens().await;
    let question = hall.shown("Wie mag steunen?").await;
    let nobody = Citizen::known_as(&hall.stranger, "FietsFan010", "no token of ours");
    nobody.tries_to_ask("Mag ik iets vragen?").await.refused(401, "unauthorized");
    nobody.tries_to_support(question).await.refused(401, "unauthorized");
    hall.stranger
        .post("/sessions/FietsFan010/questions", json!({ "text": "Mag ik?" }))
        .await
        .refused(401, "unauthorized");
    hall.stranger
        .put_nothing(&format!("/sessions/FietsFan010/questions/{question}/support"))
        .await
        .refused(401, "unauthorized");
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test]
async fn an_asker_takes_their_own_question_back_and_nobody_else_s() {
    let hall = Hall::opens().await;
    let (asker, other) = (hall.citizen().await, hall.citizen().await);
    for shown in [false, true] {
        let question = asker.asks(&format!("Zal ik dit intrekken? {shown}")).await;
        if shown {
            hall.moderator.approves(question).await;
        }
        let reply = other.tries_to_withdraw(question).await;
        assert!([403, 404].contains(&reply.status), "{reply:?}");
        assert_eq!(asker.withdraws(question).await.status, Status::Withdrawn);
        assert!(hall.view().await.card(question).is_none());
        hall.moderator.tries("approve", question, json!({})).await.is(409);
        assert_eq!(asker.own(question).await.status, Status::Withdrawn);
    }
}

#[tokio::test]
async fn a_declined_question_tells_its_asker_why_and_nobody_else_anything() {
    let hall = Hall::opens().await;
    let (asker, other) = (hall.citizen().await, hall.citizen().await);
    let question = asker.asks("Wat kost een fiets bij mijn winkel?").await;
    hall.moderator.declines(question, Reason::Other, Some("Dit is geen vraag aan de stad.")).await;

    let own = asker.own(question).await;
    assert_eq!((own.status, own.reason), (Status::Declined, Some(Reason::Other)));
    assert_eq!(own.note.as_deref(), Some("Dit is geen vraag aan de stad."));
    assert!(other.mine().await.questions.is_empty());
    assert!(hall.view().await.questions.is_empty());
}

#[tokio::test]
async fn an_asker_follows_their_question_along_the_queue_to_its_answer() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let first = hall.shown("Wie is er eerst?").await;
    let question = asker.asks("Wanneer ben ik aan de beurt?").await;
    hall.moderator.approves(question).await;
    hall.moderator.queues(&[first, question]).await;
    assert_eq!(asker.own(question).await.place, Some(2));
    hall.moderator.stages(first).await;
    assert_eq!(asker.own(question).await.place, Some(1));
    hall.moderator.stages(question).await;
    assert_eq!(asker.own(question).await.status, Status::OnStage);
    hall.panel.answers(question, "Nu.").await;
    assert_eq!(asker.own(question).await.status, Status::Answered);
}

#[tokio::test]
async fn a_malformed_id_is_simply_not_there() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    for id in ["1", "0000000000000000", "ZZZZZZZZZZZZZ", "..%2F..", "%00", "zzzzzzzzzzzzz", "é"] {
        citizen.tries_to_support(id).await.refused(404, "not-found");
        citizen.tries_to_withdraw(id).await.refused(404, "not-found");
        hall.moderator.tries("approve", id, json!({})).await.refused(404, "not-found");
        hall.panel.tries_to_answer(id, json!({ "text": "Ja." })).await.refused(404, "not-found");
        hall.visitor("nl").opens(&format!("/FietsFan010/q/{id}")).await.is(404);
    }
}

#[tokio::test]
async fn nothing_tells_a_hidden_question_from_one_that_never_was() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let waiting = asker.asks("Een vraag die wacht?").await;
    let declined = asker.asks("Een vraag die nooit getoond werd?").await;
    hall.moderator.declines(declined, Reason::OffTopic, None).await;
    let withdrawn = asker.asks("Een vraag die voor het tonen weg is?").await;
    asker.withdraws(withdrawn).await;
    let unknown: QuestionId = "0123456789abc".parse().expect("an id");

    let expected = told_to_others(&hall, unknown).await;
    for hidden in [waiting, declined, withdrawn] {
        assert_eq!(told_to_others(&hall, hidden).await, expected);
    }
}

/// What the door says about a question to somebody whose question it is not.
async fn told_to_others(hall: &Hall, question: QuestionId) -> Vec<(String, u16, String)> {
    let other = hall.citizen().await;
    let visitor = hall.visitor("nl");
    visitor.page("/FietsFan010").await;
    let path = format!("/FietsFan010/q/{question}");
    let mut replies = vec![
        hall.panel.tries_to_answer(question, json!({ "text": "Ja." })).await,
        hall.panel.drafts(question, "Misschien").await,
        other.tries_to_support(question).await,
        other.caller.delete(&format!("/sessions/FietsFan010/questions/{question}/support")).await,
        other.tries_to_withdraw(question).await,
        other.caller.get(&format!("/sessions/FietsFan010/questions/{question}")).await,
        hall.stranger.get(&format!("/sessions/FietsFan010/questions/{question}")).await,
        visitor.opens(&path).await,
        visitor.sends(&format!("{path}/support"), &[("on", "1"), ("back", "/FietsFan010")]).await,
        visitor.sends(&format!("{path}/withdraw"), &[("back", "/FietsFan010")]).await,
    ];
    for step in ["approve", "decline", "edit", "stage"] {
        replies.push(other.posts(question, step, json!({ "reason": "offTopic", "text": "x" })).await);
    }
    let told = |reply: Reply| {
        let anonymous = |text: &str| text.replace(&question.to_string(), "ID");
        (anonymous(&reply.request), reply.status, anonymous(&reply.text))
    };
    replies.into_iter().map(told).collect()
}
