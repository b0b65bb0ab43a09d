//! The desk of civil servants: what is sent to it, what it writes, and who sees that.

use serde_json::json;
use shared::{QuestionId, Reason, Role, Status, views::Paper};

use crate::harness::{Hall, PATIENCE};

const SECRET: &str = "zqbriefingqz";

/// A shown question that was sent to Stadsbeheer.
async fn routed(hall: &Hall) -> QuestionId {
    let question = hall.shown("Wanneer wordt de Maasboulevard breder?").await;
    let body = json!({ "department": "Stadsbeheer", "due": "2036-05-12T14:30" });
    hall.moderator.sets("department", question, body).await.is(200);
    question
}

#[tokio::test]
async fn the_desk_sees_what_was_sent_to_it_and_nothing_else() {
    let hall = Hall::opens().await;
    let other = hall.shown("Wie snoeit de bomen?").await;
    let mut office = hall.office.screen().await;
    let question = routed(&hall).await;
    office.until("the question", |office| office.card(question).is_some()).await;
    let card = office.card(question).expect("a card").clone();
    let sent = card.routed.expect("where it went");
    assert_eq!((sent.department.as_str(), sent.by.as_str()), ("Stadsbeheer", "Moderator"));
    assert!(sent.due.is_some_and(|due| due.0.starts_with("2036-05-12T14:30:00+02:00")));
    assert!(office.card(other).is_none());
    hall.moderator.bundles(other, question).await;
    office.until("a wording comes along", |office| office.card(other).is_some()).await;
    assert!(hall.office.card(other).await.expect("a wording").routed.is_none());
    hall.moderator.declines(question, Reason::OffTopic, None).await;
    office.until("its heir", |office| office.card(question).is_none() && office.card(other).is_some()).await;
    let heir = hall.office.card(other).await.expect("the heir");
    assert_eq!(heir.routed.map(|sent| sent.department).as_deref(), Some("Stadsbeheer"), "what was arranged goes on");
    hall.moderator.sets("department", other, json!({ "department": null })).await.is(200);
    office.until("nothing", |office| office.view().questions.is_empty()).await;
}

#[tokio::test]
async fn a_briefing_reaches_the_panel_and_never_the_public() {
    let hall = Hall::opens().await;
    let question = routed(&hall).await;
    let mut panel = hall.panel.screen().await;
    let text = format!("Beloof niets voor 2028. {SECRET} https://intern.example/dossier");
    let paper: Paper = hall.office.briefs(question, &text).await.is(200).read();
    assert_eq!((paper.version, paper.by.as_str(), paper.ready), (1, "Dienst", true));
    panel.until("the briefing", |panel| panel.card(question).is_some_and(|card| card.briefing.is_some())).await;
    hall.office.proposes(question, &format!("In 2028. {SECRET}"), false).await.is(200);
    let early = hall.panel.view().await.questions[&question].clone();
    assert!(early.proposal.is_none(), "it is not ready");
    hall.office.proposes(question, "In 2028.", true).await.is(200);
    panel.until("the proposal", |panel| panel.card(question).is_some_and(|card| card.proposal.is_some())).await;
    let proposal = panel.card(question).and_then(|card| card.proposal.clone()).expect("ready");
    hall.panel.answers(question, &proposal.text).await;
    let public = hall.stranger.get("/sessions/FietsFan010").await.is(200);
    assert!(!public.text.contains(SECRET) && !public.text.contains("Stadsbeheer"), "{}", public.text);
    assert_eq!(hall.office.card(question).await.expect("still there").card.status, Status::Answered);
}

#[tokio::test]
async fn of_two_who_write_the_second_is_told_and_loses_nothing() {
    let hall = Hall::opens().await;
    let question = routed(&hall).await;
    let first = hall.office.writes("briefing", question, json!({ "text": "Eerste", "seen": 0 })).await;
    assert_eq!(first.is(200).read::<Paper>().version, 1);
    let second = hall.office.writes("briefing", question, json!({ "text": "Tweede", "seen": 0 })).await;
    second.refused(409, "changed");
    assert_eq!(hall.office.card(question).await.and_then(|card| card.briefing).expect("kept").text, "Eerste");
    hall.office.writes("briefing", question, json!({ "text": "Tweede", "seen": 1 })).await.is(200);
    let gone = hall.office.briefs(question, "").await.is(200).read::<Paper>();
    assert_eq!((gone.text.as_str(), gone.version), ("", 3), "thrown away, and counted on");
    hall.office.briefs(question, &"x".repeat(4_001)).await.refused(422, "too-long");
}

#[tokio::test]
async fn only_the_desk_writes_and_only_beside_what_it_was_sent() {
    let hall = Hall::opens().await;
    let question = routed(&hall).await;
    let other = hall.shown("Wie snoeit de bomen?").await;
    hall.office.briefs(other, "Wij").await.refused(404, "not-found");
    hall.office.claims(other).await.refused(404, "not-found");
    let path = format!("/sessions/FietsFan010/questions/{question}/briefing");
    for (caller, status) in [(&hall.stranger, 401), (&hall.moderator.caller, 403), (&hall.panel.caller, 403)] {
        caller.put(&path, json!({ "text": "Ik" })).await.is(status);
        caller.get("/sessions/FietsFan010/desk").await.is(status);
    }
    hall.office.caller.post(&format!("/sessions/FietsFan010/questions/{question}/approve"), json!({})).await.is(403);
    let key = hall.made.keys.desk.clone();
    hall.organiser.renews("FietsFan010", Role::Desk).await;
    hall.stranger.with_key(&key).get("/sessions/FietsFan010/desk").await.is(401);
}

#[tokio::test]
async fn what_one_has_open_colleagues_see_until_it_is_let_go() {
    let hall = Hall::opens().await;
    let question = routed(&hall).await;
    let hidden = hall.citizen().await.asks("Nog niet getoond?").await;
    let (mut desk, mut office) = (hall.moderator.screen().await, hall.office.screen().await);
    let mut panel = hall.panel.screen().await;
    let open = |claims: &[shared::views::Claim], of| claims.iter().any(|claim| claim.question == of);
    hall.moderator.claims(hidden, true).await.is(204);
    hall.office.claims(question).await.is(204);
    desk.until("both", |desk| open(&desk.claims, hidden) && open(&desk.claims, question)).await;
    office.until("its own", |office| open(&office.claims, question)).await;
    assert!(!open(&office.claims, hidden), "what was not sent to it is none of its business");
    hall.moderator.claims(hidden, false).await.is(204);
    desk.until("let go", |desk| !open(&desk.claims, hidden)).await;
    drop(office);
    desk.until("whoever leaves has nothing open", |desk| desk.claims.is_empty()).await;
    assert!(tokio::time::timeout(PATIENCE, panel.until("presence", |panel| panel.presence.is_some())).await.is_ok());
    assert!(panel.claims.is_empty());
    hall.stranger.put(&format!("/sessions/FietsFan010/questions/{hidden}/claim"), json!({})).await.is(401);
}

#[tokio::test]
async fn an_alderman_is_asked_by_name() {
    let hall = Hall::opens().await;
    let question = hall.shown("Wie gaat hierover?").await;
    hall.moderator.sets("alderman", question, json!({ "alderman": "Arno de Wit" })).await.is(200);
    assert_eq!(hall.panel.view().await.questions[&question].alderman.as_deref(), Some("Arno de Wit"));
    assert!(!hall.stranger.get("/sessions/FietsFan010").await.text.contains("\"alderman\""));
    hall.moderator.sets("alderman", question, json!({ "alderman": "Niemand" })).await.refused(422, "field");
    hall.moderator.undoes(hall.moderator.last_step().await.id).await.is(200);
    assert_eq!(hall.panel.view().await.questions[&question].alderman, None);
}

#[tokio::test]
async fn a_wording_becomes_the_lead_with_all_that_goes_with_it() {
    let hall = Hall::opens().await;
    let lead = routed(&hall).await;
    hall.office.briefs(lead, "Feiten").await.is(200);
    let wording = hall.shown("Maasboulevard breder?").await;
    hall.moderator.bundles(wording, lead).await;
    hall.moderator.stages(lead).await;
    let card = hall.moderator.makes_lead(wording).await;
    assert_eq!(card.card.wordings, [lead]);
    assert_eq!(hall.view().await.session.on_stage, Some(wording));
    assert!(card.routed.is_some() && card.briefing.is_some());
    hall.moderator.undoes(hall.moderator.last_step().await.id).await.is(200);
    let view = hall.moderator.view().await;
    assert_eq!((view.session.public.on_stage, &*view.questions[&lead].card.wordings), (Some(lead), &[wording][..]));
    assert!(view.questions[&lead].briefing.is_some() && view.questions[&wording].briefing.is_none());
    hall.moderator.tries("lead", lead, json!({})).await.is(200);
    let alone = hall.shown("Alleen?").await;
    hall.moderator.tries("lead", alone, json!({})).await.refused(409, "no-bundle");
}
