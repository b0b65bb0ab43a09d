//! The public account of moderation: numbers, no words, and nothing of what still waits.

use shared::{Reason, views::Account};

use crate::harness::Hall;

async fn account(hall: &Hall) -> Account {
    hall.stranger.get("/sessions/FietsFan010/account").await.is(200).read()
}

#[tokio::test]
async fn what_became_of_what_was_asked_is_public_in_numbers() {
    let hall = Hall::opens().await;
    let (lead, wording) = (hall.shown("Waarom?").await, hall.shown("Waarom dan?").await);
    hall.moderator.bundles(wording, lead).await;
    hall.panel.answers(lead, "Daarom.").await;
    let spam = hall.citizen().await.asks("Koop hier zqspamqz").await;
    hall.moderator.declines(spam, Reason::Advertising, None).await;
    let citizen = hall.citizen().await;
    let second_thoughts = citizen.asks("Toch maar niet?").await;
    citizen.withdraws(second_thoughts).await;
    hall.citizen().await.asks("Ik wacht nog zqwachtqz").await;
    let slip = hall.moderator.enters("", "Vergissing").await;
    hall.moderator.undoes(hall.moderator.last_step().await.id).await.is(200);

    let reply = hall.stranger.get("/sessions/FietsFan010/account").await.is(200);
    assert!(!reply.text.contains("zq") && !reply.text.contains(&slip.to_string()), "{}", reply.text);
    let account = account(&hall).await;
    assert_eq!((account.asked, account.shown, account.bundled, account.answered), (4, 2, 1, 2));
    assert_eq!((account.withdrawn, account.masked), (1, 0));
    let declined: Vec<_> = account.declined.iter().map(|some| (some.reason, some.questions)).collect();
    assert_eq!(declined, [(Reason::Advertising, 1)]);
    assert!(account.median_wait.is_some_and(|seconds| seconds < 60));
}

#[tokio::test]
async fn a_session_without_questions_has_an_empty_account() {
    let account = account(&Hall::opens().await).await;
    assert_eq!((account.asked, account.median_wait, account.declined.len()), (0, None, 0));
}
