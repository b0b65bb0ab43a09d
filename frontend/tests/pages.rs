//! Pages as the server sends them: what hostile words become, what a strict content security policy
//! needs, and what works before, or without, any script.

#![cfg(feature = "ssr")]

mod sample;

use samenspraak_frontend::pages::{
    self, AccountForm, AccountFormPage, AccountPage, AccountTold, AccountWrong, AccountsPage, AskForm, NamePage,
    OfficePage, QuestionPage, SessionForm, SessionFormPage, WallPage,
};
use sample::{
    account, at, citizen_page, desk,
    every_page::{every_page, near_page, networks, office},
    markup::{assert_nothing_inline, tags},
    mine, shell, view,
};
use shared::{
    Language, Phase, QuestionId, Reason, Refusal, Role, Source,
    commands::{Channels, NewSession},
    views::{Alderman, Answer, Banner, Mine},
};

/// Closes whatever it stands in, and then does harm.
const HOSTILE: &str = r#"</textarea></title></p>"' onmouseover=alert(1) x='"><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;"#;

#[test]
fn no_page_has_anything_inline() {
    for lang in [Language::Nl, Language::En] {
        for (what, html) in every_page(lang) {
            assert_nothing_inline(what, &html);
        }
    }
}

#[test]
fn every_page_is_a_document_in_the_readers_language() {
    for lang in [Language::Nl, Language::En] {
        for (what, html) in every_page(lang) {
            assert!(
                html.starts_with(&format!("<!DOCTYPE html><html lang=\"{}\"", lang.tag())),
                "{what}: {}",
                &html[..80]
            );
            assert!(html.contains("name=\"viewport\""), "{what} would be tiny on a phone");
            assert!(
                html.contains("href=\"#content\"") && html.contains("id=\"content\""),
                "{what} cannot be skipped to"
            );
            assert_eq!(html.matches("<h1").count().max(1), 1, "{what} has more than one first heading");
        }
    }
}

#[test]
fn only_pages_with_an_island_load_scripts() {
    for (what, html) in every_page(Language::Nl) {
        let island = html.contains("<leptos-island");
        assert_eq!(html.contains("boot.js"), island, "{what}");
        let live = [
            "citizen",
            "wall",
            "embed",
            "office",
            "office with one open",
            "session page",
            "session page without accounts",
        ];
        assert_eq!(island, live.contains(&what), "{what}");
    }
}

#[test]
fn hostile_words_stay_words_in_every_field() {
    let hostile = || HOSTILE.to_owned();
    let mut page = citizen_page();
    let session = &mut page.view.session;
    session.title = hostile();
    session.introduction = hostile();
    session.aldermen = vec![Alderman { name: hostile(), office: hostile(), portrait: Some(hostile()) }];
    session.banner = Some(Banner { text: hostile(), at: at("14:00") });
    for card in page.view.questions.values_mut() {
        card.text = hostile();
        card.name = Some(hostile());
        card.topics = vec![hostile()];
        card.answer = Some(Answer { text: hostile(), spoken: false, by: hostile(), at: at("14:01"), corrected: true });
    }
    for card in &mut page.mine.questions {
        card.text = hostile();
        card.lead_text = Some(hostile());
        card.note = Some(hostile());
    }
    page.topic = Some(hostile());
    page.search = Some(hostile());
    page.form = AskForm { text: hostile(), name: hostile(), refusal: Some(Refusal::Empty) };
    let cards = page.view.clone();
    let own = page.mine.questions[0].clone();
    let place = shell(Language::Nl, &format!("/FietsFan010?q={HOSTILE}"));
    let question = QuestionPage {
        session: cards.session.clone(),
        card: cards.card(QuestionId(2)).cloned(),
        lead: cards.card(QuestionId(3)).cloned(),
        wordings: vec![cards.questions[&QuestionId(10)].clone()],
        mine: Some(own),
        gone: None,
        supports: true,
    };
    let wall =
        WallPage { view: cards, qr: "<svg></svg>".to_owned(), address: hostile(), embed: false, account: account() };
    let mut at_desk = desk();
    for card in at_desk.questions.values_mut() {
        card.card.text = hostile();
        card.alderman = Some(hostile());
        for paper in card.briefing.iter_mut().chain(&mut card.proposal) {
            paper.text = hostile();
            paper.by = hostile();
        }
        if let Some(routed) = &mut card.routed {
            routed.department = hostile();
            routed.by = hostile();
        }
    }
    let office = OfficePage { view: at_desk, me: hostile(), department: hostile(), question: Some(QuestionId(2)) };
    let mut near = near_page(HOSTILE);
    near.near[0].0.text = hostile();
    let name = NamePage { hashtag: "x".to_owned(), role: Role::Moderator, back: hostile(), refusal: None };
    for (what, html) in [
        ("citizen", pages::citizen(&place, page)),
        ("question", pages::question(&place, question)),
        ("wall", pages::wall(&place, wall)),
        ("name", pages::name(&place, name)),
        ("office", pages::office(&place, office)),
        ("near", pages::near(&place, near)),
    ] {
        assert!(!html.contains("<script>alert"), "{what} runs a stranger's script");
        assert!(!html.contains("<img src=x"), "{what} shows a stranger's picture");
        assert_eq!(html.matches("</title>").count(), 1, "{what} ends its title early");
        assert!(html.contains("&lt;script&gt;alert(1)"), "{what} lost the words");
        assert_nothing_inline(what, &html);
    }
}

#[test]
fn words_in_other_directions_find_their_own() {
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), citizen_page());
    let arabic = html.rfind("متى ستصبح").map(|at| &html[..at]).expect("the question is in the list");
    let tag = arabic.rfind("<h3").map(|at| &arabic[at..]).expect("in a heading");
    assert!(tag.contains("dir=\"auto\""), "{tag}");
    assert!(
        html.contains("<textarea")
            && tags(&html).iter().any(|tag| tag.starts_with("<textarea") && tag.contains("dir=\"auto\""))
    );
}

#[test]
fn a_citizen_needs_no_script() {
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), citizen_page());
    let id = QuestionId(3);
    for form in [
        "method=\"post\" action=\"/FietsFan010/ask\"".to_owned(),
        format!("method=\"post\" action=\"/FietsFan010/q/{id}/support\""),
        format!("method=\"post\" action=\"/FietsFan010/q/{}/withdraw\"", QuestionId(30)),
        "role=\"search\" method=\"get\" action=\"/FietsFan010\"".to_owned(),
    ] {
        assert!(html.contains(&form), "there is no {form}");
    }
    assert!(html.contains("href=\"/FietsFan010?sort=newest\""), "the other orders are no links");
    assert!(html.contains("href=\"/FietsFan010?sort=supported&amp;topic=school\""), "topics are no links");
}

#[test]
fn a_refused_question_comes_back_with_its_words_and_why() {
    let mut page = citizen_page();
    let text = "\nEen & twee </textarea>".to_owned();
    page.form =
        AskForm { text, name: "Jo".to_owned(), refusal: Some(Refusal::AlreadyAsked { question: QuestionId(30) }) };
    let html = pages::citizen(&shell(Language::En, "/FietsFan010"), page);
    assert!(html.contains(">\n\nEen &amp; twee &lt;/textarea></textarea>"), "the words are not in the box");
    assert!(html.contains("You asked this before.") && html.contains(&format!("href=\"#mine-{}\"", QuestionId(30))));
    assert!(tags(&html).iter().any(|tag| tag.starts_with("<textarea") && tag.contains("aria-invalid=\"true\"")));
    assert!(html.contains("value=\"Jo\""));
}

#[test]
fn after_closing_everything_is_there_to_read_and_nothing_to_press() {
    let mut page = citizen_page();
    page.view.session.phase = Phase::Closed;
    page.view.session.box_open = false;
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), page);
    assert!(html.contains("Deze sessie is voorbij."));
    assert!(html.contains("Kunnen fietsers vaker groen krijgen bij regen?"));
    assert!(!html.contains("/support\"") && !html.contains("/withdraw\""));
    assert!(tags(&html).iter().any(|tag| tag.contains("action=\"/FietsFan010/ask\"") && tag.contains("hidden")));
}

#[test]
fn one_hears_where_ones_questions_stand() {
    let mut page = citizen_page();
    page.mine = mine();
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), page);
    for words in [
        "Aangekomen. De moderatoren lezen uw vraag.",
        "Als eerste aan de beurt.",
        "Gebundeld met",
        "Niet getoond, omdat ze reclame is.",
        "Aanbiedingen horen hier niet.",
        "aria-label=\"stap 3 van 4\"",
    ] {
        assert!(html.contains(words), "it does not say: {words}");
    }
    let mut page = citizen_page();
    page.mine = Mine::default();
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), page);
    assert!(
        tags(&html).iter().any(|tag| tag.contains("id=\"mine\"") && tag.contains("hidden")),
        "an empty list is in sight"
    );
}

#[test]
fn the_desk_of_civil_servants_can_be_read_without_script() {
    let html = office(Language::Nl, "Mobiliteit", Some(QuestionId(2)));
    for words in [
        "12 minuten te laat",
        "nog 28 minuten",
        "Jana stuurde dit vandaag om 14.05 uur naar Mobiliteit",
        "Komen er meer plekken om je fiets te zetten bij CS?",
        "5.190 plekken, zie https://rotterdam.nl/stalling.",
        "In het najaar komen er 1.200 plekken bij.",
        "Om te schrijven is JavaScript nodig.",
    ] {
        assert!(html.contains(words), "it does not say: {words}");
    }
    let late = html.find("12 minuten te laat").expect("it is there");
    assert!(late < html.find("nog 28 minuten").expect("it is there"), "what is late is not on top");
    let elsewhere = format!("id=\"q-{}\"", QuestionId(4));
    assert!(!html.contains(&elsewhere), "another department's question is listed");
    let fields: Vec<_> = tags(&html).into_iter().filter(|tag| tag.starts_with("<textarea")).collect();
    assert!(fields.len() == 2 && fields.iter().all(|tag| tag.contains("readonly")), "{fields:?}");
    let link = format!("href=\"/FietsFan010/desk?department=Mobiliteit&amp;question={}\"", QuestionId(3));
    assert!(html.contains(&link), "a question cannot be opened without script");
}

#[test]
fn near_questions_are_plain_forms() {
    let near = near_page("").near;
    let place = shell(Language::Nl, "/FietsFan010/near?text=x");
    let html = pages::near_fragment(&place, "FietsFan010", &near);
    assert!(!html.contains("<html") && html.contains("Is dit uw vraag? Steun die dan"), "{html}");
    assert!(html.contains(&format!("action=\"/FietsFan010/q/{}/support\"", QuestionId(4))));
    assert!(html.contains("aria-pressed=\"true\"") && html.contains("aria-pressed=\"false\""));
    assert_eq!(pages::near_fragment(&place, "FietsFan010", &[]), "");
    let cards: Vec<_> = near.into_iter().map(|(card, _)| card).collect();
    let html = pages::near_arrived(&place, "FietsFan010", QuestionId(30), &cards);
    assert!(html.contains(&format!("name=\"instead\" value=\"{}\"", QuestionId(30))), "{html}");
    let mut page = citizen_page();
    page.arrived = Some(QuestionId(30));
    page.near = html;
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), page);
    assert!(html.contains("Steun die in plaats van de mijne"));
}

#[test]
fn the_account_of_moderation_tells_every_reason() {
    let html = pages::account(
        &shell(Language::Nl, "/FietsFan010/account"),
        AccountPage { session: view().session, account: account() },
    );
    for words in ["214", "38 seconden", "Stand van vandaag om 14.11 uur", "Wat zij niet mogen", "Reclame", "Kwetsend"] {
        assert!(html.contains(words), "it does not say: {words}");
    }
    assert!(!html.contains("Anders, namelijk"));
}

#[test]
fn a_question_that_was_answered_already_leads_to_the_answer() {
    let mut page = citizen_page();
    let declined = page.mine.questions.last_mut().expect("one is declined");
    declined.reason = Some(Reason::AlreadyAnswered);
    declined.answer = Some(shared::commands::Elsewhere { hashtag: "Fietsen2025".to_owned(), question: QuestionId(9) });
    let html = pages::citizen(&shell(Language::Nl, "/FietsFan010"), page);
    assert!(html.contains(&format!("href=\"/Fietsen2025/q/{}\"", QuestionId(9))));
}

#[test]
fn a_secret_is_in_no_form_and_hostile_words_about_accounts_stay_words() {
    let hostile = || HOSTILE.to_owned();
    let place = shell(Language::Nl, "/organise/accounts");
    let form = AccountForm {
        name: hostile(),
        server: hostile(),
        handle: hostile(),
        secret: "geheim-woord".to_owned(),
        hosts: hostile(),
        ..AccountForm::blank(Source::Bluesky)
    };
    let wrong = Some(AccountWrong::Refused(Refusal::Field { field: "hosts".to_owned() }));
    let page = AccountFormPage { source: Source::Bluesky, form, editing: None, inbox: hostile(), wrong };
    let form = pages::account_form(&place, page);
    assert!(!form.contains("geheim-woord"), "{form}");
    assert!(form.contains("“Jetstream-adressen”"), "{form}");
    let details = form.find("<details open").expect("what is wrong is in sight");
    let textarea = form.find("<textarea").expect("a field");
    assert!(details < textarea && tags(&form[textarea..])[0].contains("aria-invalid=\"true\""));

    let mut account = networks()[0].clone();
    account.handle = Some(hostile());
    let told = Some(AccountTold::Checked { name: "stad".to_owned(), outcome: Err(hostile()) });
    let list = pages::accounts(&place, AccountsPage { accounts: vec![account], told });
    let gone = Channels { accounts: vec![hostile()], news: Vec::new() };
    let written = SessionForm::write(&NewSession { introduction: hostile(), channels: gone, ..NewSession::default() });
    let page = SessionFormPage { form: written, editing: None, refusal: None, accounts: networks() };
    for (what, html) in [("form", form), ("list", list), ("session", pages::session_form(&place, page))] {
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{what} runs a stranger's script");
        assert!(html.contains("&lt;script&gt;alert(1)"), "{what} lost the words");
        assert_nothing_inline(what, &html);
    }
}
