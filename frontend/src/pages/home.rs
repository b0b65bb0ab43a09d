//! `/`: what is live, what comes, what was.

use leptos::prelude::*;
use shared::{
    Phase,
    commands::SessionListed,
    sentences::{common, front::Front},
};

use super::{Head, document};
use crate::{
    Shell, address,
    components::{LanguageSwitch, Tag},
};

/// What the front page shows.
pub struct HomePage {
    /// Every session that is not archived.
    pub sessions: Vec<SessionListed>,
}

/// The front page.
pub fn home(shell: &Shell, page: HomePage) -> String {
    let say = Front(shell.lang);
    let head = Head {
        title: say.name().to_owned(),
        description: say.what_it_is().to_owned(),
        class: "home",
        island: None,
        robots: true,
    };
    let empty = page.sessions.is_empty();
    let (past, rest): (Vec<_>, Vec<_>) =
        page.sessions.into_iter().partition(|session| matches!(session.phase, Phase::Closed | Phase::Archived));
    let (coming, now): (Vec<_>, Vec<_>) = rest.into_iter().partition(|session| session.phase == Phase::Announced);
    let body = view! {
        <header class="top">
            <h1>{say.name()}</h1>
            <LanguageSwitch lang=shell.lang path=shell.path.clone() />
            <p class="what">{say.what_it_is()}</p>
        </header>
        <main id="content" tabindex="-1">
            {empty.then(|| view! { <p class="empty">{say.nothing()}</p> })}
            {group(shell, say.now(), now)}
            {group(shell, say.coming(), in_time(coming))}
            {group(shell, say.past(), latest_first(past))}
        </main>
        <footer class="bottom"><a href="/organise">{say.for_organisers()}</a></footer>
    };
    document(shell, head, body)
}

fn in_time(mut sessions: Vec<SessionListed>) -> Vec<SessionListed> {
    // Sessions without a date come after those with one.
    sessions.sort_by_key(|session| {
        session.starts.as_ref().or(session.opens.as_ref()).map_or(i64::MAX, shared::Moment::millis)
    });
    sessions
}

fn latest_first(mut sessions: Vec<SessionListed>) -> Vec<SessionListed> {
    sessions.sort_by_key(|session| {
        std::cmp::Reverse(session.ends.as_ref().or(session.starts.as_ref()).map(shared::Moment::millis))
    });
    sessions
}

fn group(shell: &Shell, heading: &'static str, sessions: Vec<SessionListed>) -> Option<impl IntoView> {
    if sessions.is_empty() {
        return None;
    }
    let entries = sessions.into_iter().map(|session| entry(shell, session)).collect_view();
    Some(view! { <section><h2>{heading}</h2><ul class="sessions">{entries}</ul></section> })
}

fn entry(shell: &Shell, session: SessionListed) -> impl IntoView {
    let say = Front(shell.lang);
    let time = say.session_time(&session, &shell.now);
    let counts = (session.counts.asked > 0).then(|| say.session_counts(&session));
    let who = session.aldermen.iter().map(|alderman| alderman.name.clone()).collect::<Vec<_>>().join(", ");
    let there = address::session(&session.hashtag);
    let live = session.phase == Phase::Live;
    let phase = common::phase(shell.lang, session.phase);
    view! {
        <li>
            <a class="session" href=there>
                <span class="first">
                    <Tag hashtag=session.hashtag />
                    <span class="phase" class:live=live>{phase}</span>
                </span>
                <b class="title" dir="auto">{session.title}</b>
                <span class="by">
                    {time.map(|time| view! { <span>{time}</span> })} <bdi>{who}</bdi>
                    {counts.map(|counts| view! { <span class="num">{counts}</span> })}
                </span>
            </a>
        </li>
    }
}
