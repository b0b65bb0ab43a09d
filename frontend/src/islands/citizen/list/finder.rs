//! Search and topics: forms and links that work by themselves, and narrow the list live.

use leptos::{ev::SubmitEvent, html::Input, prelude::*};

use super::{Choice, is_chosen, order};
use crate::{
    address, browser,
    parts::{self, Look as _},
};

/// Typing pauses this long before the list follows, in milliseconds.
const PAUSE: u32 = 200;
/// More topics than this are found by search.
const TOPICS: usize = 12;

pub fn search(choice: Choice) -> impl IntoView {
    let here = choice.here;
    let field = NodeRef::<Input>::new();
    let typed = StoredValue::new(0_u32);
    let follow = move || {
        let words = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let words = words.trim().to_owned();
        if choice.narrowed.glance(|narrowed| narrowed.search != words) {
            choice.narrowed.update(|narrowed| narrowed.search = words);
            choice.made();
        }
    };
    let input = move |_| {
        typed.update_value(|times| *times = times.wrapping_add(1));
        let mine = typed.get_value();
        browser::after(PAUSE, move || {
            if typed.get_value() == mine {
                follow();
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        follow();
    };
    // The first value only: after that the field is the reader's own.
    let first = choice.narrowed.glance(|narrowed| narrowed.search.clone());
    view! {
        <form class="search" role="search" method="get" action=address::session(&here.hashtag()) on:submit=submit>
            <input type="hidden" name="sort" value=parts::word(move || choice.sort.get().word()) />
            {parts::maybe(move || {
                let topic = choice.narrowed.look(|narrowed| narrowed.topic.clone());
                (!topic.is_empty()).then(|| view! { <input type="hidden" name="topic" value=topic /> })
            })}
            <input
                type="search"
                name="q"
                value=first
                dir="auto"
                aria-label=here.say.search()
                placeholder=here.say.search()
                autocomplete="off"
                enterkeyhint="search"
                node_ref=field
                on:input=input
            />
            <button class="btn quiet">{here.say.search_go()}</button>
        </form>
    }
}

pub fn topics(choice: Choice) -> impl IntoView {
    let here = choice.here;
    let names = parts::fact(move || {
        let mut names = here.live.view.look(order::topics);
        names.truncate(TOPICS);
        choice.narrowed.look(|narrowed| {
            if !narrowed.topic.is_empty() && !names.iter().any(|name| is_chosen(narrowed, name)) {
                names.insert(0, narrowed.topic.clone());
            }
        });
        names
    });
    parts::maybe(move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            view! {
                <nav class="topics" aria-label=here.say.topics()>
                    {parts::row(names.into_iter().map(|name| chip(choice, name)))}
                    {parts::maybe(move || choice.narrowed.look(|narrowed| !narrowed.topic.is_empty()).then(|| all(choice)))}
                </nav>
            }
        })
    })
}

fn chip(choice: Choice, name: String) -> impl IntoView {
    let words = format!("#{name}");
    let name = StoredValue::new(name);
    let there = parts::text(move || {
        let search = choice.narrowed.look(|narrowed| narrowed.search.clone());
        address::list(&choice.here.hashtag(), choice.sort.get(), &name.get_value(), &search)
    });
    let chosen = move || choice.narrowed.look(|narrowed| is_chosen(narrowed, &name.get_value()));
    view! {
        <a
            class="chip"
            href=there
            aria-current=parts::mark(move || chosen().then_some("true"))
            on:click=move |event| {
                event.prevent_default();
                narrow(choice, &name.get_value());
            }
        >
            <bdi>{words}</bdi>
        </a>
    }
}

fn all(choice: Choice) -> impl IntoView {
    let there = parts::text(move || address::list(&choice.here.hashtag(), choice.sort.get(), "", ""));
    view! {
        <a
            class="chip clear"
            href=there
            on:click=move |event| {
                event.prevent_default();
                narrow(choice, "");
            }
        >
            {choice.here.say.show_all()}
        </a>
    }
}

fn narrow(choice: Choice, topic: &str) {
    choice.narrowed.update(|narrowed| topic.clone_into(&mut narrowed.topic));
    choice.made();
}
