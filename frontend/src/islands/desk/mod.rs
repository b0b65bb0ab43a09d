//! The moderators' desk: what came in, what is shown, and what is on stage, side by side.

#![allow(
    clippy::large_types_passed_by_value,
    reason = "the desk is a bundle of handles that closures copy, as they do with a single signal"
)]

mod act;
mod alike;
mod announce;
mod areas;
mod banner;
mod bundle;
mod card;
mod channels;
mod conflict;
mod decline;
mod deeds;
mod diff;
mod dom;
mod edit;
pub mod elapsed;
mod facets;
mod filter;
mod filters;
mod flags;
mod focus;
mod follow;
mod groups;
mod hall;
mod help;
mod keys;
mod labels;
mod light;
mod listen;
mod moves;
mod order;
mod overlap;
mod paste;
mod picks;
mod pile;
mod piles;
mod queue;
mod ranked;
mod redact;
mod removed;
mod revision;
mod route;
#[cfg(test)]
mod sample;
mod send;
mod sheet;
mod sift;
mod sight;
mod source;
mod stage;
mod state;
mod steps;
mod swipe;
mod telling;
mod thumb;
mod toast;
mod together;
mod topbar;
mod twin;
mod undo;
mod window;
mod wordings;

use leptos::prelude::*;
use shared::{
    Audience, Method,
    sentences::desk::Desk as Say,
    views::{Mine, ModeratorView},
};

use self::{
    areas::Area,
    banner::{BannerForm, BannerNow},
    bundle::BundleSheet,
    channels::ChannelsSheet,
    facets::Offered,
    filters::Filters,
    groups::Groups,
    hall::Hall,
    help::Help,
    picks::PickedBar,
    pile::Pile,
    queue::Queue,
    removed::FromElsewhere,
    stage::Stage,
    state::{Desk, Dialog},
    steps::Steps,
    thumb::Thumb,
    toast::Toast,
    topbar::Topbar,
};
use crate::{
    Shell,
    components::StatusLine,
    live::{self, Connection},
};

/// The whole desk. `me` is the name of the moderator who looks at it.
#[island]
pub fn ModeratorsDesk(view: ModeratorView, me: String, shell: Shell) -> impl IntoView {
    let say = Say(shell.lang);
    let hashtag = view.session.public.hashtag.clone();
    let desk = Desk::new(say, live::follow(&hashtag, Audience::Moderator, view, Mine::default()), me, shell.now);
    provide_context(desk);
    listen::listen(desk);
    view! {
        <div class="desk" data-area=move || desk.area.get().word()>
            <Topbar path=shell.path/>
            <Filters/>
            <Notices/>
            <main class="desk-areas" id="content">
                <section class="desk-area" id="incoming" aria-labelledby="incoming-title">
                    <header class="desk-head">
                        <Heading area=Area::Incoming title=say.incoming()/>
                        <Proposed/>
                        <button type="button" class="btn quiet desk-deed" aria-keyshortcuts="h" on:click=move |_| desk.dialog.set(Some(Dialog::Hall))>
                            {say.hall()}<kbd aria-hidden="true">"H"</kbd>
                        </button>
                    </header>
                    <HowAlike/>
                    <Pile area=Area::Incoming empty=say.incoming_empty()/>
                </section>
                <section class="desk-area" id="shown" aria-labelledby="shown-title">
                    <header class="desk-head"><Heading area=Area::Shown title=say.shown()/></header>
                    <Pile area=Area::Shown empty=say.shown_empty()/>
                </section>
                <div class="desk-right">
                    <section class="desk-area" id="stage" aria-labelledby="stage-title">
                        <header class="desk-head"><h2 id="stage-title">{say.stage()}</h2></header>
                        <Stage/>
                        <header class="desk-head is-second"><Heading area=Area::Queue title=say.queue()/></header>
                        <Queue/>
                    </section>
                    <section class="desk-area" id="done" aria-labelledby="done-title">
                        <h2 class="sr" id="done-title">{say.done()}</h2>
                        <Fold area=Area::Answered title=say.answered()><Pile area=Area::Answered empty=say.answered_empty()/></Fold>
                        <Fold area=Area::Declined title=say.declined()><Pile area=Area::Declined empty=say.declined_empty()/></Fold>
                        <details class="desk-fold" open>
                            <summary><h2>{say.steps()}</h2></summary>
                            <Steps/>
                        </details>
                    </section>
                </div>
            </main>
            <Thumb/>
            <Tabs/>
            <PickedBar/>
            <Toast/>
            <Offered/>
            <Help/>
            <Groups/>
            <Hall/>
            <BannerForm/>
            <BundleSheet/>
            <ChannelsSheet/>
            <StatusLine announcer=desk.announcer/>
        </div>
    }
}

/// How it is found what means the same, when that is less, or by others, than one might think.
#[component]
fn HowAlike() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let note = move || match desk.alike.method.get() {
        Some(Method::Letters) => Some(say.only_letters()),
        Some(Method::Endpoint) => Some(say.with_endpoint()),
        Some(Method::Table) | None => None,
    };
    move || note().map(|note| view! { <p class="soft desk-method">{note}</p> })
}

/// The way to what seems to mean the same, when there is anything.
#[component]
fn Proposed() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    view! {
        {move || (desk.alike.groups.get() > 0).then(|| view! {
            <button type="button" class="btn quiet desk-deed" aria-keyshortcuts="g" on:click=move |_| desk.dialog.set(Some(Dialog::Groups))>
                {say.groups()}" "<span class="num">{move || say.0.number(u64::from(desk.alike.groups.get()))}</span><kbd aria-hidden="true">"G"</kbd>
            </button>
        })}
    }
}

/// An area's name and how much there is.
#[component]
fn Heading(area: Area, title: &'static str) -> impl IntoView {
    let desk = Desk::here();
    let found = desk.count(area);
    let count = move || {
        let n = found.get() as u64;
        if area == Area::Incoming { desk.say.waiting(n) } else { desk.say.0.number(n) }
    };
    view! { <h2 id=format!("{}-title", area.word())>{title}" "<span class="num">{count}</span></h2> }
}

/// A part that is folded away until one looks.
#[component]
fn Fold(area: Area, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <details class="desk-fold">
            <summary><Heading area title/></summary>
            {children()}
        </details>
    }
}

/// What everybody at the desk should know before acting: the connection, a refusal, the banner.
#[component]
fn Notices() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let door = format!("/{}/moderate", desk.hashtag.get_value());
    view! {
        <section class="desk-notices" aria-label=say.notices()>
            <noscript><p class="desk-strip is-warning">{say.needs_javascript()}</p></noscript>
            {move || match desk.live.connection.get() {
                Connection::Away => Some(view! { <p class="desk-strip is-warning" role="status">{say.away()}</p> }.into_any()),
                Connection::KeyRenewed => Some(view! {
                    <p class="desk-strip is-warning" role="alert">{say.key_renewed()}" "<a href=door.clone()>{say.to_door()}</a></p>
                }.into_any()),
                Connection::Connecting | Connection::Live => None,
            }}
            {move || desk.trouble.get().map(|sentence| view! {
                <div class="desk-strip is-warning">
                    <p role="alert">{sentence}</p>
                    <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.trouble.set(None)>{say.dismiss()}</button>
                </div>
            })}
            {move || desk.picks.left.get().map(|sentence| view! {
                <div class="desk-strip is-warning">
                    <p role="status">{sentence}</p>
                    <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.picks.left.set(None)>{say.dismiss()}</button>
                </div>
            })}
            <FromElsewhere/>
            <BannerNow/>
        </section>
    }
}

/// The areas as a phone shows them, one at a time, under the thumb.
#[component]
fn Tabs() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let tab = move |section: &'static str, areas: &'static [Area], title: &'static str| {
        let here = move || areas.contains(&desk.area.get());
        let counts: Vec<Memo<usize>> = areas.iter().map(|area| desk.count(*area)).collect();
        let count = move || counts.iter().map(Get::get).sum::<usize>();
        view! {
            <a
                href=format!("#{section}")
                aria-current=move || here().then_some("true")
                on:click=move |event| {
                    event.prevent_default();
                    desk.area.set(areas[0]);
                }
            >
                {title}" "<span class="num">{count}</span>
            </a>
        }
    };
    view! {
        <nav class="desk-tabs" aria-label=say.areas()>
            {tab("incoming", &[Area::Incoming], say.incoming())}
            {tab("shown", &[Area::Shown], say.shown())}
            {tab("stage", &[Area::Stage, Area::Queue], say.stage())}
            {tab("done", &[Area::Answered, Area::Declined], say.done())}
        </nav>
    }
}
