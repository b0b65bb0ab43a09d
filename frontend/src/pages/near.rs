//! Public questions near what somebody asks: a fragment under the box while they type, the same
//! beside the word that their question arrived, and a page for whoever asks for it by itself.

use leptos::prelude::*;
use shared::{
    QuestionId,
    sentences::{citizen::Citizen, common},
    views::{PublicCard, PublicSession},
};

use super::{Head, document};
use crate::{
    Shell, address,
    components::{LanguageSwitch, Tag, linked},
};

/// What the page of near questions shows.
pub struct NearPage {
    /// The session.
    pub session: PublicSession,
    /// What was asked.
    pub text: String,
    /// At most three, the nearest first, each with whether the reader stands behind it.
    pub near: Vec<(PublicCard, bool)>,
}

/// Under the box while somebody types; nothing when nothing is near.
pub fn near_fragment(shell: &Shell, hashtag: &str, near: &[(PublicCard, bool)]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let say = Citizen(shell.lang);
    view! {
        <h3 id="near-title">{say.near_title()}</h3>
        <ul role="list">{near.iter().map(|(card, supports)| row(shell, hashtag, card, Act::Support(*supports))).collect_view()}</ul>
    }
    .to_html()
}

/// Beside the word that a question arrived: each can be supported in its place, with one press.
pub fn near_arrived(shell: &Shell, hashtag: &str, mine: QuestionId, near: &[PublicCard]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let say = Citizen(shell.lang);
    view! {
        <h3>{say.near_arrived()}</h3>
        <p>{say.near_arrived_why()}</p>
        <ul role="list">{near.iter().map(|card| row(shell, hashtag, card, Act::InsteadOf(mine))).collect_view()}</ul>
    }
    .to_html()
}

/// The page at `/{hashtag}/near`.
pub fn near(shell: &Shell, page: NearPage) -> String {
    let say = Citizen(shell.lang);
    let NearPage { session, text, near } = page;
    let hashtag = session.hashtag;
    let head = Head {
        title: say.window_title(&hashtag, say.near_page()),
        description: session.title.clone(),
        class: "citizen one",
        island: None,
        robots: false,
    };
    let found = if near.is_empty() {
        view! { <p class="notice">{say.near_nothing()}</p> }.into_any()
    } else {
        let rows = near.iter().map(|(card, supports)| row(shell, &hashtag, card, Act::Support(*supports)));
        view! { <div class="near"><ul role="list">{rows.collect_view()}</ul></div> }.into_any()
    };
    let body = view! {
        <header class="top">
            <p class="name"><a href=address::session(&hashtag)><Tag hashtag=hashtag.clone() /></a></p>
            <LanguageSwitch lang=shell.lang path=shell.path.clone() />
            <p class="title" dir="auto">{session.title}</p>
        </header>
        <main id="content" tabindex="-1">
            <h1>{say.near_page()}</h1>
            <form class="near-search" method="get" action=format!("/{hashtag}/near") role="search">
                <label for="near-text">{say.what_to_ask()}</label>
                <input id="near-text" type="search" name="text" value=text dir="auto" autocomplete="off" />
                <button class="btn quiet">{say.near_search()}</button>
            </form>
            {found}
            <p><a class="btn quiet" href=address::session(&hashtag)>{say.follow_along()}</a></p>
        </main>
    };
    document(shell, head, body)
}

#[derive(Clone, Copy)]
enum Act {
    /// Stand behind it, or no longer, as the reader does already.
    Support(bool),
    /// Stand behind it and take one's own back.
    InsteadOf(QuestionId),
}

fn row(shell: &Shell, hashtag: &str, card: &PublicCard, act: Act) -> impl IntoView + use<> {
    let (lang, say) = (shell.lang, Citizen(shell.lang));
    let id = card.id;
    let (on, words) = match act {
        Act::Support(true) => ("0", say.supported_this()),
        Act::Support(false) => ("1", say.support_this()),
        Act::InsteadOf(_) => ("1", say.instead_of_mine()),
    };
    let pressed = match act {
        Act::Support(supports) => Some(supports.to_string()),
        Act::InsteadOf(_) => None,
    };
    let instead = match act {
        Act::InsteadOf(mine) => Some(view! { <input type="hidden" name="instead" value=mine.to_string() /> }),
        Act::Support(_) => None,
    };
    let people = (card.support > 0).then(|| common::people(lang, u64::from(card.support)));
    let answered = card.answer.is_some().then(|| {
        view! { <a href=address::question(hashtag, id)>{say.read_answer()}<span class="sr">": " {card.text.clone()}</span></a> }
    });
    let back = format!("{}#q-{id}", address::session(hashtag));
    view! {
        <li>
            <p class="words" id=format!("near-{id}") dir="auto">{linked(&card.text, hashtag, lang)}</p>
            <form method="post" action=address::act(hashtag, id, "support") data-question=id.to_string() data-on=on>
                <input type="hidden" name="on" value=on />
                <input type="hidden" name="back" value=back />
                {instead}
                <button class="btn quiet" id=format!("near-press-{id}") aria-pressed=pressed aria-describedby=format!("near-{id}")>{words}</button>
                <span class="soft num">{people}</span>
                {answered}
            </form>
        </li>
    }
}
