//! Questions from elsewhere: Mastodon, Bluesky and gateways, with stand-ins that speak as the networks do,
//! and a real AT Protocol server.

use networks::{
    faults::Fault,
    jetstream::{self, Jetstream},
    mastodon::{self, Draft, Mastodon},
};
use serde_json::{Value, json};
use shared::{
    QuestionId, Reach, Sending, Source, Status,
    views::{ModeratorCard, Outgoing},
};

use crate::{
    elsewhere::Blogger,
    harness::{Hall, ModeratorScreen, Terms, eventually, session},
};

/// A hall whose server may speak to this machine.
async fn hall(further: &[&str], accounts: &[&str]) -> Hall {
    let mut session = session("FietsFan010");
    session["channels"] = json!({ "accounts": accounts, "news": ["answered", "bundled", "declined"] });
    let loopback = ["--accounts-on-loopback"].into_iter().chain(further.iter().copied());
    let arguments = loopback.map(str::to_owned).collect();
    Hall::on(Terms { arguments, ..Terms::default() }, session).await
}

async fn mastodon() -> Mastodon {
    let mastodon = Mastodon::start().await.expect("a server");
    mastodon.account(mastodon::Account::named("vera"));
    mastodon
}

async fn with_mastodon() -> (Hall, Mastodon) {
    let (hall, mastodon) = (hall(&[], &["stad"]).await, mastodon().await);
    follows(&hall, "stad", &mastodon).await;
    (hall, mastodon)
}

async fn follows(hall: &Hall, name: &str, mastodon: &Mastodon) {
    let account = json!({ "name": name, "source": "mastodon", "server": mastodon.url(), "secret": mastodon::TOKEN });
    hall.organiser.has_account(account).await;
    mastodon.subscribed("fietsfan010", 1).await;
}

/// A question with these words, once it is at the desk.
async fn card(hall: &Hall, words: &str) -> ModeratorCard {
    eventually(words, async || {
        let view = hall.moderator.view().await;
        view.questions.into_values().find(|card| card.card.text.contains(words))
    })
    .await
}

async fn status(hall: &Hall, question: QuestionId, status: Status) {
    let became = async || (hall.moderator.card(question).await.card.status == status).then_some(());
    eventually(status.word(), became).await;
}

/// The message with this news, once it is so far.
async fn message(screen: &mut ModeratorScreen, news: &str, state: Sending) -> Outgoing {
    let is_it = |sent: &&Outgoing| sent.key.ends_with(news) && sent.state == state;
    screen.until(news, |screen| screen.outgoing.iter().any(|sent| is_it(&sent))).await;
    screen.outgoing.iter().find(is_it).expect("just seen").clone()
}

/// The next message is not taken.
fn refusing(status: u16, body: &str) -> Fault {
    Fault { method: Some("POST".into()), ..Fault::answer(status, body, 1, "/api/v1/statuses") }
}

fn said(mastodon: &Mastodon) -> Vec<String> {
    let statuses = mastodon.statuses_of(mastodon::ACCOUNT);
    statuses.iter().map(|status| status["content"].as_str().expect("words").to_owned()).collect()
}

#[tokio::test]
async fn a_toot_is_answered_in_its_thread_and_goes_when_its_author_deletes_it() {
    let (hall, mastodon) = with_mastodon().await;
    let mut screen = hall.moderator.screen().await;
    let id = mastodon.toot("vera", Draft::text("Waarom is de brug zo smal? #FietsFan010"));
    let waiting = card(&hall, "Waarom is de brug").await;
    assert_eq!((waiting.card.source, waiting.card.status), (Source::Mastodon, Status::Waiting));
    assert!(waiting.post.expect("a post").author.starts_with("@vera@"));
    let question = waiting.card.id;
    hall.moderator.approves(question).await;
    hall.panel.answers(question, "Hij wordt volgend jaar breder.").await;
    message(&mut screen, "answered", Sending::Sent).await;
    let sent = mastodon.received("POST", "/api/v1/statuses", 1).await;
    assert!(sent[0].body.contains("breder") && sent[0].body.contains(&id), "{:?}", sent[0].body);
    assert!(said(&mastodon)[0].contains("/FietsFan010/q/"), "{:?}", said(&mastodon));

    assert!(mastodon.delete(&id));
    status(&hall, question, Status::Withdrawn).await;
    assert!(hall.view().await.questions.is_empty());
}

#[tokio::test]
async fn undoing_an_answer_takes_the_reply_back() {
    let (hall, mastodon) = with_mastodon().await;
    let mut screen = hall.moderator.screen().await;
    mastodon.toot("vera", Draft::text("Waarom is de brug zo smal? #FietsFan010"));
    let question = card(&hall, "Waarom").await.card.id;
    hall.moderator.approves(question).await;
    hall.panel.answers(question, "Daarom.").await;
    message(&mut screen, "answered", Sending::Sent).await;
    hall.moderator.undoes(hall.moderator.last_step().await.id).await.is(200);
    screen.until("taken back", |screen| screen.outgoing.is_empty()).await;
    assert_eq!(said(&mastodon), [""; 0]);
}

#[tokio::test]
async fn a_corrected_answer_corrects_the_reply() {
    let (hall, mastodon) = with_mastodon().await;
    let mut screen = hall.moderator.screen().await;
    mastodon.toot("vera", Draft::text("Waarom is de brug zo smal? #FietsFan010"));
    let question = card(&hall, "Waarom").await.card.id;
    hall.moderator.approves(question).await;
    hall.panel.answers(question, "Daarom.").await;
    message(&mut screen, "answered", Sending::Sent).await;
    hall.panel.answers(question, "Omdat er geen geld was.").await;
    let corrected = || said(&mastodon).concat().contains("geen geld").then_some(());
    eventually("a corrected reply", async || corrected()).await;
    assert_eq!(said(&mastodon).len(), 1);
}

#[tokio::test]
async fn an_edit_before_a_decision_is_taken_and_after_it_waits() {
    let (hall, mastodon) = with_mastodon().await;
    let id = mastodon.toot("vera", Draft::text("Warom is de brug zo smal? #FietsFan010"));
    let question = card(&hall, "Warom").await.card.id;
    assert!(mastodon.edit(&id, |draft| draft.text = "Waarom is de brug zo smal? #FietsFan010".into()));
    assert_eq!(card(&hall, "Waarom").await.card.id, question);
    hall.moderator.approves(question).await;
    assert!(mastodon.edit(&id, |draft| draft.text = "Koop mijn fiets! #FietsFan010".into()));
    let revision = eventually("a revision", async || hall.moderator.card(question).await.post?.revision).await;
    assert!(revision.contains("Koop"));
    let shown = hall.view().await;
    assert!(shown.card(question).expect("still there").text.contains("Waarom"));
    hall.moderator.sets("revision", question, json!({ "take": false })).await.is(200);
    assert_eq!(hall.moderator.card(question).await.post.expect("a post").revision, None);
}

#[tokio::test]
async fn two_servers_with_the_same_post_make_one_question() {
    let hall = hall(&[], &["stad", "wijk"]).await;
    let (first, second) = (mastodon().await, mastodon().await);
    follows(&hall, "stad", &first).await;
    follows(&hall, "wijk", &second).await;
    let id = first.toot("vera", Draft::text("Waarom is de brug zo smal? #FietsFan010"));
    second.federate(&first.status(&id).expect("a status")).expect("federated");
    first.repeat(3);
    second.toot("vera", Draft::text("En waarom zo steil? #FietsFan010"));
    card(&hall, "zo steil").await;
    card(&hall, "zo smal").await;
    assert_eq!(hall.moderator.view().await.questions.len(), 2);
}

#[tokio::test]
async fn what_was_written_while_the_server_was_down_comes_in_once() {
    let (mut hall, mastodon) = with_mastodon().await;
    mastodon.toot("vera", Draft::text("De eerste vraag #FietsFan010"));
    card(&hall, "eerste").await;
    hall.server.kill().await;
    let deleted = mastodon.toot("vera", Draft::text("Toch niet #FietsFan010"));
    assert!(mastodon.delete(&deleted));
    mastodon.toot("vera", Draft::text("De tweede vraag #FietsFan010"));
    hall.server.restart().await;
    card(&hall, "tweede").await;
    mastodon.subscribed("fietsfan010", 1).await;
    mastodon.toot("vera", Draft::text("De derde vraag #FietsFan010"));
    card(&hall, "derde").await;
    assert_eq!(hall.moderator.view().await.questions.len(), 3);
}

#[tokio::test]
async fn moderators_see_when_a_network_is_unplugged_and_when_it_is_back() {
    let (hall, mastodon) = with_mastodon().await;
    let mut screen = hall.moderator.screen().await;
    let reach = |screen: &ModeratorScreen| screen.sources.first().map(|source| source.reach);
    screen.until("listening", |screen| reach(screen) == Some(Reach::Stream)).await;
    mastodon.fault(Fault::answer(503, "onderhoud", 10_000, "/api"));
    mastodon.disconnect();
    screen.until("away", |screen| reach(screen) == Some(Reach::Away)).await;
    assert!(screen.sources[0].error.is_some());
    mastodon.heal();
    screen.until("back", |screen| reach(screen) == Some(Reach::Stream)).await;
}

#[tokio::test]
async fn a_reply_that_is_refused_is_shown_in_the_network_s_words_and_tried_again_when_asked() {
    let (mut hall, mastodon) = with_mastodon().await;
    mastodon.toot("vera", Draft::text("Waarom? #FietsFan010"));
    let question = card(&hall, "Waarom").await.card.id;
    hall.moderator.approves(question).await;
    mastodon.fault(refusing(422, r#"{"error":"Validation failed: te druk"}"#));
    hall.panel.answers(question, "Daarom.").await;
    let mut screen = hall.moderator.screen().await;
    let refused = message(&mut screen, "answered", Sending::Refused).await;
    assert!(refused.words.expect("words").contains("te druk"));
    hall.server.kill().await;
    hall.server.restart().await;
    let mut screen = hall.moderator.screen().await;
    message(&mut screen, "answered", Sending::Refused).await;
    hall.moderator
        .caller
        .post(&format!("/sessions/FietsFan010/outgoing/{}/again", refused.key), json!({}))
        .await
        .is(204);
    message(&mut screen, "answered", Sending::Sent).await;
    assert_eq!(said(&mastodon).len(), 1);
}

#[tokio::test]
async fn a_server_that_fails_for_a_while_gets_the_reply_once() {
    let (mut hall, mastodon) = with_mastodon().await;
    mastodon.toot("vera", Draft::text("Waarom? #FietsFan010"));
    let question = card(&hall, "Waarom").await.card.id;
    hall.moderator.approves(question).await;
    mastodon.fault(refusing(500, "<html>stuk</html>"));
    hall.panel.answers(question, "Daarom.").await;
    mastodon.received("POST", "/api/v1/statuses", 1).await;
    hall.server.kill().await;
    hall.server.restart().await;
    let mut screen = hall.moderator.screen().await;
    message(&mut screen, "answered", Sending::Sent).await;
    assert_eq!(said(&mastodon).len(), 1);
}

#[tokio::test]
async fn a_post_on_bluesky_comes_in_under_its_author_s_handle_and_goes_when_deleted() {
    let network = Jetstream::start().await.expect("a server");
    let directory = format!("--bluesky-directory={}", network.url());
    let mut hall = hall(&[&directory], &["blauw"]).await;
    let host = network.subscribe_url().replace("/subscribe", "");
    let account = json!({ "name": "blauw", "source": "bluesky", "server": network.url(), "hosts": [host] });
    hall.organiser.has_account(account).await;
    network.subscribed(1).await;
    let vera = "did:plc:vera000000000000000000aa";
    network.named(vera, "vera.example");
    network.post(vera, "vera.example", &jetstream::Post::text("Niet voor ons"));
    let uri = network.post(vera, "vera.example", &jetstream::Post::text("Waarom is de brug zo smal? #FietsFan010"));
    let waiting = card(&hall, "Waarom is de brug").await;
    assert_eq!(waiting.card.source, Source::Bluesky);
    assert_eq!(waiting.post.expect("a post").author, "@vera.example");
    let question = waiting.card.id;
    hall.moderator.approves(question).await;

    hall.server.kill().await;
    network.delete(&uri);
    network.post(vera, "vera.example", &jetstream::Post::text("En wanneer wordt dat anders? #fietsfan010"));
    hall.server.restart().await;
    card(&hall, "wanneer wordt dat anders").await;
    status(&hall, question, Status::Withdrawn).await;
    assert_eq!(hall.moderator.view().await.questions.len(), 2);
}

#[tokio::test]
async fn a_post_is_brought_in_by_its_address_alone_where_an_account_can_read_it() {
    let (hall, mastodon) = with_mastodon().await;
    let id = mastodon.toot("vera", Draft::text("Wanneer is de tunnel weer open?"));
    let mut post = mastodon.status(&id).expect("a status");
    post["uri"] = json!("https://elders.example/users/henk/statuses/7");
    post["url"] = json!("https://elders.example/@henk/7");
    post["account"]["acct"] = json!("henk@elders.example");
    mastodon.federate(&post).expect("federated");
    let paste = async |address: &str| {
        hall.moderator.caller.post("/sessions/FietsFan010/paste", json!({ "address": address })).await
    };
    paste("https://elders.example/@henk/7").await.is(201);
    paste("https://elders.example/@henk/7").await.is(201);
    let card = card(&hall, "tunnel").await;
    assert_eq!(card.card.link.as_deref(), Some("https://elders.example/@henk/7"));
    assert!(card.post.expect("a post").answerable);
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
    paste("https://elders.example/@henk/8").await.refused(422, "field");
}

#[tokio::test]
async fn a_post_that_is_pasted_twice_is_one_question() {
    let hall = hall(&[], &[]).await;
    let paste = async |body: Value| hall.moderator.caller.post("/sessions/FietsFan010/paste", body).await;
    let body =
        json!({ "address": "https://sociaal.example/@vera/17", "text": "Waarom?", "author": "@vera@sociaal.example" });
    paste(body.clone()).await.is(201);
    paste(body).await.is(201);
    let asked = card(&hall, "Waarom").await;
    assert_eq!((asked.card.source, hall.moderator.view().await.questions.len()), (Source::Mastodon, 1));
    paste(json!({ "text": "" })).await.is(422);
    paste(json!({ "address": "http://10.0.0.1/", "text": "Waarom?" })).await.is(422);
    hall.stranger.post("/sessions/FietsFan010/paste", json!({ "text": "Waarom?" })).await.is(401);
}

#[tokio::test]
async fn a_real_server_of_the_at_protocol_gets_the_reply_in_the_thread_and_loses_it_on_undo() {
    // It needs Node and packages; runs without a browser go without these, too.
    if std::env::var_os("SAMENSPRAAK_SKIP_BROWSER").is_some() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let pds = networks::Pds::start(folder.path()).await.expect("a server");
    let places = pds.places().clone();
    let vera = Blogger::arrives(&places.pds).await;
    let directory = format!("--bluesky-directory={}", places.plc);
    let hall = hall(&[&directory], &["blauw"]).await;
    let mut screen = hall.moderator.screen().await;
    let host = places.jetstream.replace("/subscribe", "");
    let account = json!({
        "name": "blauw", "source": "bluesky", "server": places.pds, "hosts": [host],
        "handle": places.handle, "secret": places.app_password,
    });
    hall.organiser.has_account(account).await;
    let listening = |screen: &ModeratorScreen| screen.sources.iter().any(|source| source.reach == Reach::Stream);
    screen.until("listening", listening).await;
    let uri = vera.posts("Waarom is de brug zo smal? #FietsFan010", "FietsFan010").await;
    let question = card(&hall, "Waarom is de brug").await.card.id;
    hall.moderator.approves(question).await;
    hall.panel.answers(question, "Hij wordt volgend jaar breder.").await;
    message(&mut screen, "answered", Sending::Sent).await;
    let replies = vera.reads(&places.did).await;
    assert_eq!(replies.len(), 1);
    assert_eq!(
        (&replies[0]["reply"]["parent"]["uri"], &replies[0]["reply"]["root"]["uri"]),
        (&json!(uri), &json!(uri))
    );
    assert!(replies[0]["text"].as_str().expect("words").contains("breder"));
    hall.moderator.undoes(hall.moderator.last_step().await.id).await.is(200);
    screen.until("taken back", |screen| screen.outgoing.is_empty()).await;
    assert!(vera.reads(&places.did).await.is_empty());
    vera.deletes(&uri).await;
    status(&hall, question, Status::Withdrawn).await;
    pds.stop().await.expect("an end");
}
