//! What is flagged in a question, and what happens to it: it waits, it is masked, the public never
//! learns what was there.

use serde_json::json;
use shared::{FlagKind, Status, commands::Asked};

use crate::harness::{Citizen, Hall, session};

const NUMBER: &str = "06-12345678";

#[tokio::test]
async fn a_telephone_number_is_flagged_where_it_stands_and_masked_with_one_step() {
    let hall = Hall::opens().await;
    let text = format!(
        "👋 Bel mij terug, wethouder: {NUMBER}, want die kuil in mijn straat ligt er al maanden en niemand doet er iets aan"
    );
    let question = hall.citizen().await.asks(&text).await;
    let card = hall.moderator.card(question).await;
    let [flag] = &card.flags[..] else { panic!("one flag: {:?}", card.flags) };
    let place: String = text.chars().skip(flag.from as usize).take((flag.to - flag.from) as usize).collect();
    assert_eq!((flag.kind, place.as_str(), flag.saw.as_str()), (FlagKind::Phone, NUMBER, NUMBER));
    assert_eq!(card.language.as_deref(), Some("nl"));

    let masked = hall.moderator.masks(question).await;
    assert_eq!((masked.card.status, masked.flags.len()), (Status::Waiting, 0), "it still waits for a decision");
    hall.moderator.approves(question).await;
    let public = hall.stranger.get("/sessions/FietsFan010").await.is(200);
    assert!(public.text.contains("wethouder: █████, want") && !public.text.contains("12345678"), "{}", public.text);
    assert_eq!(hall.moderator.card(question).await.original.as_deref(), Some(text.as_str()));
    let steps = hall.moderator.view().await.session.steps;
    hall.moderator.undoes(steps[1].id).await.is(200);
    hall.moderator.undoes(steps[0].id).await.is(200);
    assert_eq!(hall.moderator.card(question).await.card.text, text);
}

#[tokio::test]
async fn with_moderation_afterwards_what_is_flagged_waits_and_the_rest_does_not() {
    let mut after = session("FietsFan010");
    after["moderation"] = json!("after");
    let hall = Hall::of(after).await;
    let ask = async |text: &str| hall.citizen().await.tries_to_ask(text).await.is(201).read::<Asked>().status;
    assert_eq!(ask("Wanneer wordt de Maasboulevard breder?").await, Status::Shown);
    assert_eq!(ask(&format!("Bel mij op {NUMBER}")).await, Status::Waiting);
    assert_eq!(ask("WANNEER GAAN JULLIE EENS IETS DOEN AAN DIE GATEN IN HET FIETSPAD").await, Status::Waiting);
    let one = hall.citizen().await;
    let mut statuses = Vec::new();
    for number in ["een", "twee", "drie", "vier"] {
        statuses.push(one.tries_to_ask(&format!("Vraag {number} van mij?")).await.is(201).read::<Asked>().status);
    }
    assert_eq!(statuses, [Status::Shown, Status::Shown, Status::Shown, Status::Waiting], "a flood");
}

#[tokio::test]
async fn many_participants_from_one_place_at_once_are_flagged() {
    let hall = Hall::opens().await;
    let mut last = None;
    for number in 0..14 {
        let citizen = Citizen::arrives(&hall.stranger, hall.hashtag()).await;
        last = Some(citizen.asks(&format!("Zijn wij met velen, {number}?")).await);
    }
    let flags = hall.moderator.card(last.expect("asked")).await.flags;
    assert_eq!(flags.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::SamePlace]);
}

#[tokio::test]
async fn words_that_a_moderator_changes_are_looked_at_again() {
    let hall = Hall::opens().await;
    let question = hall.citizen().await.asks(&format!("Bel {NUMBER}")).await;
    assert_eq!(hall.moderator.edits(question, "Bel mij eens terug?").await.flags, []);
    let mail = hall.moderator.edits(question, "Mail mij: jan@voorbeeld.nl").await.flags;
    assert_eq!(mail.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::Email]);
}
