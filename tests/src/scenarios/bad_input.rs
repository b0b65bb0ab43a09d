//! The contract's table of bad input, row by row.

use reqwest::{
    Method,
    header::{CONTENT_TYPE, ORIGIN},
};
use serde_json::{Value, json};
use shared::{Reason, words};

use crate::harness::{Hall, Moderator, send, session};

/// Short enough for a name.
const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=a>\"'";

#[tokio::test]
async fn nothing_only_spaces_only_hashtags_and_too_much_are_refused() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    for text in ["", " ", "\n\t \u{a0}", "\u{200b}\u{200d}\u{feff}", "\u{202e}"] {
        citizen.tries_to_ask(text).await.refused(422, "empty");
    }
    citizen.tries_to_ask("#FietsFan010 #Zuid").await.refused(422, "only-hashtags");
    let problem = citizen.tries_to_ask(&"é".repeat(501)).await.refused(422, "too-long");
    assert_eq!(problem.refusal, shared::Refusal::TooLong { length: 501, max: 500 });
    citizen.tries_to_ask(&"👨‍👩‍👧".repeat(500)).await.is(201);
    let long_name = citizen
        .caller
        .post(
            "/sessions/FietsFan010/questions",
            json!({ "text": "Hoe heet ik?", "name": "x".repeat(words::MAX_NAME + 1) }),
        )
        .await;
    long_name.refused(422, "too-long");
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test]
async fn control_characters_overrides_and_stuffing_are_cleaned_away() {
    let hall = Hall::opens().await;
    for (typed, kept) in [
        ("Wat\u{7} is\u{1b}[31m dit\u{0}?", "Wat is[31m dit?"),
        ("Links \u{202e}sthcer\u{202c} \u{2066}om\u{2069}?", "Links sthcer om?"),
        ("Nul\u{200b}\u{200b}\u{200b} breed\u{2060}\u{feff}te?", "Nul breedte?"),
        ("Een\r\n\r\n\r\n\r\ntwee   drie?", "Een\n\ntwee drie?"),
    ] {
        let question = hall.shown(typed).await;
        assert_eq!(hall.view().await.card(question).expect("a public question").text, kept);
    }
    let stuffed = hall.shown(&format!("Za{}lgo?", "\u{301}".repeat(10_000))).await;
    let text = hall.view().await.card(stuffed).expect("a public question").text.clone();
    assert!(text.chars().count() < 20, "{}", text.chars().count());
}

#[tokio::test]
async fn a_body_of_a_megabyte_is_refused_everywhere() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Past dit?").await;
    let big = json!({ "text": "x".repeat(1_000_000), "reason": "offTopic" });
    let citizen = hall.citizen().await;
    citizen.caller.post("/sessions/FietsFan010/questions", big.clone()).await.refused(413, "too-large");
    hall.moderator.tries("edit", question, big.clone()).await.refused(413, "too-large");
    hall.panel.tries_to_answer(question, big.clone()).await.refused(413, "too-large");
    hall.organiser.tries_to_make(big).await.refused(413, "too-large");
    let long = "x".repeat(1_000_000);
    hall.visitor("nl").sends("/FietsFan010/ask", &[("text", &long), ("name", "")]).await.is(413);
    assert_eq!(hall.view().await.questions.len(), 1);
    assert!(hall.server.stop().await.success());
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let sent = async |body: &'static str, kind: &'static str| {
        send(citizen.caller.api(Method::POST, "/sessions/FietsFan010/questions").header(CONTENT_TYPE, kind).body(body))
            .await
    };
    for body in ["", "{", "null", "[]", "\"text\"", "{\"text\":1}", "{\"text\":null}", "{\"txt\":\"x\"}"] {
        let reply = sent(body, "application/json").await;
        assert!([400, 422].contains(&reply.status), "{body}: {reply:?}");
        assert_eq!(reply.header(CONTENT_TYPE), "application/problem+json", "{body}");
    }
    let form = sent("text=Een+formulier", "application/x-www-form-urlencoded").await;
    assert!([400, 415].contains(&form.status), "{form:?}");
    let latin =
        citizen.caller.api(Method::POST, "/sessions/FietsFan010/questions").header(CONTENT_TYPE, "application/json");
    assert_eq!(send(latin.body(b"{\"text\":\"caf\xe9?\"}".to_vec())).await.status, 400);
    let wrong = send(citizen.caller.api(Method::PATCH, "/sessions/FietsFan010")).await;
    assert_eq!(wrong.status, 405);
    assert!(hall.moderator.view().await.questions.is_empty());
}

#[tokio::test]
async fn html_in_every_field_is_shown_as_text() {
    let mut body = session("FietsFan010");
    for field in ["title", "introduction"] {
        body[field] = json!(format!("{field} {SCRIPT}"));
    }
    body["aldermen"] = json!([{ "name": format!("name {SCRIPT}"), "office": format!("office {SCRIPT}") }]);
    let hall = Hall::of(body).await;
    let citizen = hall.citizen().await;
    let first = citizen.asks_as(&format!("n {SCRIPT}"), &format!("first #Zuid {SCRIPT}")).await;
    hall.moderator.approves(first).await;
    let second = hall.shown(&format!("second {SCRIPT}")).await;
    hall.moderator.stages(first).await;
    hall.panel.answers(first, &format!("answer {SCRIPT}")).await;
    hall.moderator.stages(second).await;
    hall.panel.drafts(second, &format!("draft {SCRIPT}")).await.is(200);
    hall.moderator.puts_up(Some(&format!("banner {SCRIPT}"))).await.is(200);
    let visitor = hall.visitor("nl");
    visitor.sends("/FietsFan010/ask", &[("text", &format!("own {SCRIPT}")), ("name", SCRIPT)]).await.is(303);
    let declined = hall
        .moderator
        .view()
        .await
        .questions
        .values()
        .find(|card| card.card.text.starts_with("own"))
        .expect("a question")
        .card
        .id;
    hall.moderator.declines(declined, Reason::Other, Some(&format!("note {SCRIPT}"))).await;

    let link = |link: &str| link.strip_prefix(&hall.server.base()).expect("a link to this server").to_owned();
    visitor.opens(&link(&hall.made.links.moderator)).await.is(303);
    visitor.opens(&link(&hall.made.links.panel)).await.is(303);
    visitor.sends("/FietsFan010/name", &[("name", SCRIPT), ("back", "/FietsFan010/moderate")]).await;
    let paths = [
        "/",
        "/FietsFan010",
        "/FietsFan010?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/FietsFan010/wall",
        "/FietsFan010/moderate",
        "/FietsFan010/panel",
    ];
    for path in paths.into_iter().map(str::to_owned).chain([format!("/FietsFan010/q/{first}")]) {
        let page = visitor.page(&path).await;
        assert!(!page.contains("<script>alert"), "a script of somebody else's on {path}");
        assert!(!page.contains("<img src=x"), "a tag of somebody else's on {path}");
    }
    let refused = visitor
        .sends("/FietsFan010/ask", &[("text", &format!("{SCRIPT}{}", "x".repeat(500))), ("name", SCRIPT)])
        .await
        .is(422);
    assert!(!refused.text.contains("<script>alert") && !refused.text.contains("<img src=x"));
    assert!(refused.text.contains("&lt;script"), "the words stay, as text");
    let shown: Value = hall.stranger.get("/sessions/FietsFan010").await.is(200).json();
    assert!(shown.to_string().contains("<script>alert(1)</script>"), "the API gives the words as they were written");
}

#[tokio::test]
async fn api_writes_from_another_site_are_refused() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    for (caller, path, body) in [
        (&citizen.caller, "/sessions/FietsFan010/questions", json!({ "text": "Van elders?" })),
        (&hall.moderator.caller, "/sessions/FietsFan010/phase", json!({ "phase": "closed" })),
        (&hall.organiser.caller, "/sessions", session("Elders")),
        (&hall.stranger, "/participants", json!({})),
    ] {
        let reply = send(caller.api(Method::POST, path).header(ORIGIN, "https://evil.example").json(&body)).await;
        reply.refused(403, "cross-site");
        let reply = send(caller.api(Method::POST, path).header("sec-fetch-site", "cross-site").json(&body)).await;
        reply.refused(403, "cross-site");
    }
    assert!(hall.moderator.view().await.questions.is_empty());
}

#[tokio::test]
async fn who_guesses_keys_or_asks_without_end_must_wait() {
    let hall = Hall::on(crate::harness::Terms { limits: true, ..Default::default() }, session("FietsFan010")).await;
    let citizen = hall.citizen().await;
    let mut statuses = Vec::new();
    for n in 0..20 {
        statuses.push(citizen.tries_to_ask(&format!("Snelle vraag {n}?")).await);
    }
    assert!(statuses.iter().take(3).all(|reply| reply.status == 201), "a few at once are fine");
    let late = statuses.pop().expect("a reply");
    assert!(!late.header(reqwest::header::RETRY_AFTER).is_empty(), "{late:?}");
    late.refused(429, "too-fast");
    hall.citizen().await.asks("Ik mag wel?").await;

    let mut last = 0;
    for n in 0..100 {
        let guess = Moderator::with_key(&hall.stranger, "FietsFan010", &format!("guess-{n:040}"));
        last = guess.caller.get("/sessions/FietsFan010/moderation").await.status;
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429, "guessing keys is slowed down");
    hall.moderator.view().await;
}
