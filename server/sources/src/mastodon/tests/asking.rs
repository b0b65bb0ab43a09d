//! By asking every so often.

use networks::{faults::Fault, mastodon::Access};
use serde_json::json;

use super::*;
use crate::Way;

const TIMELINES: &str = "/api/v1/timelines";

#[tokio::test]
async fn reads_forward_without_gaps_from_where_it_was() {
    let scene = Scene::new().await;
    let ids = scene.toots(1..=130);
    scene.put_place(&ids[4]);
    let _asking = scene.asks();
    scene.told(Hearing::Listening(Way::Poll)).await;
    assert_eq!(scene.memory.look(texts)[..125], numbered(6..=130));
    assert_eq!(scene.place().as_ref(), ids.last());
    let more = scene.toots(131..=132);
    scene.heard("132 #FietsFan010").await;
    scene.memory.until("the place", |told| told.places.values().any(|place| *place == more[1])).await;
}

#[tokio::test]
async fn begins_with_the_newest_and_with_all_that_come_after_none() {
    let scene = Scene::new().await;
    let asking = scene.asks();
    scene.told(Hearing::Listening(Way::Poll)).await;
    assert_eq!(scene.place().as_deref(), Some("0"));
    asking.abort();
    scene.toots(1..=60);
    let _asking = scene.asks();
    scene.heard("1 #FietsFan010").await;

    let late = Scene::new().await;
    late.toots(1..=60);
    let _asking = late.asks();
    late.told(Hearing::Listening(Way::Poll)).await;
    assert_eq!(late.memory.look(each_once), numbered(21..=60).into_iter().collect());
}

#[tokio::test]
async fn a_post_that_arrives_late_from_another_server_is_found() {
    let (scene, other) = (Scene::new().await, Scene::new().await);
    let early = now() - jiff::SignedDuration::from_mins(3);
    other.server.clock().set(early);
    let id = other.server.toot("bob", Draft::text("van elders #FietsFan010"));
    scene.toots(1..=2);
    let _asking = scene.asks();
    scene.told(Hearing::Listening(Way::Poll)).await;
    scene.server.federate(&other.server.status(&id).expect("a status")).expect("a whole status");
    scene.heard("van elders #FietsFan010").await;
}

#[tokio::test]
async fn what_is_there_already_is_not_told_again_and_again() {
    let scene = Scene::new().await;
    scene.toots(1..=3);
    let _asking = scene.asks();
    scene.server.received("GET", TIMELINES, 20).await;
    assert!(scene.memory.look(|told| told.heard.len()) <= 9, "once by each way of reading");
}

#[tokio::test]
async fn a_server_that_is_asked_too_much_says_how_long_to_wait() {
    let scene = Scene::new().await;
    scene.server.fault(Fault::answer(429, r#"{"error":"Too many requests"}"#, 1, TIMELINES).with("retry-after", "17"));
    assert_eq!(ended(scene.asks()).await, Trouble::Wait(Duration::from_secs(17)));
    let reset = Fault::answer(429, "", 1, TIMELINES)
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-reset", "2026-06-01T19:02:00.000000Z");
    scene.server.fault(reset);
    let wait = ended(scene.asks()).await;
    assert!(matches!(wait, Trouble::Wait(wait) if wait <= Duration::from_mins(5) && !wait.is_zero()), "{wait:?}");
}

#[tokio::test]
async fn little_patience_is_spread_over_its_time() {
    let scene = Scene::new().await;
    let client = scene.client(None);
    scene.server.rule(Rules { rate_limit: 21, ..Rules::default() });
    let page = client.get::<serde_json::Value>(&["v1", "timelines", "tag", TAG], &[]).await;
    assert!(page.is_ok());
    let (left, time) = client.left().expect("a limit");
    assert_eq!((left, time <= Duration::from_mins(5)), (20, true));
    assert_eq!(client.pause(2), time / 10);
}

#[tokio::test]
async fn trouble_has_a_kind_and_words() {
    let scene = Scene::new().await;
    scene.server.fault(Fault::answer(502, "<html>Bad gateway</html>", 1, TIMELINES));
    assert_eq!(ended(scene.asks()).await, Trouble::Lost("HTTP 502".to_owned()));
    scene.server.fault(Fault::answer(200, "<html>Onderhoud</html>", 1, TIMELINES));
    assert!(matches!(ended(scene.asks()).await, Trouble::Lost(_)));
    let words = "This method requires an authenticated user";
    scene.server.fault(Fault::answer(422, &json!({"error": words}).to_string(), 1, TIMELINES));
    assert_eq!(ended(scene.asks()).await, Trouble::Refused(words.to_owned()));
    scene.server.rule(Rules { hashtag_feeds: Access::Authenticated, ..Rules::default() });
    assert!(matches!(ended(scene.asks()).await, Trouble::Refused(_)));
    assert!(scene.memory.look(|told| told.heard.is_empty()));
}

#[tokio::test]
async fn pages_that_are_too_long_are_read_in_parts() {
    let scene = Scene::new().await;
    let ids = scene.toots(1..=1);
    scene.put_place(&ids[0]);
    for n in 1..=6 {
        let html = Some(format!("<p>{n} <a>#FietsFan010</a></p>{}", "<i></i>".repeat(65_000)));
        scene.server.toot("anna", Draft { html, tags: vec![TAG.to_owned()], ..Draft::default() });
    }
    let _asking = scene.asks();
    scene.told(Hearing::Listening(Way::Poll)).await;
    assert_eq!(scene.memory.look(texts)[..6], numbered(1..=6));
}
