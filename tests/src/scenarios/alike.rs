//! Which questions seem to mean the same: at the desk, while somebody types, and in groups.

use serde_json::json;
use shared::{QuestionId, Reason, Status, commands::Asked, views::NearPublic};

use crate::harness::{Hall, eventually, session};

const STALLING: &str = "Waarom is de fietsenstalling bij Rotterdam Centraal altijd vol?";
const THE_SAME: &str = "waarom is de fietsenstalling bij rotterdam centraal 's ochtends altijd vol";
const OTHER: &str = "Wie snoeit de bomen langs de Kralingse Plaslaan?";

async fn near(hall: &Hall, words: &str) -> Vec<QuestionId> {
    let words = reqwest::Url::parse_with_params("http://x/", [("text", words)]).expect("an address");
    let reply = hall
        .stranger
        .get(&format!("/sessions/{}/near?{}", hall.hashtag(), words.query().unwrap_or_default()))
        .await
        .is(200);
    reply.read::<NearPublic>().questions.iter().map(|card| card.id).collect()
}

#[tokio::test]
async fn an_incoming_question_names_the_shown_one_that_means_the_same() {
    let hall = Hall::opens().await;
    let shown = hall.shown(STALLING).await;
    hall.shown(OTHER).await;
    let mut desk = hall.moderator.screen().await;
    let asked = hall.citizen().await.asks(THE_SAME).await;
    let names = |desk: &crate::harness::ModeratorScreen, lead: QuestionId| {
        desk.alike.get(&asked).is_some_and(|alike| alike.near.first().is_some_and(|near| near.question == lead))
    };
    desk.until("the near question", |desk| names(desk, shown)).await;
    let mut late = hall.moderator.screen().await;
    late.until("the near question, for who comes late", |desk| names(desk, shown)).await;
    hall.moderator.declines(shown, Reason::OffTopic, None).await;
    desk.until("nothing near any more", |desk| !desk.alike.contains_key(&asked)).await;
}

#[tokio::test]
async fn who_types_sees_public_questions_near_and_nothing_that_is_hidden() {
    let hall = Hall::opens().await;
    let shown = hall.shown(STALLING).await;
    let waiting = hall.citizen().await.asks(OTHER).await;
    eventually("the near question", async || (near(&hall, THE_SAME).await == [shown]).then_some(())).await;
    assert!(near(&hall, OTHER).await.is_empty(), "{waiting} waits");
    for nothing in ["", "?", "#fietsfan010", &"🙂".repeat(500), &"x".repeat(5_000), "ماذا عن الدراجات", "fiets"]
    {
        let found = near(&hall, nothing).await;
        assert!(found.len() <= 1, "{nothing}: no nonsense");
    }
    hall.moderator.bundles(waiting, shown).await;
    eventually("a wording stands for its lead", async || (near(&hall, OTHER).await == [shown]).then_some(())).await;
}

#[tokio::test]
async fn groups_are_proposed_bundled_at_once_and_undone_as_one() {
    let hall = Hall::opens().await;
    let first = hall.citizen().await.asks(STALLING).await;
    let mut others = Vec::new();
    for words in [THE_SAME, "Waarom is de fietsenstalling bij Rotterdam Centraal zo vol?"] {
        others.push(hall.citizen().await.asks(words).await);
    }
    hall.shown(OTHER).await;
    let group = async || hall.moderator.proposals().await.groups.into_iter().next().map(|group| group.questions);
    eventually("a group of three", async || (group().await.is_some_and(|group| group.len() == 3)).then_some(())).await;
    let questions = group().await.expect("a group");
    let done = hall.moderator.tries_many(json!({ "deed": "bundle", "into": first }), &questions).await.is(200).json();
    assert_eq!(done, json!({ "done": 3, "left": [] }));
    let view = hall.view().await;
    assert_eq!(view.questions[&first].wordings.len(), 2, "the lead that waited is shown, with both under it");
    eventually("nothing is left to propose", async || (group().await.is_none()).then_some(())).await;
    let step = hall.moderator.last_step().await;
    assert_eq!((step.many, step.question), (Some(3), None));
    hall.moderator.undoes(step.id).await.is(200);
    assert_eq!(hall.moderator.card(first).await.card.status, Status::Waiting);
    eventually("it is proposed again", async || (group().await.is_some_and(|group| group.len() == 3)).then_some(()))
        .await;
    hall.moderator.parts(&questions, &questions).await.is(200);
    assert!(group().await.is_none(), "what was dismissed does not come back");
    hall.moderator.undoes(hall.moderator.last_step().await.id).await.is(200);
    assert!(group().await.is_some(), "unless that is undone");
}

#[tokio::test]
async fn what_an_earlier_session_answered_is_offered_and_its_asker_gets_the_address() {
    let hall = Hall::opens().await;
    let earlier = hall.shown(STALLING).await;
    hall.panel.answers(earlier, "Er komen 3.000 plekken bij.").await;
    let made = hall.organiser.makes(session("FietsFan011")).await;
    let moderator = crate::harness::Moderator::with_key(&hall.stranger, &made.hashtag, &made.keys.moderator);
    let citizen = crate::harness::Citizen::arrives(&hall.stranger, &made.hashtag).await;
    let mut desk = moderator.screen().await;
    let asked = citizen.asks(THE_SAME).await;
    desk.until("an answer of the earlier session", |desk| {
        let near = desk.alike.get(&asked).and_then(|alike| alike.near.first()).cloned();
        near.and_then(|near| near.elsewhere).is_some_and(|there| there.answer == "Er komen 3.000 plekken bij.")
    })
    .await;
    let there = json!({ "hashtag": "FietsFan010", "question": earlier });
    let body = json!({ "reason": "alreadyAnswered", "answer": there });
    moderator.tries("decline", asked, body).await.is(200);
    let mine = citizen.mine().await;
    let answer = mine.questions[0].answer.clone().expect("an address");
    assert_eq!((answer.hashtag.as_str(), answer.question), ("FietsFan010", earlier));
}

#[tokio::test]
async fn many_at_once_leave_out_what_they_cannot_be_done_to_and_say_why() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let waiting: Vec<QuestionId> = {
        let mut asked = Vec::new();
        for words in ["Wie strooit er?", "Waar blijft de bus?", "Komt er een bankje?"] {
            asked.push(citizen.tries_to_ask(words).await.is(201).read::<Asked>().id);
        }
        asked
    };
    hall.moderator.approves(waiting[0]).await;
    let reply = hall.moderator.tries_many(json!({ "deed": "approve" }), &waiting).await.is(200).json();
    assert_eq!((&reply["done"], &reply["left"][0]["question"]), (&json!(2), &json!(waiting[0])));
    assert_eq!(reply["left"][0]["refusal"]["code"], "wrong-status");
    hall.moderator.tries_many(json!({ "deed": "approve" }), &waiting).await.refused(409, "wrong-status");
    hall.moderator.tries_many(json!({ "deed": "approve" }), &[]).await.refused(422, "field");
    hall.moderator.tries_many(json!({ "deed": "approve" }), &[waiting[0], waiting[0]]).await.refused(422, "field");
    let labelled = hall.moderator.tries_many(json!({ "deed": "label", "label": "Wijk", "on": true }), &waiting).await;
    labelled.is(200);
    assert_eq!(hall.moderator.card(waiting[1]).await.labels, ["Wijk"]);
    hall.moderator.sets("label", waiting[1], json!({ "label": "WIJK", "on": false })).await.is(200);
    assert!(hall.moderator.card(waiting[1]).await.labels.is_empty(), "the same in all its spellings");
}
