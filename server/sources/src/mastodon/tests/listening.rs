//! Over a stream.

use networks::{mastodon::Account, sockets::Push};

use super::*;
use crate::Way;

#[tokio::test]
async fn what_was_missed_comes_first_and_then_each_post_as_it_is_written() {
    let scene = Scene::new().await;
    let before = scene.toots(1..=90);
    scene.put_place(&before[0]);
    let _listening = scene.listens();
    scene.told(Hearing::Listening(Way::Stream)).await;
    let live = scene.toots(91..=92);
    scene.heard("92 #FietsFan010").await;
    let all = scene.memory.look(each_once);
    assert_eq!(all, numbered(2..=92).into_iter().collect(), "nothing is missed");
    assert_eq!(scene.memory.look(texts)[..89], numbered(2..=90), "and what was missed is in order");
    assert_eq!(scene.place().as_ref(), before.last(), "the place moves only by what was read in order");

    scene.server.edit(&live[0], |draft| draft.text = "anders #FietsFan010".to_owned());
    scene.heard("anders #FietsFan010").await;
    scene.server.delete(&live[1]);
    scene.heard(&format!("-{}", live[1])).await;
    let behind = Hearing::Alive { behind: Some(Duration::ZERO) };
    assert!(scene.memory.look(|told| told.hearing.contains(&behind)));
}

#[tokio::test]
async fn boosts_and_our_own_posts_are_passed_over_and_replies_are_not() {
    let scene = Scene::new().await;
    let _listening = scene.listens();
    scene.told(Hearing::Listening(Way::Stream)).await;
    let id = scene.toots(1..=1).remove(0);
    scene.server.boost("bob", &id);
    scene.server.toot(networks::mastodon::ACCOUNT, Draft::text("van ons #FietsFan010"));
    let reply = Draft { in_reply_to_id: Some(id), ..Draft::text("een reactie #FietsFan010") };
    scene.server.toot("bob", reply);
    scene.heard("een reactie #FietsFan010").await;
    assert_eq!(scene.memory.look(texts).len(), 2, "{:?}", scene.memory.look(texts));
}

#[tokio::test]
async fn hashtags_come_and_go_on_one_connection() {
    let scene = Scene::new().await;
    let _listening = scene.listens();
    scene.told(Hearing::Listening(Way::Stream)).await;
    let other = "caférotterdam";
    scene.server.toot("anna", Draft::text("eerder #CaféRotterdam"));
    scene.tags.send_replace([other.to_owned()].into());
    scene.heard("eerder #CaféRotterdam").await;
    scene.server.subscribed(other, 1).await;
    scene.server.subscribed(TAG, 0).await;
    scene.toots(1..=1);
    scene.server.toot("anna", Draft::text("nu #caférotterdam"));
    scene.heard("nu #caférotterdam").await;
    let Heard::Post { tags, .. } = scene.memory.look(|told| told.heard[0].clone()) else { panic!("a post") };
    assert!(tags.contains(other), "with the accent that the server takes out: {tags:?}");
    assert!(!scene.memory.look(texts).contains(&"1 #FietsFan010".to_owned()));
    let opened = scene
        .server
        .journal()
        .iter()
        .filter(|asked| asked.path == "/api/v1/streaming" && asked.method == "GET")
        .count();
    assert_eq!(opened, 1);
}

#[tokio::test]
async fn after_a_broken_connection_edits_and_deletions_are_found_too() {
    let scene = Scene::new().await;
    let ids = scene.toots(1..=3);
    let listening = scene.listens();
    scene.told(Hearing::Listening(Way::Stream)).await;
    scene.server.disconnect();
    assert!(matches!(ended(listening).await, Trouble::Lost(_)));

    let address = |n: usize| scene.server.status(&ids[n]).expect("a status")["uri"].as_str().expect("text").to_owned();
    let (gone, all) = (address(2), (0..3).map(|n| (address(n), Some(ids[n].clone()))).collect::<Vec<_>>());
    scene.memory.change(|told| told.known = all);
    scene.server.edit(&ids[1], |draft| draft.text = "zonder hashtag".to_owned());
    scene.server.delete(&ids[2]);
    scene.toots(4..=4);
    let _listening = scene.listens();
    scene.heard("4 #FietsFan010").await;
    scene.heard("zonder hashtag").await;
    scene.heard(&format!("-{gone}")).await;
    let kept = scene.memory.look(|told| told.heard.contains(&Heard::Gone(Gone::Address(gone.clone()))));
    assert!(kept, "by its address, for whichever server it was read from");
}

#[tokio::test]
async fn what_is_no_message_is_passed_over() {
    let scene = Scene::new().await;
    let listening = scene.listens();
    scene.told(Hearing::Listening(Way::Stream)).await;
    for bad in [
        "no JSON",
        "[]",
        "{}",
        r#"{"event":"update","payload":"{\"id\":1"}"#,
        r#"{"event":"update","payload":"{\"id\":\"1\",\"uri\":\"\",\"account\":{\"id\":\"1\",\"acct\":\"a\"}}"}"#,
        r#"{"event":"delete"}"#,
    ] {
        scene.server.push(&Push::Text(bad.to_owned()));
    }
    scene.server.push(&Push::Binary(vec![0, 159, 146, 150]));
    scene
        .memory
        .until("7 unreadable", |told| told.hearing.iter().filter(|h| **h == Hearing::Unreadable).count() == 7)
        .await;
    scene.server.push(&Push::Text(r#"{"event":"filters_changed"}"#.to_owned()));
    scene.told(Hearing::Unknown).await;
    scene.toots(1..=1);
    scene.heard("1 #FietsFan010").await;
    scene.server.half_frame();
    assert!(matches!(ended(listening).await, Trouble::Lost(_)));
}

#[tokio::test]
async fn what_breaks_the_connection_is_told_and_the_next_one_goes_on() {
    let scene = Scene::new().await;
    for bad in [
        Push::Frame { opcode: 1, payload: vec![b'"', 0xFF, 0xFE, b'"'].into() },
        Push::Text("x".repeat(10 * 1024 * 1024)),
    ] {
        scene.memory.change(|told| told.hearing.clear());
        let listening = scene.listens();
        scene.told(Hearing::Listening(Way::Stream)).await;
        scene.server.push(&bad);
        scene.told(Hearing::Unreadable).await;
        assert!(matches!(ended(listening).await, Trouble::Lost(_)));
        scene.server.subscribed(TAG, 0).await;
    }
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_given_up() {
    // A server that grants a websocket and then never says a word.
    let quiet = axum::Router::new()
        .route(
            "/api/v1/streaming",
            axum::routing::get(|upgrade: axum::extract::WebSocketUpgrade| async {
                upgrade.on_upgrade(|socket| async {
                    std::future::pending::<()>().await;
                    drop(socket);
                })
            }),
        )
        .route("/api/v1/timelines/tag/{tag}", axum::routing::get(async || "[]"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, quiet).await });
    let pace = Pace { idle: Duration::from_millis(50), ..quick() };
    let (client, memory, tags) =
        (client_at(&url, None, pace), Memory::default(), watch::Sender::new([TAG.to_owned()].into()));
    let trouble = client.stream(tags.subscribe(), &memory);
    let trouble = timeout(Duration::from_secs(20), trouble).await.expect("it ends");
    assert_eq!(trouble, Trouble::Lost("the stream fell silent".to_owned()));
}

#[tokio::test]
async fn a_refusal_is_told_in_the_servers_words() {
    let scene = Scene::new().await;
    assert_eq!(ended(scene.listen(scene.client(None))).await, Trouble::Refused("Missing access token".to_owned()));
    scene.server.account(Account::named("leeg"));
    scene.server.token("narrow", "leeg", "write:statuses");
    let refused = ended(scene.listen(scene.client(Some("narrow")))).await;
    assert!(matches!(&refused, Trouble::Refused(words) if !words.is_empty()), "{refused:?}");
    let wrong = ended(scene.listen(scene.client(Some("wrong")))).await;
    assert!(matches!(&wrong, Trouble::Refused(words) if words.contains("token")), "{wrong:?}");
}

#[tokio::test]
async fn what_cannot_be_kept_ends_it_and_is_heard_again() {
    let scene = Scene::new().await;
    let listening = scene.listens();
    scene.told(Hearing::Listening(Way::Stream)).await;
    scene.memory.change(|told| told.full = true);
    scene.toots(1..=1);
    assert_eq!(ended(listening).await, Trouble::NotKept(NotKept));
    scene.memory.change(|told| told.full = false);
    let _listening = scene.listens();
    scene.heard("1 #FietsFan010").await;
}
