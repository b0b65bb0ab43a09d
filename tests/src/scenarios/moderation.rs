//! What moderators do with a question, the queue and the stage, and who may.

use serde_json::json;
use shared::{Act, Phase, QuestionId, Reason, Refusal, Source, Status};

use crate::harness::{Hall, session};

const STEPS: [&str; 8] = ["approve", "decline", "restore", "edit", "bundle", "unbundle", "stage", "unstage"];

#[tokio::test]
async fn only_this_session_s_moderators_moderate() {
    let hall = Hall::opens().await;
    let other = hall.organiser.makes(session("GroenZuid")).await;
    let question = hall.citizen().await.asks("Wie mag mij tonen?").await;
    let before = hall.moderator.view().await;
    let outsiders = [
        (hall.stranger.clone(), 401, "unauthorized"),
        (hall.stranger.with_key("a wrong key, and a long one at that, 0123456789"), 401, "unauthorized"),
        (hall.stranger.with_key(&other.keys.moderator), 403, "forbidden"),
        (hall.panel.caller.clone(), 403, "forbidden"),
        (hall.citizen().await.caller, 403, "forbidden"),
    ];
    let body = json!({ "reason": "offTopic", "text": "Nee", "into": question, "order": [question], "open": false });
    for (caller, status, code) in outsiders {
        caller.get("/sessions/FietsFan010/moderation").await.refused(status, code);
        for step in STEPS {
            caller
                .post(&format!("/sessions/FietsFan010/questions/{question}/{step}"), body.clone())
                .await
                .refused(status, code);
        }
        for address in ["queue", "banner", "box"] {
            caller.put(&format!("/sessions/FietsFan010/{address}"), body.clone()).await.refused(status, code);
        }
        for address in ["hall", "steps/1/undo"] {
            caller.post(&format!("/sessions/FietsFan010/{address}"), body.clone()).await.refused(status, code);
        }
    }
    assert_eq!(hall.moderator.view().await, before);
}

#[tokio::test]
async fn a_step_is_possible_from_the_right_status_only() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let waiting = asker.asks("Ik wacht?").await;
    let declined = asker.asks("Ik ben afgewezen?").await;
    hall.moderator.declines(declined, Reason::OffTopic, None).await;
    let shown = hall.shown("Ik word getoond?").await;
    let before = hall.moderator.view().await;

    let refused = async |step: &str, question: QuestionId, now: Status| {
        let problem =
            hall.moderator.tries(step, question, json!({ "reason": "offTopic" })).await.refused(409, "wrong-status");
        assert_eq!(problem.refusal, Refusal::WrongStatus { now }, "{step}");
    };
    refused("approve", shown, Status::Shown).await;
    refused("approve", declined, Status::Declined).await;
    refused("decline", declined, Status::Declined).await;
    refused("restore", shown, Status::Shown).await;
    refused("restore", waiting, Status::Waiting).await;
    refused("stage", waiting, Status::Waiting).await;
    refused("stage", declined, Status::Declined).await;
    refused("unstage", shown, Status::Shown).await;
    assert_eq!(hall.moderator.view().await, before);
}

#[tokio::test]
async fn a_step_needs_no_body_where_there_is_nothing_to_say() {
    let hall = Hall::opens().await;
    let question = hall.citizen().await.asks("Kan het zonder woorden?").await;
    let card = hall
        .moderator
        .caller
        .post_nothing(&format!("/sessions/FietsFan010/questions/{question}/approve"))
        .await
        .is(200)
        .json();
    assert_eq!((card["id"].as_str(), card["status"].as_str()), (Some(question.to_string().as_str()), Some("shown")));
    assert!(card["version"].is_u64());
}

#[tokio::test]
async fn another_reason_needs_a_note() {
    let hall = Hall::opens().await;
    let question = hall.citizen().await.asks("Waarom niet?").await;
    for body in [
        json!({ "reason": "other" }),
        json!({ "reason": "other", "note": " " }),
        json!({ "reason": "other", "note": "x".repeat(281) }),
    ] {
        hall.moderator.tries("decline", question, body).await.is(422);
    }
    hall.moderator.tries("decline", question, json!({ "reason": "unkind" })).await.refused(422, "field");
    assert_eq!(hall.moderator.card(question).await.card.status, Status::Waiting);
    let card = hall.moderator.declines(question, Reason::Other, Some("Dit hoort elders.")).await;
    assert_eq!((card.reason, card.note.as_deref()), (Some(Reason::Other), Some("Dit hoort elders.")));
}

#[tokio::test]
async fn declining_takes_a_question_from_every_screen_and_restoring_brings_it_back() {
    let hall = Hall::opens().await;
    let mut wall = hall.wall().await;
    let question = hall.shown("Kom ik terug?").await;
    hall.moderator.queues(&[question]).await;
    wall.until("the question", |wall| wall.card(question).is_some()).await;
    hall.moderator.declines(question, Reason::Advertising, None).await;
    wall.until("it is gone", |wall| wall.card(question).is_none()).await;
    assert!(wall.view().session.queue.is_empty());
    hall.moderator.restores(question).await;
    if hall.moderator.card(question).await.card.status == Status::Waiting {
        hall.moderator.approves(question).await;
    }
    wall.until("it is back", |wall| wall.card(question).is_some()).await;
}

#[tokio::test]
async fn edited_words_are_marked_and_the_original_stays_with_the_moderators() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let question = asker.asks("Waarom fietst Jan Jansen, Kerkstraat 5, op de stoep?").await;
    hall.moderator.approves(question).await;
    let card = hall.moderator.edits(question, "Waarom fietsen mensen op de stoep?").await;
    assert_eq!(card.original.as_deref(), Some("Waarom fietst Jan Jansen, Kerkstraat 5, op de stoep?"));

    let public = hall.stranger.get("/sessions/FietsFan010").await.is(200).text;
    assert!(!public.contains("Jansen"));
    let view = hall.view().await;
    let shown = view.card(question).expect("a public question");
    assert_eq!((shown.text.as_str(), shown.edited), ("Waarom fietsen mensen op de stoep?", true));
    assert!(asker.own(question).await.edited);
    for text in ["", " \u{200b}", "#alleen #hashtags", &"x".repeat(501)] {
        hall.moderator.tries("edit", question, json!({ "text": text })).await.is(422);
    }
}

#[tokio::test]
async fn the_queue_holds_shown_questions_in_the_moderators_order() {
    let hall = Hall::opens().await;
    let (a, b, c) = (hall.shown("Vraag a?").await, hall.shown("Vraag b?").await, hall.shown("Vraag c?").await);
    let waiting = hall.citizen().await.asks("Mag ik in de rij?").await;
    assert_eq!(hall.moderator.queues(&[c, a, b]).await, [c, a, b]);
    assert_eq!(hall.view().await.session.queue, [c, a, b]);
    assert_eq!(hall.moderator.queues(&[b, c]).await, [b, c], "who is not named leaves");

    hall.moderator.tries_to_queue(json!({ "order": [a], "seen": [c, b] })).await.refused(409, "queue-changed");
    hall.moderator.tries_to_queue(json!({ "order": [a, b, c], "seen": [b, c] })).await.is(200);
    hall.moderator.tries_to_queue(json!({ "order": [a, waiting] })).await.is(409);
    hall.moderator.tries_to_queue(json!({ "order": [a, a] })).await.is(409);
    assert!(hall.moderator.tries_to_queue(json!({ "order": [a, "0123456789abc"] })).await.status >= 400);
    assert_eq!(hall.view().await.session.queue, [a, b, c], "a refusal changes nothing");
}

#[tokio::test]
async fn one_question_at_most_is_on_stage() {
    let hall = Hall::opens().await;
    let (a, b) = (hall.shown("Vraag a?").await, hall.shown("Vraag b?").await);
    hall.moderator.queues(&[a, b]).await;
    assert_eq!(hall.moderator.stages(a).await.card.status, Status::OnStage);
    assert_eq!(hall.view().await.session.queue, [b], "from the queue to the stage");

    hall.moderator.stages(b).await;
    let view = hall.view().await;
    assert_eq!(view.session.on_stage, Some(b));
    let status = |question| view.card(question).expect("a public question").status;
    assert_eq!((status(a), status(b)), (Status::Shown, Status::OnStage));

    assert_eq!(hall.moderator.unstages(b).await.card.status, Status::Shown);
    assert_eq!(hall.view().await.session.on_stage, None);
}

#[tokio::test]
async fn a_moderator_types_in_a_question_from_the_hall() {
    let hall = Hall::opens().await;
    let question = hall.moderator.enters("Mevrouw op rij drie", "Is de microfoon aan?").await;
    let view = hall.view().await;
    let card = view.card(question).expect("a public question");
    assert_eq!((card.source, card.status), (Source::Hall, Status::Shown));
    assert_eq!(card.name.as_deref(), Some("Mevrouw op rij drie"));
}

#[tokio::test]
async fn a_banner_reaches_all_screens_and_comes_down() {
    let hall = Hall::opens().await;
    let (mut wall, mut tablet) = (hall.wall().await, hall.panel.screen().await);
    hall.moderator.puts_up(Some("We beginnen vijf minuten later.")).await.is(200);
    let banner = |banner: &Option<shared::views::Banner>| banner.as_ref().map(|banner| banner.text.clone());
    wall.until("the banner", |wall| {
        banner(&wall.view().session.banner).as_deref() == Some("We beginnen vijf minuten later.")
    })
    .await;
    tablet.until("the banner", |tablet| tablet.view().session.public.banner.is_some()).await;
    hall.moderator.puts_up(Some(&"x".repeat(201))).await.refused(422, "too-long");
    hall.moderator.puts_up(None).await.is(200);
    wall.until("no banner", |wall| wall.view().session.banner.is_none()).await;
}

#[tokio::test]
async fn moderators_close_and_open_the_question_box() {
    let hall = Hall::opens().await;
    let question = hall.shown("Kan ik nog gesteund worden?").await;
    let mut wall = hall.wall().await;
    hall.moderator.opens_box(false).await.is(200);
    wall.until("the box is closed", |wall| !wall.view().session.box_open).await;
    let citizen = hall.citizen().await;
    let problem = citizen.tries_to_ask("Mag ik nog iets vragen?").await.refused(409, "box-closed");
    assert_eq!(problem.refusal, Refusal::BoxClosed { phase: Phase::Live });
    assert_eq!(citizen.supports(question).await, 1);
    assert!(hall.moderator.view().await.session.box_closed_by_hand);
    hall.moderator.opens_box(true).await.is(200);
    wall.until("the box is open", |wall| wall.view().session.box_open).await;
    citizen.asks("Mag ik nog iets vragen?").await;
}

#[tokio::test]
async fn the_desk_tells_who_did_what() {
    let hall = Hall::opens().await;
    let question = hall.shown("Wie deed dit?").await;
    hall.moderator.stages(question).await;
    let steps = hall.moderator.view().await.session.steps;
    let told: Vec<(Act, Option<QuestionId>)> = steps.iter().map(|step| (step.act, step.question)).collect();
    assert_eq!(told, [(Act::Approved, Some(question)), (Act::Staged, Some(question))]);
    assert!(steps.iter().all(|step| !step.by.is_empty() && step.undone_by.is_none()));
}
