//! Showing only some of the questions: what one can choose, and what is chosen.

use leptos::prelude::*;
use shared::{
    Language, Source,
    sentences::{common, sources::Sources, times},
};

use super::{
    filter::{Filter, WAITS},
    state::Desk,
};
use crate::browser;

/// The id of the part in which one chooses.
pub const FIRST: &str = "desk-filter-flagged";

impl Desk {
    /// Takes over what the address asks for, and keeps the address as what one looks for.
    pub fn keep_address(self) {
        Effect::new(move |before: Option<String>| {
            if before.is_none() {
                let asked = Filter::read(&browser::query());
                self.filters_open.set(!Filter { words: String::new(), ..asked.clone() }.is_empty());
                if !asked.is_empty() {
                    self.filter.set(asked);
                }
            }
            let query = self.filter.with(Filter::query);
            if before.is_some_and(|before| before != query) {
                let path = format!("/{}/moderate", self.hashtag.get_value());
                let address = if query.is_empty() { path } else { format!("{path}?{query}") };
                browser::show_address(&address);
            }
            query
        });
    }
}

/// One line under the top, when one wants it or anything is chosen.
#[component]
pub fn Filters() -> impl IntoView {
    let desk = Desk::here();
    let narrowed =
        Memo::new(move |_| desk.filter.with(|filter| !Filter { words: String::new(), ..filter.clone() }.is_empty()));
    let open = Memo::new(move |_| desk.filters_open.get() || narrowed.get());
    move || open.get().then(|| view! { <Choices narrowed/> })
}

#[component]
fn Choices(narrowed: Memo<bool>) -> impl IntoView {
    let desk = Desk::here();
    let (say, lang) = (desk.say, desk.say.0);
    let known = desk.facets.known;
    desk.learn_facets();
    let aldermen = desk.session.with_untracked(|session| {
        session.public.aldermen.iter().map(|alderman| alderman.name.clone()).collect::<Vec<_>>()
    });
    let sources = Source::ALL.iter().map(|source| {
        (source.word().to_owned(), common::source(lang, *source).unwrap_or_else(|| say.web()).to_owned())
    });
    let sources = StoredValue::new(sources.collect::<Vec<_>>());
    let several = aldermen.len() > 1;
    let aldermen = StoredValue::new(aldermen);
    view! {
        <section class="desk-filters" aria-label=say.filter_title()>
            <Toggle id=FIRST title=say.filter_flagged() get=|filter| filter.flagged set=|filter, on| filter.flagged = on/>
            <Toggle id="desk-filter-mine" title=say.filter_mine() get=|filter| filter.mine set=|filter, on| filter.mine = on/>
            <Toggle id="desk-filter-revised" title=Sources(lang).filter_revised() get=|filter| filter.revised set=|filter, on| filter.revised = on/>
            <Choice title=say.filter_waits() options=Signal::derive(move || waits(lang))
                get=|filter| filter.waits.map(|minutes| minutes.to_string())
                set=|filter, word| filter.waits = word.and_then(|word| word.parse().ok())/>
            <Choice title=say.filter_source() options=Signal::derive(move || sources.get_value())
                get=|filter| filter.source.map(|source| source.word().to_owned())
                set=|filter, word| filter.source = word.and_then(|word| Source::from_word(&word))/>
            <Choice title=say.filter_topic() options=Signal::derive(move || plain(&known.with(|known| known.topics.clone())))
                get=|filter| filter.topic.clone() set=|filter, word| filter.topic = word/>
            <Choice title=say.filter_label() options=Signal::derive(move || plain(&known.with(|known| known.labels.clone())))
                get=|filter| filter.label.clone() set=|filter, word| filter.label = word/>
            <Choice title=say.filter_language() options=Signal::derive(move || plain(&known.with(|known| known.languages.clone())))
                get=|filter| filter.language.clone() set=|filter, word| filter.language = word/>
            {several.then(|| view! {
                <Choice title=say.filter_alderman() options=Signal::derive(move || plain(&aldermen.get_value()))
                    get=|filter| filter.alderman.clone() set=|filter, word| filter.alderman = word/>
            })}
            {move || narrowed.get().then(|| view! {
                <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.look_for_all()>{say.filter_clear()}</button>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Toggle(
    id: &'static str,
    title: &'static str,
    get: fn(&Filter) -> bool,
    set: fn(&mut Filter, bool),
) -> impl IntoView {
    let desk = Desk::here();
    let on = Memo::new(move |_| desk.filter.with(get));
    view! {
        <button
            type="button"
            class="desk-chip"
            id=id
            aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| {
                let now = !on.get_untracked();
                desk.filter.update(|filter| set(filter, now));
            }
        >
            {title}
        </button>
    }
}

/// A list of words, with one for all. What is chosen is offered even when nothing has it.
#[component]
fn Choice(
    title: &'static str,
    options: Signal<Vec<(String, String)>>,
    get: fn(&Filter) -> Option<String>,
    set: fn(&mut Filter, Option<String>),
) -> impl IntoView {
    let desk = Desk::here();
    let chosen = Memo::new(move |_| desk.filter.with(get));
    let all = Memo::new(move |_| {
        let mut all = options.get();
        if let Some(chosen) = chosen.get()
            && !all.iter().any(|(value, _)| *value == chosen)
        {
            all.push((chosen.clone(), chosen));
        }
        all
    });
    move || {
        (!all.with(Vec::is_empty)).then(|| {
            let options = all.get().into_iter().map(|(value, word)| {
                let mine = value.clone();
                view! { <option value=value selected=move || chosen.get().as_ref() == Some(&mine)>{word}</option> }
            });
            view! {
                <label class="desk-chip" class:is-on=move || chosen.get().is_some()>
                    <span>{title}</span>
                    <select on:change:target=move |event| {
                        let word = Some(event.target().value()).filter(|word| !word.is_empty());
                        desk.filter.update(|filter| set(filter, word));
                    }>
                        <option value="" selected=move || chosen.get().is_none()>{desk.say.filter_any()}</option>
                        {options.collect_view()}
                    </select>
                </label>
            }
        })
    }
}

/// How long one can choose to have been waited, in minutes, with what it says.
fn waits(lang: Language) -> Vec<(String, String)> {
    WAITS.iter().map(|minutes| (minutes.to_string(), times::countdown(lang, i64::from(*minutes) * 60_000))).collect()
}

fn plain(words: &[String]) -> Vec<(String, String)> {
    words.iter().map(|word| (word.clone(), word.clone())).collect()
}
