//! The questions: in three orders, by topic and by search; live, without moving under a finger.

mod entry;
mod finder;
mod order;
mod stillness;

use leptos::prelude::*;
use shared::hashtag;

pub use entry::stand_behind;

use super::Here;
use crate::{
    Sort, address, browser,
    parts::{self, Look as _},
};
use order::Narrowed;

/// How many questions are shown at first, and how many more each time.
const PAGE: usize = 100;

/// What the reader chose to see.
#[derive(Clone, Copy)]
struct Choice {
    here: Here,
    sort: RwSignal<Sort>,
    narrowed: RwSignal<Narrowed>,
    limit: RwSignal<usize>,
}

impl Choice {
    fn address(self, sort: Sort) -> String {
        self.narrowed.look(|narrowed| address::list(&self.here.hashtag(), sort, &narrowed.topic, &narrowed.search))
    }

    /// Shows it in the address bar, so that a reload and a shared link show the same.
    fn made(self) {
        self.limit.set(PAGE);
        browser::show_address(&untrack(|| self.address(self.sort.get_untracked())));
    }
}

pub fn section(here: Here, sort: Sort, topic: Option<String>, search: Option<String>) -> impl IntoView {
    let narrowed = Narrowed { topic: topic.unwrap_or_default(), search: search.unwrap_or_default() };
    let choice =
        Choice { here, sort: RwSignal::new(sort), narrowed: RwSignal::new(narrowed), limit: RwSignal::new(PAGE) };
    let wanted = parts::fact(move || {
        let sort = choice.sort.get();
        choice.narrowed.look(|narrowed| here.live.view.look(|view| order::listed(view, sort, narrowed)))
    });
    let still = stillness::of(choice, wanted);
    let all = parts::fact(move || still.shown.look(Vec::len));
    let none = parts::fact(move || here.live.view.look(|view| view.questions.is_empty()));
    let page = move || still.shown.look(|ids| ids.iter().take(choice.limit.get()).copied().collect::<Vec<_>>());
    view! {
        <section class="list" id="list" aria-labelledby="list-title">
            <h2 class="sr" id="list-title">{here.say.questions()}</h2>
            <div class="finder" hidden=parts::flag(move || none.get())>
                {tabs(choice)}
                {finder::search(choice)}
                {finder::topics(choice)}
            </div>
            <p class="how-many soft num" hidden=parts::flag(move || all.get() == 0)>
                {parts::text(move || here.say.how_many(all.get().min(choice.limit.get()), all.get()))}
            </p>
            <div class="fresh">
                {parts::maybe(move || (still.fresh.get() > 0).then(|| view! {
                    <button class="btn" type="button" on:click=move |_| still.catch_up()>
                        {here.say.new_questions(still.fresh.get())}
                    </button>
                }))}
            </div>
            <ol
                class="questions"
                on:pointerenter=move |event| still.pointer(event.pointer_type() == "mouse")
                on:pointerleave=move |_| still.pointer(false)
                on:focusin=move |_| still.focus(true)
                on:focusout=move |_| still.focus(false)
            >
                {parts::questions(page, move |id| entry::question(here, id))}
            </ol>
            {parts::maybe(move || (all.get() == 0).then(|| nothing(choice)))}
            <p class="more" hidden=parts::flag(move || all.get() <= choice.limit.get())>
                <button class="btn quiet live-only" type="button" on:click=move |_| choice.limit.update(|limit| *limit += PAGE)>
                    {here.say.show_more()}
                </button>
            </p>
        </section>
    }
}

fn tabs(choice: Choice) -> impl IntoView {
    let say = choice.here.say;
    let tab = move |sort: Sort, words: &'static str| {
        view! {
            <a
                href=parts::text(move || choice.address(sort))
                aria-current=parts::mark(move || (choice.sort.get() == sort).then_some("page"))
                on:click=move |event| {
                    if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                        event.prevent_default();
                        choice.sort.set(sort);
                        choice.made();
                    }
                }
            >
                {words}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=say.order()>
            {tab(Sort::Supported, say.most_supported())}
            {tab(Sort::Newest, say.newest())}
            {tab(Sort::Answered, say.answered())}
        </nav>
    }
}

fn nothing(choice: Choice) -> impl IntoView {
    let here = choice.here;
    let say = here.say;
    let (topic, search) = choice.narrowed.look(|narrowed| (narrowed.topic.clone(), narrowed.search.clone()));
    let open = here.live.view.glance(|view| view.session.box_open);
    let words = if !search.is_empty() {
        say.nothing_found(&search)
    } else if !topic.is_empty() {
        say.nothing_found(&format!("#{topic}"))
    } else if choice.sort.get() == Sort::Answered {
        say.none_answered().to_owned()
    } else if open {
        format!("{} {}", say.none_yet(), say.first_is_yours())
    } else {
        say.none_yet().to_owned()
    };
    view! { <p class="empty">{words}</p> }
}

/// Whether a topic is the one the list is narrowed to.
fn is_chosen(narrowed: &Narrowed, topic: &str) -> bool {
    !narrowed.topic.is_empty() && hashtag::fold(&narrowed.topic) == hashtag::fold(topic)
}
