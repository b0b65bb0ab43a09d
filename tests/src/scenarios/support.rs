//! Support counts people.

use shared::{Reason, Refusal, Status};

use crate::harness::Hall;

#[tokio::test]
async fn one_person_supports_once_and_may_take_it_back() {
    let hall = Hall::opens().await;
    let question = hall.shown("Meer bankjes langs het fietspad?").await;
    let (one, other) = (hall.citizen().await, hall.citizen().await);
    assert_eq!(one.supports(question).await, 1);
    assert_eq!(one.supports(question).await, 1);
    assert_eq!(other.supports(question).await, 2);
    assert_eq!(one.mine().await.supports, [question]);
    assert_eq!(one.takes_back_support(question).await, 1);
    assert_eq!(one.takes_back_support(question).await, 1);
    assert!(one.mine().await.supports.is_empty());
    assert_eq!(hall.view().await.card(question).expect("a public question").support, 1);
}

#[tokio::test]
async fn a_question_that_was_declined_or_withdrawn_gets_no_support() {
    let hall = Hall::opens().await;
    let (asker, other) = (hall.citizen().await, hall.citizen().await);
    let declined = asker.asks("Word ik afgewezen?").await;
    let withdrawn = asker.asks("Word ik ingetrokken?").await;
    for question in [declined, withdrawn] {
        hall.moderator.approves(question).await;
        other.supports(question).await;
    }
    hall.moderator.declines(declined, Reason::Abusive, None).await;
    asker.withdraws(withdrawn).await;
    for (question, now) in [(declined, Status::Declined), (withdrawn, Status::Withdrawn)] {
        let problem = other.tries_to_support(question).await.refused(409, "wrong-status");
        assert_eq!(problem.refusal, Refusal::WrongStatus { now });
    }
}

#[tokio::test]
async fn a_restored_question_has_its_supporters_back() {
    let hall = Hall::opens().await;
    let question = hall.shown("Komt mijn steun terug?").await;
    hall.citizen().await.supports(question).await;
    hall.moderator.declines(question, Reason::OffTopic, None).await;
    hall.moderator.restores(question).await;
    if hall.view().await.card(question).is_none() {
        hall.moderator.approves(question).await;
    }
    assert_eq!(hall.view().await.card(question).expect("a public question").support, 1);
}
