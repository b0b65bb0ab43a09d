//! Dutch or English, by the browser's language, with a switch that stays.

use reqwest::header::{ACCEPT_LANGUAGE, LOCATION};
use serde_json::json;
use shared::{Language, Refusal, problem::Problem, sentences::problems};

use crate::harness::Hall;

#[tokio::test]
async fn pages_speak_the_browser_s_language() {
    let hall = Hall::opens().await;
    for (header, lang) in
        [("nl", "nl"), ("en-GB,en;q=0.9", "en"), ("fr,en;q=0.3,nl;q=0.2", "en"), ("fr", "nl"), ("", "nl")]
    {
        for path in ["/", "/FietsFan010", "/FietsFan010/wall", "/Onbekend"] {
            let page = hall.visitor(header).opens(path).await.text;
            assert!(
                page.contains(&format!("<html lang=\"{lang}\"")),
                "{header} {path}: {}",
                &page[..page.len().min(300)]
            );
        }
    }
}

#[tokio::test]
async fn the_switch_stays_and_leaves_the_address() {
    let hall = Hall::opens().await;
    let visitor = hall.visitor("nl");
    assert!(visitor.page("/FietsFan010").await.contains("<html lang=\"nl\""));
    let reply = visitor.opens("/FietsFan010?sort=newest&lang=en").await.is(303);
    assert_eq!(reply.header(LOCATION), "/FietsFan010?sort=newest");
    assert!(visitor.follows(&reply).await.text.contains("<html lang=\"en\""));
    assert!(visitor.page("/").await.contains("<html lang=\"en\""), "it stays");
    let reply = visitor.opens("/?lang=nl").await.is(303);
    assert!(visitor.follows(&reply).await.text.contains("<html lang=\"nl\""));
    let reply = visitor.opens("//evil.example/?lang=en").await;
    assert!(reply.status != 303 || !reply.header(LOCATION).starts_with("//"), "{reply:?}");
}

#[tokio::test]
async fn problems_speak_the_caller_s_language() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    for (header, lang) in [("nl", Language::Nl), ("en", Language::En)] {
        let request = citizen.caller.api(reqwest::Method::POST, "/sessions/FietsFan010/questions");
        let reply = crate::harness::send(request.header(ACCEPT_LANGUAGE, header).json(&json!({ "text": "" }))).await;
        let problem: Problem = reply.refused(422, "empty");
        assert_eq!(problem.title, problems::title(lang, &Refusal::Empty));
        assert_eq!(problem.detail, problems::detail(lang, &Refusal::Empty));
    }
}
