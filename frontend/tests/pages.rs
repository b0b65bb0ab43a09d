//! Pages as the server sends them: what hostile words become, what a strict content security policy
//! needs, and what works before, or without, any script.

#![cfg(feature = "ssr")]

mod sample;

use samenspraak_frontend::pages::{self, AskForm, DoorPage, HomePage, NamePage, QuestionPage, WallPage};
use sample::{at, citizen_page, mine, shell, view};
use shared::{
    Language, Phase, QuestionId, Reason, Refusal, Role,
    commands::SessionListed,
    views::{Alderman, Answer, Banner, Counts, Mine},
};

/// Closes whatever it stands in, and then does harm.
const HOSTILE: &str = r#"</textarea></title></p>"' onmouseover=alert(1) x='"><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;"#;

fn pages(lang: Language) -> Vec<(&'static str, String)> {
    let session = view().session;
    let card = |id| view().card(QuestionId(id)).cloned();
    let question = |card, gone, mine| QuestionPage {
        session: view().session,
        card,
        lead: None,
        wordings: Vec::new(),
        mine,
        gone,
        supports: false,
    };
    let listed = SessionListed {
        hashtag: session.hashtag.clone(),
        title: session.title.clone(),
        phase: Phase::Announced,
        aldermen: session.aldermen.clone(),
        opens: None,
        starts: Some(at("20:00")),
        ends: None,
        counts: Counts::default(),
    };
    let at_path = |path| shell(lang, path);
    let wall = |embed| WallPage {
        view: view(),
        qr: "<svg></svg>".to_owned(),
        address: "samen.example.nl/x".to_owned(),
        embed,
    };
    let name = NamePage {
        hashtag: "FietsFan010".to_owned(),
        role: Role::Panel,
        back: "/FietsFan010/panel".to_owned(),
        refusal: None,
    };
    let door = DoorPage { hashtag: None, role: Role::Organiser, wrong_key: true };
    vec![
        ("citizen", pages::citizen(&at_path("/FietsFan010"), citizen_page())),
        ("question", pages::question(&at_path("/FietsFan010/q/x"), question(card(2), None, None))),
        ("gone", pages::question(&at_path("/FietsFan010/q/x"), question(None, Some(Reason::Abusive), None))),
        ("wall", pages::wall(&at_path("/FietsFan010/wall"), wall(false))),
        ("embed", pages::wall(&at_path("/FietsFan010/wall?embed"), wall(true))),
        ("home", pages::home(&at_path("/"), HomePage { sessions: vec![listed] })),
        ("empty home", pages::home(&at_path("/"), HomePage { sessions: Vec::new() })),
        ("name", pages::name(&at_path("/FietsFan010/panel"), name)),
        ("door", pages::door(&at_path("/organise"), door)),
        ("problem", pages::problem(&at_path("/nergens"), &Refusal::NotFound)),
    ]
}

/// The opening tags of a page, without what is between them.
fn tags(html: &str) -> Vec<&str> {
    html.match_indices('<')
        .filter_map(|(start, _)| {
            let tag = &html[start..];
            let mut quoted = false;
            let end = tag.find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })?;
            Some(&tag[..=end])
        })
        .collect()
}

/// The names of a tag's attributes.
fn attributes(tag: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut quoted = false;
    let mut name = String::new();
    for c in tag.chars().skip_while(|c| !c.is_whitespace()) {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '=' | '>' => {
                names.push(std::mem::take(&mut name));
            }
            c if c.is_whitespace() => name.clear(),
            c => name.push(c.to_ascii_lowercase()),
        }
    }
    names
}

fn assert_nothing_inline(what: &str, html: &str) {
    assert!(!html.contains("<style"), "{what} has an inline style sheet");
    for tag in tags(html) {
        let names = attributes(tag);
        assert!(!names.iter().any(|name| name == "style" || name.starts_with("on")), "{what} has {tag}");
        assert!(!tag.starts_with("<script") || names.iter().any(|name| name == "src"), "{what} has {tag}");
    }
    let scripts = html.split("<script").skip(1);
    for script in scripts {
        assert!(
            script.split_once('>').is_some_and(|(_, rest)| rest.starts_with("</script>")),
            "{what} has a script inside"
        );
    }
}

#[test]
fn no_page_has_anything_inline() {
    for lang in [Language::Nl, Language::En] {
        for (what, html) in pages(lang) {
            assert_nothing_inline(what, &html);
        }
    }
}

#[test]
fn every_page_is_a_document_in_the_readers_language() {
    for lang in [Language::Nl, Language::En] {
        for (what, html) in pages(lang) {
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
    for (what, html) in pages(Language::Nl) {
        let island = html.contains("<leptos-island");
        assert_eq!(html.contains("boot.js"), island, "{what}");
        assert_eq!(island, ["citizen", "wall", "embed"].contains(&what), "{what}");
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
    let wall = WallPage { view: cards, qr: "<svg></svg>".to_owned(), address: hostile(), embed: false };
    let name = NamePage { hashtag: "x".to_owned(), role: Role::Moderator, back: hostile(), refusal: None };
    for (what, html) in [
        ("citizen", pages::citizen(&place, page)),
        ("question", pages::question(&place, question)),
        ("wall", pages::wall(&place, wall)),
        ("name", pages::name(&place, name)),
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
