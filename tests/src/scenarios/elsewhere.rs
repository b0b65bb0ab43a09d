//! Questions from elsewhere: Mastodon, Bluesky and gateways, with fakes that speak as the networks do.

use networks::mastodon::{self, Draft, Mastodon};
use serde_json::{Value, json};
use shared::{Source, Status, views::ModeratorCard};

use crate::harness::{Hall, Terms, eventually, session};

/// A hall whose server may speak to this machine.
async fn hall(news: &[&str], accounts: &[&str]) -> Hall {
    let mut session = session("FietsFan010");
    session["channels"] = json!({ "accounts": accounts, "news": news });
    Hall::on(Terms { arguments: vec!["--accounts-on-loopback".into()], ..Terms::default() }, session).await
}

async fn with_mastodon(news: &[&str]) -> (Hall, Mastodon) {
    let mastodon = Mastodon::start().await.expect("a server");
    let hall = hall(news, &["stad"]).await;
    let account = json!({ "name": "stad", "source": "mastodon", "server": mastodon.url(), "secret": mastodon::TOKEN });
    hall.organiser.caller.put("/accounts/stad", account).await.is(200);
    mastodon.subscribed("fietsfan010", 1).await;
    (hall, mastodon)
}

async fn card(hall: &Hall, words: &str) -> ModeratorCard {
    eventually(words, async || {
        let view = hall.moderator.view().await;
        view.questions.into_values().find(|card| card.card.text.contains(words))
    })
    .await
}

async fn outgoing(hall: &Hall) -> Vec<Value> {
    let _ = hall;
    Vec::new()
}

#[tokio::test]
async fn a_toot_is_asked_answered_in_its_thread_and_follows_its_author() {
    let (hall, mastodon) = with_mastodon(&["answered"]).await;
    mastodon.account(mastodon::Account::named("vera"));
    let id = mastodon.toot("vera", Draft::text("Waarom is de brug zo smal? #FietsFan010"));
    let waiting = card(&hall, "Waarom is de brug").await;
    assert_eq!((waiting.card.source, waiting.card.status), (Source::Mastodon, Status::Waiting));
    let question = waiting.card.id;
    hall.moderator.approves(question).await;
    hall.panel.answers(question, "Hij wordt volgend jaar breder.").await;
    let sent = mastodon.received("POST", "/api/v1/statuses", 1).await;
    assert!(sent[0].body.contains("breder") && sent[0].body.contains(&id), "{:?}", sent[0]);
    assert!(mastodon.delete(&id));
    eventually("gone", async || hall.view().await.questions.is_empty().then_some(())).await;
    drop(outgoing(&hall).await);
}
