//! A question on the desk, with all that moderators know of it.

use leptos::prelude::*;
use shared::{
    QuestionId, Status,
    sentences::{common, times},
    views::{ModeratorCard, PublicCard},
};

use super::{areas::Area, deeds::Deeds, dom, keys, state::Desk, wordings::Wordings};

/// One card. It is made once and follows its question; `stop` says which card of its area the Tab
/// key stops at.
#[component]
pub fn DeskCard(id: QuestionId, area: Area, #[prop(into)] stop: Signal<Option<QuestionId>>) -> impl IntoView {
    let desk = Desk::here();
    let card = desk.card(id);
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let words = Memo::new(move |_| read(card, |card| card.card.text.clone()).unwrap_or_default());
    let wordings = Memo::new(move |_| read(card, |card| card.card.wordings.clone()).unwrap_or_default());
    let deeds = Memo::new(move |_| {
        let withdrawn = read(card, |card| card.card.status == Status::Withdrawn).unwrap_or(false);
        keys::offered(area, wordings.with(|wordings| !wordings.is_empty()), withdrawn)
    });
    view! {
        <article
            class="card desk-card"
            id=dom::card(id)
            tabindex=move || if stop.get() == Some(id) { "0" } else { "-1" }
            aria-labelledby=dom::words(id)
            aria-current=move || selected.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:focusin=move |_| desk.select(id)
        >
            <Origin card area/>
            <p class="desk-words" id=dom::words(id) dir="auto">{words}</p>
            <Beside card/>
            <Wordings lead=id wordings/>
            <Deeds id deeds/>
        </article>
    }
    .into_any()
}

/// Who asked, from where and when, how many support it, and who touched it last.
#[component]
fn Origin(card: Memo<Option<ModeratorCard>>, area: Area) -> impl IntoView {
    let desk = Desk::here();
    let (say, lang) = (desk.say, desk.say.0);
    let support = Memo::new(move |_| read(card, |card| card.card.support).unwrap_or(0));
    let facts = Memo::new(move |_| read(card, |card| facts(desk, &card.card)).unwrap_or_default());
    let name = Memo::new(move |_| read(card, |card| card.card.name.clone()).flatten());
    let edited = Memo::new(move |_| read(card, |card| card.card.edited).unwrap_or(false));
    let last = Memo::new(move |_| read(card, |card| card.changed_by.clone()).flatten());
    let counted = area != Area::Incoming;
    view! {
        <div class="by desk-by">
            {move || (counted || support.get() > 1).then(|| {
                let n = u64::from(support.get());
                view! { <b class="num desk-support" title=common::people(lang, n)>
                    <span aria-hidden="true">{lang.number(n)}</span>
                    <span class="sr">{common::people(lang, n)}</span>
                </b> }
            })}
            <b class="desk-name" dir="auto">{move || name.get().unwrap_or_else(|| say.nameless().to_owned())}</b>
            <span class="num">{move || facts.get()}</span>
            {move || edited.get().then(|| view! { <span class="chip">{common::edited(lang)}</span> })}
            {move || last.get().map(|by| view! { <span class="desk-last">{desk.me.with_value(|me| say.changed_by(&by, me))}</span> })}
        </div>
    }
}

/// Topics, the first words of an edited question, why it was declined, and its answer.
#[component]
fn Beside(card: Memo<Option<ModeratorCard>>) -> impl IntoView {
    let say = Desk::here().say;
    let topics = Memo::new(move |_| read(card, |card| card.card.topics.clone()).unwrap_or_default());
    let original = Memo::new(move |_| read(card, |card| card.original.clone()).flatten());
    let declined =
        Memo::new(move |_| read(card, |card| card.reason.map(|reason| (reason, card.note.clone()))).flatten());
    let answer = Memo::new(move |_| read(card, |card| card.card.answer.clone()).flatten());
    let withdrawn = Memo::new(move |_| read(card, |card| card.card.status == Status::Withdrawn).unwrap_or(false));
    view! {
        {move || original.get().map(|text| view! {
            <p class="desk-original"><b>{say.original()}</b>" "<span dir="auto">{text}</span></p>
        })}
        {move || (!topics.with(Vec::is_empty)).then(|| view! {
            <p class="desk-topics">{topics.get().into_iter().map(|topic| view! { <span class="chip" dir="auto">"#"{topic}</span> }).collect_view()}</p>
        })}
        {move || withdrawn.get().then(|| view! { <p class="desk-reason">{common::status(say.0, Status::Withdrawn)}</p> })}
        {move || declined.get().map(|(reason, note)| view! {
            <p class="desk-reason">{say.declined_because(reason)}{note.map(|note| view! { ": "<span dir="auto">{note}</span> })}</p>
        })}
        {move || answer.get().map(|answer| view! {
            <p class="desk-answer">
                <b>{answer.by}", "{times::short_clock(say.0, &answer.at)}</b>" "<span dir="auto">{answer.text}</span>
            </p>
        })}
    }
}

/// "web, 14.09 uur"
fn facts(desk: Desk, card: &PublicCard) -> String {
    let source = common::source(desk.say.0, card.source).unwrap_or_else(|| desk.say.web());
    desk.now.with_value(|now| format!("{source}, {}", times::stamp(desk.say.0, &card.asked_at, now)))
}

fn read<T>(card: Memo<Option<ModeratorCard>>, pick: impl FnOnce(&ModeratorCard) -> T) -> Option<T> {
    card.with(|card| card.as_ref().map(pick))
}
