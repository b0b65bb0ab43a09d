//! A citizen whose browser runs no scripts: pages, forms, cookies, redirects.

use reqwest::header::LOCATION;
use shared::{Phase, Reason, sentences::problems};

use crate::harness::{Hall, Visitor, eventually};

const PAGE: &str = "/FietsFan010";

/// Asks by form, and comes back to the page; gives the question's id.
async fn asks(visitor: &Visitor, text: &str) -> (String, String) {
    let reply = visitor.sends("/FietsFan010/ask", &[("text", text), ("name", "")]).await.is(303);
    let location = reply.header(LOCATION).to_owned();
    let id = location
        .split_once("asked=")
        .and_then(|(_, rest)| rest.split(['#', '&']).next())
        .expect("the question's id")
        .to_owned();
    assert!(location.ends_with("#mine"), "{location}");
    (id, visitor.follows(&reply).await.is(200).text)
}

/// What stands under "my questions".
fn mine(page: &str) -> &str {
    let start = page.find("id=\"mine\"").expect("a place for one's own questions");
    let rest = &page[start..];
    rest.find("</section>").map_or(rest, |end| &rest[..end])
}

#[tokio::test]
async fn a_question_asked_by_form_is_under_my_questions() {
    let hall = Hall::opens().await;
    let visitor = hall.visitor("nl");
    visitor.page(PAGE).await;
    let (id, page) = asks(&visitor, "Waarom is de stalling vol?").await;
    assert!(mine(&page).contains("Waarom is de stalling vol?"));
    assert!(!hall.visitor("nl").page(PAGE).await.contains("Waarom is de stalling vol?"), "nobody else sees it yet");

    let question = id.parse().expect("an id");
    hall.moderator.approves(question).await;
    assert!(hall.visitor("nl").page(PAGE).await.contains("Waarom is de stalling vol?"));
    hall.moderator.declines(question, Reason::Other, Some("Hier gaat het niet over.")).await;
    let page = visitor.page(PAGE).await;
    assert!(mine(&page).contains("Hier gaat het niet over."), "the asker reads why");
}

#[tokio::test]
async fn what_cannot_be_asked_keeps_its_words_and_says_why() {
    let hall = Hall::opens().await;
    for (language, lang) in
        [("nl-NL,nl;q=0.9", shared::Language::Nl), ("en-GB,en;q=0.9,nl;q=0.1", shared::Language::En)]
    {
        let visitor = hall.visitor(language);
        let sent = async |text: &str| visitor.sends("/FietsFan010/ask", &[("text", text), ("name", "Ali & co")]).await;
        let empty = sent("").await.is(422).text;
        assert!(empty.contains(&escaped(&problems::detail(lang, &shared::Refusal::Empty))), "{language}");
        let tags = sent("#FietsFan010 #Zuid").await.is(422).text;
        assert!(tags.contains(&escaped(&problems::detail(lang, &shared::Refusal::OnlyHashtags))), "{language}");
        assert!(tags.contains("#FietsFan010 #Zuid") && tags.contains("Ali &amp; co"), "the words stay");
        let long = format!("Lang {}?", "woord ".repeat(100));
        let page = sent(&long).await.is(422).text;
        assert!(page.contains(long.trim()), "the words stay");
        let length = shared::words::length(&long);
        assert!(
            page.contains(&escaped(&problems::detail(lang, &shared::Refusal::TooLong { length, max: 500 }))),
            "{language}"
        );
    }
    assert!(hall.moderator.view().await.questions.is_empty());
}

#[tokio::test]
async fn the_same_words_again_lead_to_what_is_there() {
    let hall = Hall::opens().await;
    let visitor = hall.visitor("nl");
    let (id, _) = asks(&visitor, "Waarom is de stalling vol?").await;
    let reply = visitor.sends("/FietsFan010/ask", &[("text", "waarom is de stalling vol"), ("name", "")]).await.is(409);
    assert!(
        reply.text.contains(&format!("/FietsFan010/q/{id}"))
            || reply.text.contains(&format!("#{id}"))
            || reply.text.contains("href=\"#mine\""),
        "a link to it"
    );
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test]
async fn words_stay_when_the_box_is_closed_or_one_is_too_fast() {
    let hall =
        Hall::on(crate::harness::Terms { limits: true, ..Default::default() }, crate::harness::session("FietsFan010"))
            .await;
    let visitor = hall.visitor("nl");
    visitor.page(PAGE).await;
    let late = eventually("asking too fast is refused", async || {
        let reply = visitor.sends("/FietsFan010/ask", &[("text", &words_of_now()), ("name", "")]).await;
        (reply.status != 303).then_some(reply)
    })
    .await;
    assert_eq!(late.status, 429);
    assert!(late.text.contains("Snelle vraag nummer"), "the words stay");
    assert!(!late.header(reqwest::header::RETRY_AFTER).is_empty());

    hall.organiser.moves("FietsFan010", Phase::Closed).await.is(200);
    let other = hall.visitor("nl");
    let reply = other.sends("/FietsFan010/ask", &[("text", "Te laat gevraagd?"), ("name", "")]).await.is(409);
    assert!(reply.text.contains("Te laat gevraagd?"), "the words stay");
    assert!(reply.text.contains(&escaped(&problems::detail(
        shared::Language::Nl,
        &shared::Refusal::BoxClosed { phase: Phase::Closed }
    ))));
}

#[tokio::test]
async fn support_goes_by_form_both_ways() {
    let hall = Hall::opens().await;
    let question = hall.shown("Steun zonder script?").await;
    let visitor = hall.visitor("nl");
    let page = visitor.page(PAGE).await;
    let form = format!("/FietsFan010/q/{question}/support");
    assert!(page.contains(&format!("action=\"{form}\"")), "a form to support with");
    let support = async || hall.view().await.card(question).expect("a public question").support;
    for (on, expected) in [("1", 1), ("1", 1), ("0", 0), ("1", 1)] {
        let reply = visitor.sends(&form, &[("on", on), ("back", PAGE)]).await.is(303);
        visitor.follows(&reply).await.is(200);
        assert_eq!(support().await, expected);
    }
    let reply = visitor.sends(&form, &[("on", "1"), ("back", "https://evil.example/")]).await.is(303);
    let location = reply.header(LOCATION);
    assert!(location.starts_with('/') && !location.starts_with("//"), "back leads to this site only: {location}");
    let reply = visitor.sends(&form, &[("on", "1"), ("back", "//evil.example/")]).await.is(303);
    let location = reply.header(LOCATION);
    assert!(location.starts_with('/') && !location.starts_with("//"), "back leads to this site only: {location}");
}

#[tokio::test]
async fn a_question_is_taken_back_by_form() {
    let hall = Hall::opens().await;
    let visitor = hall.visitor("nl");
    let (id, page) = asks(&visitor, "Toch maar niet?").await;
    let form = format!("/FietsFan010/q/{id}/withdraw");
    assert!(mine(&page).contains(&format!("action=\"{form}\"")));
    let reply = visitor.sends(&form, &[("back", PAGE)]).await.is(303);
    visitor.follows(&reply).await.is(200);
    hall.moderator.tries("approve", &id, serde_json::json!({})).await.is(409);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let hall = Hall::opens().await;
    let question = hall.shown("Van buiten gesteund?").await;
    let visitor = hall.visitor("nl");
    asks(&visitor, "Mijn eigen vraag?").await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        visitor.sends_from(origin, "/FietsFan010/ask", &[("text", "Van een andere site?"), ("name", "")]).await.is(403);
        visitor
            .sends_from(origin, &format!("/FietsFan010/q/{question}/support"), &[("on", "1"), ("back", PAGE)])
            .await
            .is(403);
        visitor.sends_from(origin, "/FietsFan010/name", &[("name", "Evil"), ("back", PAGE)]).await.is(403);
    }
    assert_eq!(hall.moderator.view().await.questions.len(), 2);
    assert_eq!(hall.view().await.card(question).expect("a public question").support, 0);
}

#[tokio::test]
async fn the_list_is_sorted_searched_and_filtered_by_address() {
    let hall = Hall::opens().await;
    hall.shown("Meer bomen in #Zuid?").await;
    let answered = hall.shown("Meer stallingen bij het #Station?").await;
    hall.moderator.stages(answered).await;
    hall.panel.answers(answered, "Tweehonderd erbij.").await;
    let visitor = hall.visitor("nl");
    let has = |page: &str| (page.contains("Meer bomen in"), page.contains("Tweehonderd erbij."));
    assert_eq!(has(&visitor.page("/FietsFan010?sort=supported").await), (true, true));
    assert!(visitor.page("/FietsFan010?sort=newest").await.contains("Meer bomen in"));
    assert!(has(&visitor.page("/FietsFan010?sort=answered").await).1);
    assert!(has(&visitor.page("/FietsFan010?topic=zuid").await).0);
    assert!(has(&visitor.page("/FietsFan010?q=BOMEN").await).0);
    let nothing = visitor.page("/FietsFan010?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(!nothing.contains("<script>alert"), "the search comes back as text");
    visitor.page("/FietsFan010?sort=nonsense&topic=&q=").await;
}

#[tokio::test]
async fn each_public_question_has_an_address_of_its_own() {
    let hall = Hall::opens().await;
    let question = hall.shown("Heb ik een eigen adres?").await;
    let visitor = hall.visitor("nl");
    assert!(visitor.page(&format!("/FietsFan010/q/{question}")).await.contains("Heb ik een eigen adres?"));
    assert!(visitor.page("/FietsFan010/wall").await.contains("FietsFan010"));
    assert!(visitor.page("/FietsFan010/wall?embed").await.contains("FietsFan010"));
    assert!(visitor.page("/").await.contains("FietsFan010"));
    hall.moderator.declines(question, Reason::OffTopic, None).await;
    let gone = visitor.opens(&format!("/FietsFan010/q/{question}")).await.is(410);
    assert!(!gone.text.contains("Heb ik een eigen adres?"), "its words are gone too");
}

/// Words nobody has asked yet.
fn words_of_now() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static ASKED: AtomicU32 = AtomicU32::new(0);
    format!("Snelle vraag nummer {}?", ASKED.fetch_add(1, Ordering::Relaxed))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[tokio::test]
async fn what_is_near_ones_question_can_be_supported_in_its_place() {
    let hall = Hall::opens().await;
    let there = hall.shown("Waarom is de fietsenstalling bij Centraal altijd vol?").await;
    let far = hall.shown("Wie snoeit de bomen in het park?").await;
    let hidden = hall.citizen().await.asks("Waarom is de fietsenstalling bij Centraal steeds zo vol?").await;
    let visitor = hall.visitor("nl");
    let words = "Waarom is de fietsenstalling bij Centraal vol?";
    eventually("it is known what is near", async || {
        let page =
            visitor.opens("/FietsFan010/near?text=Waarom+is+de+fietsenstalling+bij+Centraal+vol%3F").await.is(200).text;
        assert!(!page.contains(&far.to_string()) && !page.contains(&hidden.to_string()), "{page}");
        (page.contains("<html") && page.contains(&there.to_string())).then_some(())
    })
    .await;
    let (mine, page) = asks(&visitor, words).await;
    let field = format!("name=\"instead\" value=\"{mine}\"");
    assert!(page.contains(&field), "it is not offered");
    let form = [("on", "1"), ("back", "/FietsFan010"), ("instead", mine.as_str())];
    let reply = visitor.sends(&format!("/FietsFan010/q/{there}/support"), &form).await.is(303);
    let page = visitor.follows(&reply).await.is(200).text;
    assert!(self::mine(&page).contains("U hebt deze vraag ingetrokken."), "{page}");
    let view = hall.moderator.view().await;
    assert_eq!(view.questions[&there].card.support, 1);
    assert_eq!(view.questions[&mine.parse().expect("an id")].card.status, shared::Status::Withdrawn);
}

#[tokio::test]
async fn nobody_takes_back_a_question_of_somebody_else_by_supporting_another() {
    let hall = Hall::opens().await;
    let (there, others) = (hall.shown("Waarom?").await, hall.shown("Hoe dan?").await);
    let form = [("on", "1"), ("instead", &others.to_string())];
    let reply = hall.visitor("nl").sends(&format!("/FietsFan010/q/{there}/support"), &form).await;
    assert!(reply.status == 403 || reply.status == 404, "{}", reply.status);
    let view = hall.moderator.view().await;
    assert_eq!(view.questions[&others].card.status, shared::Status::Shown);
    assert_eq!(view.questions[&there].card.support, 0, "nor is the other supported then");
}

#[tokio::test]
async fn the_desk_of_civil_servants_opens_with_its_key_and_asks_for_a_name() {
    let hall = Hall::opens().await;
    let question = hall.shown("Wanneer wordt de Maasboulevard breder?").await;
    let body = serde_json::json!({ "department": "Stadsbeheer" });
    hall.moderator.sets("department", question, body).await.is(200);
    let visitor = hall.visitor("nl");
    assert_eq!(visitor.opens("/FietsFan010/desk").await.status, 401);
    let key = format!("/FietsFan010/desk?key={}", hall.made.keys.desk);
    let reply = visitor.opens(&key).await.is(303);
    assert!(visitor.follows(&reply).await.is(200).text.contains("Hoe mogen collega’s u noemen?"));
    let form = [("name", "Sanne"), ("back", "/FietsFan010/desk")];
    let reply = visitor.sends("/FietsFan010/name", &form).await.is(303);
    assert_eq!(reply.header(LOCATION), "/FietsFan010/desk");
    let page = visitor.page("/FietsFan010/desk?department=stadsbeheer").await;
    assert!(page.contains("Sanne") && page.contains("Wanneer wordt de Maasboulevard breder?"));
    assert!(page.contains("Om te schrijven is JavaScript nodig."));
}

#[tokio::test]
async fn what_moderators_did_is_a_page_for_everybody() {
    let hall = Hall::opens().await;
    assert!(hall.visitor("nl").page("/FietsFan010/account").await.contains("Er is nog niets beoordeeld."));
    assert!(hall.visitor("en").page("/FietsFan010/account").await.contains("What they may not do"));
}
