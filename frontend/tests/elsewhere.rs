//! Questions that were posts elsewhere first, as the server writes them for moderators and citizens.

#![cfg(feature = "ssr")]

#[expect(dead_code, reason = "each file of tests looks at a part of it")]
mod sample;

use samenspraak_frontend::pages::{self, DeskPage, QuestionPage};
use sample::{at, citizen_page, shell, view};
use shared::{
    Language, Phase, QuestionId, Source, Status,
    views::{ModeratorCard, ModeratorSession, ModeratorView, Post},
};

const LINK: &str = "https://mastodon.example/@fatima/113";

fn post() -> Post {
    Post {
        author: "@fatima@mastodon.example".to_owned(),
        link: Some(LINK.to_owned()),
        bot: false,
        warning: None,
        images: Vec::new(),
        written_at: at("13:50"),
        revision: None,
        answerable: true,
        tell: None,
        news: Vec::new(),
    }
}

/// The desk with question 2 waiting first, as `change` makes it; it is the one that is selected.
fn desk(lang: Language, change: impl FnOnce(&mut ModeratorCard)) -> String {
    let public = view();
    let mut questions: std::collections::BTreeMap<_, _> =
        public.questions.into_iter().map(|(id, card)| (id, ModeratorCard::untouched(card))).collect();
    let card = questions.get_mut(&QuestionId(2)).expect("it is in the sample");
    card.card.status = Status::Waiting;
    card.card.source = Source::Mastodon;
    card.card.link = Some(LINK.to_owned());
    card.post = Some(post());
    change(card);
    let mut public_session = public.session;
    public_session.queue.clear();
    let session = ModeratorSession { public: public_session, box_closed_by_hand: false, steps: Vec::new() };
    let view = ModeratorView { seq: 1, session, questions };
    pages::moderate(&shell(lang, "/FietsFan010/moderate"), DeskPage { view, me: "Jana".to_owned() })
}

fn with_post(change: impl FnOnce(&mut Post)) -> String {
    desk(Language::Nl, |card| change(card.post.as_mut().expect("it was a post")))
}

#[test]
fn a_card_tells_where_it_came_from_without_loading_anything_from_there() {
    let html = with_post(|post| {
        post.bot = true;
        post.warning = Some("Politiek".to_owned());
        post.images = vec!["https://files.mastodon.example/1.png".to_owned()];
    });
    let whence = html.split("desk-post").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a line about it");
    assert!(whence.contains("Mastodon") && whence.contains("@fatima@mastodon.example"), "{whence}");
    assert!(whence.contains(&format!("href=\"{LINK}\"")) && whence.contains("rel=\"noreferrer nofollow\""), "{whence}");
    assert!(whence.contains("programma") && whence.contains("geschreven 13.50 uur"), "{whence}");
    assert!(whence.contains("afbeelding 1") && !html.contains("<img"), "{whence}");
    assert!(html.contains("Waarschuwing van de schrijver") && html.contains("Politiek"));
}

#[test]
fn new_words_of_an_author_stand_beside_the_old_with_both_choices() {
    let html = with_post(|post| {
        post.revision = Some("Waarom is de fietsenstalling bij Centraal ’s avonds altijd vol? #stalling".to_owned());
    });
    let change = html.split("desk-diff").nth(1).and_then(|rest| rest.split("</p>").next()).expect("the difference");
    let words = |tag: &str| {
        let inside = change.split(&format!("<{tag}>")).nth(1).and_then(|rest| rest.split(&format!("</{tag}>")).next());
        inside.expect("a change").to_owned()
    };
    assert!(words("del").contains("ochtends") && words("del").contains("weg"), "{change}");
    assert!(words("ins").contains("avonds") && words("ins").contains("erbij"), "{change}");
    assert!(html.contains("aria-keyshortcuts=\"o\"") && html.contains("aria-keyshortcuts=\"p\""));
    assert!(html.contains("1 vraag is door de schrijver gewijzigd."), "nobody is told");
}

#[test]
fn it_is_chosen_what_an_author_hears_only_where_they_can_be_answered() {
    assert!(desk(Language::Nl, |_| ()).contains("Schrijver hoort"));
    assert!(!with_post(|post| post.answerable = false).contains("Schrijver hoort"));
}

#[test]
fn a_removed_post_says_who_removed_it_and_where() {
    let html = desk(Language::Nl, |card| card.card.status = Status::Withdrawn);
    assert!(html.contains("Door de schrijver verwijderd op Mastodon"));
    let html = desk(Language::Nl, |card| {
        card.card.status = Status::Withdrawn;
        card.post = None;
    });
    assert!(!html.contains("Door de schrijver verwijderd"), "its asker took it back here");
}

#[test]
fn a_question_page_leads_to_the_post_and_tells_that_hearts_do_not_count() {
    let page = |phase| {
        let mut card = view().questions[&QuestionId(2)].clone();
        card.source = Source::Mastodon;
        card.link = Some(LINK.to_owned());
        let mut session = view().session;
        session.phase = phase;
        let page = QuestionPage {
            session,
            card: Some(card),
            lead: None,
            wordings: Vec::new(),
            mine: None,
            gone: None,
            supports: false,
        };
        pages::question(&shell(Language::Nl, "/FietsFan010/q/x"), page)
    };
    let html = page(Phase::Live);
    assert!(html.contains(&format!("<a href=\"{LINK}\" rel=\"noreferrer nofollow\">van Mastodon</a>")));
    assert!(html.contains("Een ster of hartje op Mastodon telt hier niet mee."));
    assert!(html.contains("href=\"#support\"") && html.contains("id=\"support\""));
    assert!(!page(Phase::Closed).contains("href=\"#support\""), "there is nothing to press any more");
}

#[test]
fn the_list_leads_to_the_post_and_names_other_sources_without_a_link() {
    let mut page = citizen_page();
    let card = page.view.questions.get_mut(&QuestionId(3)).expect("it is in the sample");
    card.source = Source::Bluesky;
    card.link = Some("https://bsky.app/profile/vera.example/post/3k".to_owned());
    let html = pages::citizen(&shell(Language::En, "/FietsFan010"), page);
    assert!(html.contains("rel=\"noreferrer nofollow\">from Bluesky</a>"));
    assert!(html.contains("<span>from the hall</span>"));
}
