//! The top of the desk: where the session stands, who is here, and what is not about one question.

use leptos::prelude::*;
use shared::{
    Act, Moment, Phase, Role,
    sentences::common,
    views::{Colleague, ModeratorSession},
};

use super::{
    areas::Area,
    light::{ChannelsButton, ChannelsItem},
    state::{Desk, Dialog},
};
use crate::{
    address,
    components::{LanguageSwitch, Tag},
};

/// It is told how long the longest waits when it waits longer than this, in milliseconds.
const LONG: i64 = 60_000;

/// The id of the search field.
pub const SEARCH: &str = "desk-search";

/// One line on a laptop, a few on a phone.
#[component]
pub fn Topbar(path: String) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let tag = desk.hashtag.get_value();
    view! {
        <header class="desk-top">
            <h1><Tag hashtag=tag.clone()/><span class="sr">" "{say.title()}</span></h1>
            <PhaseMenu/>
            <Counts/>
            <label class="desk-search">
                <span class="sr">{say.search_label()}</span>
                <input
                    id=SEARCH
                    type="search"
                    autocomplete="off"
                    dir="auto"
                    placeholder=say.search()
                    prop:value=move || desk.filter.with(|filter| filter.words.clone())
                    on:input:target=move |event| {
                        desk.filter.update(|filter| filter.words = event.target().value());
                        super::dom::to_top();
                    }
                />
                <kbd aria-hidden="true">"/"</kbd>
            </label>
            <button type="button" class="btn quiet desk-deed" aria-keyshortcuts="f"
                aria-expanded=move || if desk.filters_open.get() { "true" } else { "false" }
                on:click=move |_| desk.filters_open.update(|open| *open = !*open)>
                {say.filter()}<kbd aria-hidden="true">"F"</kbd>
            </button>
            <ChannelsButton/>
            <Faces/>
            <BoxSwitch/>
            <details class="desk-menu">
                <summary class="btn quiet desk-deed">{say.more()}</summary>
                <div class="desk-menu-in">
                    <button type="button" class="desk-item" on:click=move |_| {
                        super::dom::close_menus();
                        desk.dialog.set(Some(Dialog::Banner));
                    }>{say.banner()}</button>
                    <ChannelsItem/>
                    <a class="desk-item" target="_blank" href=address::wall(&tag)>{say.to_wall()}</a>
                    <a class="desk-item" target="_blank" href=address::session(&tag)>{say.to_citizens()}</a>
                    <LanguageSwitch lang=say.0 path/>
                </div>
            </details>
            <button type="button" class="btn quiet desk-deed desk-help-button" aria-label=say.help() title=say.help() on:click=move |_| desk.dialog.set(Some(Dialog::Help))>
                <kbd aria-hidden="true">"?"</kbd>
            </button>
        </header>
    }
    .into_any()
}

/// The phase, and where one may move it.
#[component]
fn PhaseMenu() -> impl IntoView {
    let desk = Desk::here();
    let (say, lang) = (desk.say, desk.say.0);
    let phase = Memo::new(move |_| desk.session.with(|session| session.public.phase));
    let words = move || {
        let since = desk.session.with(live_since);
        since.map_or_else(|| common::phase(lang, phase.get()).to_owned(), |at| say.live_since(&at))
    };
    let choices = Phase::ALL.iter().copied().map(|to| {
        view! {
            <button
                type="button"
                class="desk-item"
                aria-current=move || (phase.get() == to).then_some("true")
                on:click=move |_| {
                    super::dom::close_menus();
                    if phase.get_untracked() != to {
                        desk.move_phase(to);
                    }
                }
            >
                {common::phase(lang, to)}
            </button>
        }
    });
    view! {
        <details class="desk-menu">
            <summary class="desk-phase" class:is-live=move || phase.get() == Phase::Live title=say.phase_menu()>
                <span class="sr">{say.phase_menu()}": "</span>
                {words}
            </summary>
            <div class="desk-menu-in">
                <p class="soft">{say.move_phase()}</p>
                {choices.collect_view()}
            </div>
        </details>
    }
}

/// How many watch, asked and wait.
#[component]
fn Counts() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let viewers = Memo::new(move |_| u64::from(desk.presence.with(|presence| presence.viewers)));
    let first = desk.list(Area::Incoming, super::ranked::Ranked::first);
    let longest = Memo::new(move |_| {
        let asked = first.get().and_then(|id| desk.card_now(id)).map(|card| card.card.asked_at.millis())?;
        let waits = desk.clock.get() - asked;
        (waits >= LONG).then(|| say.longest(waits))
    });
    let waiting = desk.list(Area::Incoming, |pile| pile.total().all as u64);
    view! {
        <p class="soft num desk-counts">
            <span>{move || say.viewers(viewers.get())}</span>
            <span>{move || say.asked(desk.asked.get() as u64)}</span>
            <span>{move || say.waiting(waiting.get())}{move || longest.get().map(|longest| format!(", {longest}"))}</span>
        </p>
    }
}

/// Who is at the staff screens now, by their initials.
#[component]
fn Faces() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let here = Memo::new(move |_| {
        let here = desk.presence.with(|presence| presence.here.clone());
        if here.is_empty() { vec![Colleague { name: desk.me.get_value(), role: Role::Moderator }] } else { here }
    });
    let face = move |colleague: Colleague| {
        let role = match colleague.role {
            Role::Moderator => say.moderator(),
            Role::Panel => say.panel(),
            Role::Desk => say.departments(),
            Role::Organiser => say.organiser(),
        };
        let full = format!("{}, {role}", colleague.name);
        view! {
            <li class="desk-face" class:is-panel=colleague.role == Role::Panel title=full.clone()>
                <span aria-hidden="true">{initials(&colleague.name)}</span>
                <span class="sr">{full.clone()}</span>
            </li>
        }
    };
    view! { <ul class="desk-faces" role="list" aria-label=say.colleagues()>{move || here.get().into_iter().map(face).collect_view()}</ul> }
}

/// Opens and closes the question box.
#[component]
fn BoxSwitch() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let open = Memo::new(move |_| desk.session.with(|session| session.public.box_open));
    let by_hand = Memo::new(move |_| desk.session.with(|session| session.box_closed_by_hand));
    let words = move || match (open.get(), by_hand.get()) {
        (true, _) => say.box_open(),
        (false, true) => say.box_closed(),
        (false, false) => say.box_waits(),
    };
    view! {
        <button
            type="button"
            class="btn quiet desk-deed desk-box"
            role="switch"
            aria-checked=move || if by_hand.get() { "false" } else { "true" }
            aria-label=move || say.about(say.box_label(), words())
            on:click=move |_| desk.set_box(by_hand.get_untracked())
        >
            {words}
        </button>
    }
}

/// When the session went live, as far as the latest steps or the plan tell.
fn live_since(session: &ModeratorSession) -> Option<Moment> {
    if session.public.phase != Phase::Live {
        return None;
    }
    let moved = session.steps.iter().rev().find(|step| step.act == Act::MovedPhase && step.undone_by.is_none());
    moved.map(|step| step.at.clone()).or_else(|| session.public.starts.clone())
}

/// "Marja van den Berg" is MB.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Marja van den Berg"), "MB");
        assert_eq!(initials("élan"), "É");
        assert_eq!(initials(" "), "");
    }
}
