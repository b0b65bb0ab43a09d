//! The session screen of the aldermen: two seconds to glance, and a place to answer.

mod aside;
mod draft;
mod editor;
mod prepared;
mod question;
mod state;

use leptos::prelude::*;
use shared::{
    Audience,
    sentences::{common, panel::Panel as Say},
    views::{Mine, PanelView},
};

use self::{
    aside::{AnsweredList, Next},
    question::Question,
    state::Panel,
};
use crate::{
    Shell,
    components::{BannerLine, LanguageSwitch, StatusLine, Tag, aloud},
    live::{self, Connection},
};

/// The whole screen. `me` is the name that was given at the door.
#[island]
pub fn SessionPanel(view: PanelView, me: String, shell: Shell) -> impl IntoView {
    let say = Say(shell.lang);
    let hashtag = view.session.public.hashtag.clone();
    let live = live::follow(&hashtag, Audience::Panel, view, Mine::default());
    let panel = Panel::new(say, live, &me, &shell.now);
    panel.remember_speaker();
    provide_context(panel);
    announce(panel);
    let phase = move || common::phase(say.0, panel.session.with(|session| session.public.phase));
    view! {
        <div class="panel">
            <header class="panel-top">
                <p><Tag hashtag/>" "<span class="soft">{phase}</span></p>
                <p class="soft" dir="auto">{me}</p>
                <LanguageSwitch lang=shell.lang path=shell.path/>
            </header>
            <Notices/>
            <main class="panel-main" id="content">
                {move || match panel.on_stage.get() {
                    Some(id) => view! { <Question id/> }.into_any(),
                    None => view! { <Quiet/> }.into_any(),
                }}
            </main>
            <aside class="panel-aside" aria-label=say.next()>
                <Next/>
                <AnsweredList/>
            </aside>
            <StatusLine announcer=panel.announcer/>
        </div>
    }
}

/// While nothing is on stage.
#[component]
fn Quiet() -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let waiting = Memo::new(move |_| panel.session.with(|session| !session.public.queue.is_empty()));
    view! {
        <div class="panel-quiet">
            <h1>{say.quiet_title()}</h1>
            <p class="soft">{move || if waiting.get() { say.quiet_next() } else { say.quiet_empty() }}</p>
        </div>
    }
}

#[component]
fn Notices() -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let door = panel.hashtag.with_value(|hashtag| format!("/{hashtag}/panel"));
    let banner = Signal::derive(move || panel.session.with(|session| session.public.banner.clone()));
    view! {
        <section class="panel-notices" aria-label=say.notices()>
            <noscript><p class="panel-notice">{say.needs_javascript()}</p></noscript>
            {move || match panel.live.connection.get() {
                Connection::Away => Some(view! { <p class="panel-notice" role="status">{say.away()}</p> }.into_any()),
                Connection::KeyRenewed => Some(view! {
                    <p class="panel-notice" role="alert">{say.key_renewed()}" "<a href=door.clone()>{say.to_door()}</a></p>
                }.into_any()),
                Connection::Connecting | Connection::Live => None,
            }}
            <BannerLine banner/>
        </section>
    }
}

/// Tells those who do not see it that another question came on stage.
fn announce(panel: Panel) {
    Effect::new(move |before: Option<Option<shared::QuestionId>>| {
        let now = panel.on_stage.get();
        if let (Some(id), Some(before)) = (now, before)
            && before != now
        {
            let words = panel.live.view.with_untracked(|view| view.card(id).map(|card| card.card.text.clone()));
            panel.announcer.say(panel.say.announced(&aloud(&words.unwrap_or_default(), panel.say.0)));
        }
        now
    });
}
