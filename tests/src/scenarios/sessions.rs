//! Making, reading, changing and moving sessions.

use reqwest::{
    Method,
    header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH},
};
use serde_json::{Value, json};
use shared::{Moderation, Phase, views::PublicView};

use super::fields;
use crate::harness::{Caller, Hall, Moderator, Organiser, Server, send, session};

#[tokio::test]
async fn an_organiser_makes_a_session_and_is_told_its_links_and_keys() {
    let server = Server::start().await;
    let organiser = Organiser::at(&Caller::stranger(&server.base()));
    let made = organiser.tries_to_make(session("FietsFan010")).await.is(201).json();

    assert_eq!(fields(&made), ["hashtag", "keys", "links"]);
    assert_eq!(fields(&made["links"]), ["citizen", "desk", "moderator", "panel", "wall"]);
    assert_eq!(fields(&made["keys"]), ["desk", "moderator", "panel"]);
    assert_eq!(made["hashtag"], "FietsFan010");
    let base = server.base();
    assert_eq!(made["links"]["citizen"], format!("{base}/FietsFan010"));
    assert_eq!(made["links"]["wall"], format!("{base}/FietsFan010/wall"));
    for (role, page) in [("moderator", "moderate"), ("panel", "panel"), ("desk", "desk")] {
        let key = made["keys"][role].as_str().expect("a key");
        assert!(key.len() >= 32, "a key that nobody guesses");
        assert_eq!(made["links"][role], format!("{base}/FietsFan010/{page}?key={key}"));
    }
}

#[tokio::test]
async fn only_the_organiser_makes_sessions() {
    let hall = Hall::opens().await;
    hall.stranger.post("/sessions", session("Nieuw")).await.refused(401, "unauthorized");
    hall.stranger
        .with_key("a key that nobody knows, of some length")
        .post("/sessions", session("Nieuw"))
        .await
        .refused(401, "unauthorized");
    hall.moderator.caller.post("/sessions", session("Nieuw")).await.refused(403, "forbidden");
    hall.citizen().await.caller.post("/sessions", session("Nieuw")).await.refused(403, "forbidden");
    hall.stranger.get("/sessions/Nieuw").await.refused(404, "not-found");
}

#[tokio::test]
async fn a_session_needs_a_hashtag_of_its_own_a_title_and_an_alderman() {
    let hall = Hall::opens().await;
    hall.organiser.tries_to_make(session("#FIETSFAN010")).await.refused(409, "hashtag-taken");
    for (field, value) in [
        ("hashtag", json!("#010")),
        ("hashtag", json!("twee woorden")),
        ("title", json!("  \u{200b} ")),
        ("title", json!("x".repeat(121))),
        ("introduction", json!("x".repeat(2_001))),
        ("aldermen", json!([])),
        ("aldermen", json!([{ "name": " ", "office": "wethouder" }])),
        ("timezone", json!("Europe/Atlantis")),
        ("opens", json!("morgen")),
    ] {
        let mut body = session("Nieuw");
        body[field] = value.clone();
        let reply = hall.organiser.tries_to_make(body).await.is(422);
        let problem = reply.json();
        assert!(
            ["field", "too-long", "empty"].contains(&problem["code"].as_str().expect("a code")),
            "{field} {value}: {problem}"
        );
    }
    hall.stranger.get("/sessions/Nieuw").await.refused(404, "not-found");
}

#[tokio::test]
async fn the_public_view_has_exactly_the_fields_of_the_contract() {
    let hall = Hall::opens().await;
    let question = hall.shown("Komt er een stalling bij #Zuid? #fietsfan010").await;
    let view = hall.stranger.get("/sessions/FietsFan010").await.is(200).json();

    assert_eq!(fields(&view), ["questions", "seq", "session"]);
    let session = [
        "aldermen",
        "banner",
        "boxOpen",
        "counts",
        "ends",
        "hashtag",
        "introduction",
        "languages",
        "moderation",
        "onStage",
        "opens",
        "phase",
        "queue",
        "starts",
        "title",
    ];
    assert_eq!(fields(&view["session"]), session);
    assert_eq!(view["session"]["aldermen"][0], json!({ "name": "Judith Bokhove", "office": "wethouder Mobiliteit" }));
    assert_eq!(view["session"]["counts"], json!({ "asked": 1, "answered": 0, "bundled": 0 }));
    let card = &view["questions"][0];
    assert_eq!(fields(card), ["askedAt", "edited", "id", "source", "status", "support", "text", "topics"]);
    assert_eq!(card["id"], question.to_string());
    assert_eq!(card["status"], "shown");
    assert_eq!(card["source"], "web");
    assert_eq!(card["topics"], json!(["Zuid"]));
}

#[tokio::test]
async fn the_list_of_sessions_says_what_each_is_about() {
    let hall = Hall::opens().await;
    hall.organiser.makes(session("GroenZuid")).await;
    let list = hall.stranger.get("/sessions").await.is(200).json();
    let listed = |hashtag: &str| {
        list.as_array().expect("a list").iter().find(|s| s["hashtag"] == hashtag).expect("a listed session").clone()
    };
    assert_eq!(
        fields(&listed("FietsFan010")),
        ["aldermen", "counts", "ends", "hashtag", "opens", "phase", "starts", "title"]
    );
    assert_eq!(listed("GroenZuid")["phase"], "live");
}

#[tokio::test]
async fn an_unchanged_view_is_not_sent_twice() {
    let hall = Hall::opens().await;
    for path in ["/sessions/FietsFan010", "/sessions"] {
        let first = hall.stranger.get(path).await.is(200);
        assert_eq!(first.header(CONTENT_TYPE), "application/json");
        let tag = first.header(ETAG).to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong tag: {tag}");
        let again = send(hall.stranger.api(Method::GET, path).header(IF_NONE_MATCH, &tag)).await.is(304);
        assert_eq!(again.text, "");
        assert_eq!(again.header(ETAG), tag);

        hall.shown(&format!("Verandert er iets aan {path}?")).await;
        let changed = send(hall.stranger.api(Method::GET, path).header(IF_NONE_MATCH, &tag)).await.is(200);
        assert_ne!(changed.header(ETAG), tag);
    }
}

#[tokio::test]
async fn a_hidden_question_does_not_change_the_public_view_s_tag() {
    let hall = Hall::opens().await;
    let before = hall.stranger.get("/sessions/FietsFan010").await;
    hall.citizen().await.asks("Een vraag die nog niemand mag zien?").await;
    let after = hall.stranger.get("/sessions/FietsFan010").await;
    assert_eq!(before.header(ETAG), after.header(ETAG));
    assert_eq!(before.text, after.text);
}

#[tokio::test]
async fn a_hashtag_reaches_its_session_in_any_case() {
    let hall = Hall::of(session("FietsCafé")).await;
    let written = hall.view().await;
    assert_eq!(written.session.hashtag, "FietsCafé");
    for spelling in ["fietscaf%C3%A9", "FIETSCAF%C3%89", "fietscafe%CC%81"] {
        let view: PublicView = hall.stranger.get(&format!("/sessions/{spelling}")).await.is(200).read();
        assert_eq!(view, written);
    }
    hall.stranger.get("/sessions/fietscafe").await.refused(404, "not-found");
    assert_eq!(hall.visitor("nl").page("/fietscaf%C3%A9").await.matches("<h1").count(), 1);
}

#[tokio::test]
async fn an_unknown_hashtag_is_not_found_by_any_call() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await.caller;
    for caller in [&hall.stranger, &citizen, &hall.organiser.caller] {
        for path in ["", "/moderation", "/panel", "/mine"] {
            caller.get(&format!("/sessions/Onbekend{path}")).await.refused(404, "not-found");
        }
    }
    citizen.post("/sessions/Onbekend/questions", json!({ "text": "Is hier iemand?" })).await.refused(404, "not-found");
    for path in ["/Onbekend", "/Onbekend/wall", "/010", "/a%20b"] {
        let page = hall.visitor("nl").opens(path).await.is(404);
        assert!(page.header(CONTENT_TYPE).starts_with("text/html"), "{path}");
    }
}

#[tokio::test]
async fn sessions_run_side_by_side_and_keep_to_themselves() {
    let hall = Hall::opens().await;
    let other = hall.organiser.makes(session("GroenZuid")).await;
    let moderator = Moderator::with_key(&hall.stranger, "GroenZuid", &other.keys.moderator);
    let question = hall.citizen().await.asks("Hoort dit bij fietsen?").await;

    assert!(moderator.view().await.questions.is_empty());
    moderator.tries("approve", question, json!({})).await.refused(404, "not-found");
    hall.moderator.approves(question).await;
    let green: PublicView = hall.stranger.get("/sessions/GroenZuid").await.is(200).read();
    assert!(green.questions.is_empty());
}

#[tokio::test]
async fn an_organiser_changes_the_details_and_every_screen_follows() {
    let hall = Hall::opens().await;
    let mut wall = hall.wall().await;
    let mut body = session("FietsFan010");
    body["title"] = json!("Fietsen, nu met regen");
    body["aldermen"] = json!([{ "name": "Arno de Wit", "office": "wethouder" }]);
    hall.organiser.changes("FietsFan010", body.clone()).await.is(200);
    wall.until("the new title", |wall| wall.view().session.title == "Fietsen, nu met regen").await;
    assert_eq!(wall.view().session.aldermen.len(), 1);

    hall.moderator.caller.put("/sessions/FietsFan010", body.clone()).await.refused(403, "forbidden");
    hall.stranger.put("/sessions/FietsFan010", body).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn asking_is_possible_when_open_and_live_and_early_only_if_allowed() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    for (phase, open) in [
        (Phase::Announced, false),
        (Phase::Open, true),
        (Phase::Live, true),
        (Phase::Closed, false),
        (Phase::Archived, false),
    ] {
        let moved: Value = hall.organiser.moves("FietsFan010", phase).await.is(200).json();
        assert_eq!(moved, json!({ "phase": phase }));
        let view = hall.view().await;
        assert_eq!((view.session.phase, view.session.box_open), (phase, open));
        let reply = citizen.tries_to_ask(&format!("Mag ik vragen als het {} is?", phase.word())).await;
        if open {
            reply.is(201);
        } else {
            let problem = reply.refused(409, "box-closed");
            assert_eq!(problem.refusal, shared::Refusal::BoxClosed { phase });
        }
    }
    hall.moderator.moves_to(Phase::Live).await.is(200);
    citizen.caller.post("/sessions/FietsFan010/phase", json!({ "phase": "closed" })).await.refused(403, "forbidden");
    hall.panel.caller.post("/sessions/FietsFan010/phase", json!({ "phase": "closed" })).await.refused(403, "forbidden");
    assert_eq!(hall.view().await.session.phase, Phase::Live);

    let mut early = session("Vroeg");
    early["phase"] = json!("announced");
    early["askEarly"] = json!(true);
    hall.organiser.makes(early).await;
    citizen.caller.post("/sessions/Vroeg/questions", json!({ "text": "Mag dit al?" })).await.is(201);
}

#[tokio::test]
async fn a_session_without_details_gets_the_city_s_defaults() {
    let server = Server::start().await;
    let organiser = Organiser::at(&Caller::stranger(&server.base()));
    organiser.makes(json!({ "hashtag": "Kort", "title": "Kort", "aldermen": [{ "name": "Arno", "office": "" }], "moderation": "before" })).await;
    let view: PublicView = Caller::stranger(&server.base()).get("/sessions/kort").await.is(200).read();
    assert_eq!(view.session.phase, Phase::Announced);
    assert_eq!(view.session.moderation, Moderation::Before);
    assert_eq!(view.session.languages, [shared::Language::Nl, shared::Language::En]);
}
