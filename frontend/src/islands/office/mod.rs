//! The desk of civil servants: what was sent to the departments, by when, and a place to write what
//! the panel needs.

mod claim;
mod due;
mod list;
mod open;
mod order;
mod paper;
#[cfg(test)]
mod sample;
mod state;
mod verdict;
mod write;

use leptos::prelude::*;
use shared::{
    Audience, QuestionId, Role,
    sentences::{common, office::Office as Say},
    views::{DeskView, Mine},
};

use self::{list::List, open::Open, state::Office};
use crate::{
    Shell,
    components::{BannerLine, LanguageSwitch, StatusLine, Tag},
    live::{self, Connection},
};

/// The whole screen. `me` is the name that was given at the door; `department` and `question` come
/// from the address.
#[island]
pub fn DepartmentDesk(
    view: DeskView,
    me: String,
    department: String,
    question: Option<QuestionId>,
    shell: Shell,
) -> impl IntoView {
    let say = Say(shell.lang);
    let hashtag = view.session.public.hashtag.clone();
    let live = live::follow(&hashtag, Audience::Desk, view, Mine::default());
    let office = Office::new(say, live, me, &shell.now, department, question);
    office.remembers();
    office.greets_newcomers();
    provide_context(office);
    // Opening the same question again changes nothing.
    let open = Memo::new(move |_| office.open.get());
    let phase = move || common::phase(say.0, office.session.with(|session| session.public.phase));
    view! {
        <div class="office" class:has-open=move || office.open.get().is_some()>
            <header class="office-top">
                <h1><Tag hashtag/>" "<span class="office-title">{say.title()}</span></h1>
                <p class="soft">{phase}</p>
                <Colleagues/>
                <LanguageSwitch lang=shell.lang path=shell.path/>
            </header>
            <Notices/>
            <main class="office-main" id="content" tabindex="-1">
                <List/>
                <div class="office-work">
                    {move || match open.get() {
                        Some(id) => view! { <Open id/> }.into_any(),
                        None => view! { <Closed/> }.into_any(),
                    }}
                </div>
            </main>
            <StatusLine announcer=office.announcer/>
        </div>
    }
}

/// While no question is open.
#[component]
fn Closed() -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let any = Memo::new(move |_| office.live.view.with(|view| !view.questions.is_empty()));
    move || {
        any.get().then(|| {
            view! { <div class="office-closed"><h2>{say.choose()}</h2><p class="soft">{say.choose_why()}</p></div> }
        })
    }
}

/// Who else is at this desk now.
#[component]
fn Colleagues() -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let names = Memo::new(move |_| {
        let me = office.me.get_value();
        let mut names = vec![me.clone()];
        office.presence.with(|presence| {
            let others = presence.here.iter().filter(|colleague| colleague.role == Role::Desk && colleague.name != me);
            names.extend(others.map(|colleague| colleague.name.clone()));
        });
        names
    });
    view! {
        <ul class="office-colleagues" role="list" aria-label=say.colleagues()>
            {move || names.get().into_iter().map(|name| view! { <li dir="auto">{name}</li> }).collect_view()}
        </ul>
    }
}

#[component]
fn Notices() -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let door = office.hashtag.with_value(|hashtag| format!("/{hashtag}/desk"));
    let banner = Signal::derive(move || office.session.with(|session| session.public.banner.clone()));
    view! {
        <section class="office-notices" aria-label=say.notices()>
            <noscript><p class="panel-notice">{say.needs_javascript()}</p></noscript>
            {move || match office.live.connection.get() {
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
