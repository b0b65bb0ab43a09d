//! Keys of staff: links exchanged for cookies, renewing, and what is kept of them.

use std::path::Path;

use reqwest::header::{LOCATION, SET_COOKIE};
use serde_json::json;
use shared::{Role, frames::KEY_RENEWED};

use crate::harness::{Hall, Moderator, ModeratorScreen, ORGANISER_KEY, Panel, Terms, session};

#[tokio::test]
async fn a_staff_link_is_exchanged_once_and_leaves_the_address() {
    let hall = Hall::opens().await;
    hall.citizen().await.asks("Alleen voor moderatoren?").await;
    for (role, link, key) in [
        ("moderate", &hall.made.links.moderator, &hall.made.keys.moderator),
        ("panel", &hall.made.links.panel, &hall.made.keys.panel),
    ] {
        let visitor = hall.visitor("nl");
        let path = link.strip_prefix(&hall.server.base()).expect("a link to this server");
        let reply = visitor.opens(path).await.is(303);
        assert_eq!(reply.header(LOCATION), format!("/FietsFan010/{role}"));
        let cookies = reply.headers(SET_COOKIE);
        assert!(!cookies.is_empty());
        for cookie in cookies {
            assert!(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
                "{cookie}"
            );
            assert!(!cookie.contains(key.as_str()), "the cookie is not the key");
        }
        let page = visitor.follows(&reply).await.is(200);
        assert!(!page.text.contains(key.as_str()), "the key is on no page");
    }
}

#[tokio::test]
async fn where_the_public_address_is_https_cookies_are_secure() {
    let terms = Terms { public_url: Some("https://samen.example.nl"), ..Terms::default() };
    let hall = Hall::on(terms, session("FietsFan010")).await;
    assert_eq!(hall.made.links.citizen, "https://samen.example.nl/FietsFan010");
    let visitor = hall.visitor("nl");
    let link =
        hall.made.links.moderator.strip_prefix("https://samen.example.nl").expect("a link to the public address");
    let reply = visitor.opens(link).await.is(303);
    let participant = hall.stranger.post_nothing("/participants").await.is(201);
    for cookie in reply.headers(SET_COOKIE).into_iter().chain(participant.headers(SET_COOKIE)) {
        assert!(
            cookie.starts_with("__Host-")
                && cookie.contains("Secure")
                && cookie.contains("HttpOnly")
                && !cookie.contains("Domain"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn staff_pages_stay_shut_without_their_key() {
    let hall = Hall::opens().await;
    let other = hall.organiser.makes(session("GroenZuid")).await;
    hall.citizen().await.asks("Een geheim van de bak?").await;
    for page in ["moderate", "panel"] {
        for query in [
            String::new(),
            "?key=wrong".into(),
            format!("?key={}", other.keys.moderator),
            format!("?key={}", other.keys.panel),
        ] {
            let visitor = hall.visitor("nl");
            let reply = visitor.opens(&format!("/FietsFan010/{page}{query}")).await;
            assert!([401, 403].contains(&reply.status), "{reply:?}");
            assert!(!reply.text.contains("Een geheim van de bak?"));
            assert!(
                !visitor.cookies().contains("moderator") && !visitor.cookies().contains("panel"),
                "{}",
                visitor.cookies()
            );
        }
    }
}

#[tokio::test]
async fn a_renewed_key_ends_what_used_the_old_one_and_nothing_else() {
    let hall = Hall::opens().await;
    let by_cookie = hall.visitor("nl");
    let link = hall.made.links.moderator.strip_prefix(&hall.server.base()).expect("a link to this server");
    by_cookie.opens(link).await.is(303);
    let mut by_key = hall.moderator.screen().await;
    let mut with_cookie = ModeratorScreen::opens(hall.moderator.live().with_cookies(&by_cookie.cookies())).await;
    let (mut tablet, mut wall) = (hall.panel.screen().await, hall.wall().await);

    let renewed = hall.organiser.renews("FietsFan010", Role::Moderator).await;
    assert_ne!(renewed.key, hall.made.keys.moderator);
    assert_eq!(renewed.link, format!("{}/FietsFan010/moderate?key={}", hall.server.base(), renewed.key));
    assert_eq!(by_key.ends().await.code, Some(KEY_RENEWED));
    assert_eq!(with_cookie.ends().await.code, Some(KEY_RENEWED));

    hall.moderator.caller.get("/sessions/FietsFan010/moderation").await.refused(401, "unauthorized");
    assert_eq!(hall.moderator.live().refused().await, 401);
    let page = by_cookie.opens("/FietsFan010/moderate").await;
    assert!([401, 403].contains(&page.status), "the cookie is over too: {}", page.status);
    let page = hall.visitor("nl").opens(link).await;
    assert!([401, 403].contains(&page.status), "and the old link: {}", page.status);

    let moderator = Moderator::with_key(&hall.stranger, "FietsFan010", &renewed.key);
    let question = hall.citizen().await.asks("Werkt de nieuwe sleutel?").await;
    moderator.approves(question).await;
    wall.until("the question", |wall| wall.card(question).is_some()).await;
    tablet.until("the question", |tablet| tablet.card(question).is_some()).await;

    let renewed = hall.organiser.renews("FietsFan010", Role::Panel).await;
    assert_eq!(tablet.ends().await.code, Some(KEY_RENEWED));
    Panel::with_key(&hall.stranger, "FietsFan010", &renewed.key).view().await;
    moderator.view().await;
}

#[tokio::test]
async fn only_the_organiser_renews_keys() {
    let hall = Hall::opens().await;
    for (caller, status, code) in [
        (&hall.stranger, 401, "unauthorized"),
        (&hall.moderator.caller, 403, "forbidden"),
        (&hall.panel.caller, 403, "forbidden"),
    ] {
        caller.post("/sessions/FietsFan010/keys/moderator", json!({})).await.refused(status, code);
    }
    let unknown = hall.organiser.caller.post_nothing("/sessions/FietsFan010/keys/organiser").await;
    assert!([404, 422].contains(&unknown.status), "{unknown:?}");
    hall.moderator.view().await;
}

#[tokio::test]
async fn keys_survive_a_restart_and_are_stored_as_hashes_only() {
    let mut hall = Hall::opens().await;
    let renewed = hall.organiser.renews("FietsFan010", Role::Panel).await;
    hall.server.kill().await;
    hall.server.restart().await;
    hall.moderator.view().await;
    hall.panel.caller.get("/sessions/FietsFan010/panel").await.refused(401, "unauthorized");
    Panel::with_key(&hall.stranger, "FietsFan010", &renewed.key).view().await;

    let keys = [hall.made.keys.moderator.as_str(), &hall.made.keys.panel, &renewed.key, ORGANISER_KEY];
    let stored = everything_in(hall.server.data());
    assert!(contains(&stored, b"Judith Bokhove"), "the store is where this looks");
    for key in keys {
        assert!(!contains(&stored, key.as_bytes()), "a key is in the store or the log");
    }
}

/// Every byte in every file of a folder: database, write-ahead log, log.
fn everything_in(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            bytes.extend(everything_in(&path));
        } else {
            bytes.extend(std::fs::read(&path).expect("a file"));
        }
    }
    bytes
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
