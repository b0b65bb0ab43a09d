//! Questions that mean the same, under one lead.

use serde_json::json;
use shared::{QuestionId, Refusal, Status};

use crate::harness::{Citizen, Hall};

async fn support(hall: &Hall, question: QuestionId) -> u32 {
    hall.view().await.card(question).expect("a public question").support
}

#[tokio::test]
async fn bundling_unites_supporters_and_unbundling_gives_each_back_its_own() {
    let hall = Hall::opens().await;
    let lead = hall.shown("Waarom is de stalling altijd vol?").await;
    let same = hall.shown("Komen er meer plekken in de stalling?").await;
    let people: Vec<Citizen> = vec![hall.citizen().await, hall.citizen().await, hall.citizen().await];
    people[0].supports(lead).await;
    people[1].supports(lead).await;
    people[1].supports(same).await;
    people[2].supports(same).await;

    hall.moderator.bundles(same, lead).await;
    assert_eq!(support(&hall, lead).await, 3, "one person counts once");
    let view = hall.view().await;
    assert_eq!(view.card(lead).expect("the lead").wordings, [same]);
    assert_eq!(view.card(same).expect("the wording").lead, Some(lead));
    assert_eq!(view.session.counts.bundled, 1);
    assert_eq!(people[2].mine().await.supports, [lead], "of a bundle, the lead");

    hall.moderator.unbundles(same).await;
    assert_eq!((support(&hall, lead).await, support(&hall, same).await), (2, 2));
    assert_eq!(hall.view().await.session.counts.bundled, 0);
}

#[tokio::test]
async fn support_for_a_wording_is_support_for_the_bundle() {
    let hall = Hall::opens().await;
    let lead = hall.shown("Eerste woorden?").await;
    let same = hall.shown("Andere woorden?").await;
    hall.moderator.bundles(same, lead).await;
    let citizen = hall.citizen().await;
    assert_eq!(citizen.supports(same).await, 1);
    assert_eq!(citizen.supports(lead).await, 1);
    assert_eq!(support(&hall, lead).await, 1);
    assert_eq!(citizen.takes_back_support(lead).await, 0);
    assert_eq!(support(&hall, lead).await, 0);
}

#[tokio::test]
async fn a_question_put_under_a_wording_comes_under_the_lead() {
    let hall = Hall::opens().await;
    let (a, b, c) = (hall.shown("Vraag een?").await, hall.shown("Vraag twee?").await, hall.shown("Vraag drie?").await);
    hall.moderator.bundles(b, a).await;
    hall.moderator.bundles(c, b).await;
    let view = hall.view().await;
    assert_eq!(view.card(c).expect("a wording").lead, Some(a));
    assert_eq!(view.card(a).expect("the lead").wordings, [b, c]);
}

#[tokio::test]
async fn a_lead_put_under_another_takes_everybody_along() {
    let hall = Hall::opens().await;
    let (a, b, c) = (hall.shown("Vraag een?").await, hall.shown("Vraag twee?").await, hall.shown("Vraag drie?").await);
    for question in [a, b, c] {
        hall.citizen().await.supports(question).await;
    }
    hall.moderator.bundles(b, a).await;
    hall.moderator.bundles(a, c).await;
    let view = hall.view().await;
    let lead = view.card(c).expect("the lead");
    assert_eq!(lead.support, 3, "nobody is lost");
    assert_eq!(lead.lead, None);
    for question in [a, b] {
        assert_eq!(view.card(question).expect("a wording").lead, Some(c), "no bundle inside a bundle");
    }
}

#[tokio::test]
async fn an_answer_to_the_lead_is_an_answer_to_every_asker() {
    let hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let lead = hall.shown("De hoofdvraag?").await;
    let same = asker.asks("Dezelfde vraag in andere woorden?").await;
    hall.moderator.approves(same).await;
    hall.moderator.bundles(same, lead).await;
    let own = asker.own(same).await;
    assert_eq!((own.lead, own.lead_text.as_deref()), (Some(lead), Some("De hoofdvraag?")));

    hall.moderator.stages(lead).await;
    assert_eq!(asker.own(same).await.status, Status::OnStage);
    hall.panel.answers(lead, "Voor u allebei.").await;
    assert_eq!(asker.own(same).await.status, Status::Answered);
    let counts = hall.view().await.session.counts;
    assert_eq!((counts.asked, counts.answered, counts.bundled), (2, 2, 1));
}

#[tokio::test]
async fn only_the_lead_goes_to_the_queue_and_the_stage() {
    let hall = Hall::opens().await;
    let lead = hall.shown("De hoofdvraag?").await;
    let same = hall.shown("Andere woorden?").await;
    hall.moderator.queues(&[same]).await;
    hall.moderator.bundles(same, lead).await;
    assert!(!hall.view().await.session.queue.contains(&same), "a wording leaves the queue");
    let problem = hall.moderator.tries("stage", same, json!({})).await.refused(409, "is-bundled");
    assert_eq!(problem.refusal, Refusal::IsBundled { into: lead });
    hall.moderator.tries_to_queue(json!({ "order": [same] })).await.is(409);
    assert_eq!(hall.view().await.session.on_stage, None);
}

#[tokio::test]
async fn what_cannot_be_a_bundle_is_refused() {
    let hall = Hall::opens().await;
    let question = hall.shown("Alleen ik?").await;
    hall.moderator.tries("bundle", question, json!({ "into": question })).await.refused(409, "no-bundle");
    hall.moderator.tries("unbundle", question, json!({})).await.refused(409, "no-bundle");
    hall.moderator.tries("bundle", question, json!({ "into": "0123456789abc" })).await.refused(404, "not-found");
    hall.moderator.tries("bundle", question, json!({})).await.refused(422, "field");
}
