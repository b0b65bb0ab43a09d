//! The question that is open: its words in every wording, what the panel needs, and the papers.

use leptos::prelude::*;
use shared::{
    QuestionId, Status,
    sentences::common,
    views::{Answer, DeskCard},
};

use super::{
    claim,
    due::Due,
    paper::{Kind, Paper},
    state::Office,
    write::Write,
};
use crate::{
    browser,
    components::{AnswerBlock, Masked, StatusBadge},
};

/// The id of the open question's heading.
pub const HEADING: &str = "office-words";

/// The open question. What was written stays here when the question is called back meanwhile.
#[component]
pub fn Open(id: QuestionId) -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let now = office.card(id);
    // As it was last, for when it is called back while somebody writes.
    let last = RwSignal::new(now.get_untracked());
    Effect::new(move |_| {
        if let Some(card) = now.get() {
            last.set(Some(card));
        }
    });
    claim::hold(office, id);
    let papers = [Kind::Briefing, Kind::Proposal].map(|kind| Paper::new(office, id, kind));
    let card = Memo::new(move |_| now.get().or_else(|| last.get()));
    let known = Memo::new(move |_| card.with(Option::is_some));
    let called_back = Memo::new(move |_| now.with(|now| now.as_ref().is_none_or(|now| now.routed.is_none())));
    let back = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        office.opens(None);
        browser::before_paint(move || browser::focus(&super::list::link(id)));
    };
    let there = move || office.department.with(|department| office.address(department, None));
    view! {
        <article class="office-open" aria-labelledby=HEADING>
            <a class="office-back" href=there on:click=back>{say.back()}</a>
            {move || (called_back.get() && known.get()).then(|| view! { <p class="notice" role="status">{say.called_back()}</p> })}
            {move || if known.get() {
                view! { <Asked id card/> }.into_any()
            } else {
                view! { <h2 id=HEADING tabindex="-1">{say.gone()}</h2> }.into_any()
            }}
            {move || known.get().then(|| papers.map(|paper| view! { <Write paper/> }).collect_view())}
        </article>
    }
}

#[component]
fn Asked(id: QuestionId, card: Memo<Option<DeskCard>>) -> impl IntoView {
    let office = Office::here();
    let (say, lang) = (office.say, office.say.0);
    let text = part(card, |card| card.card.text.clone());
    let status = part(card, |card| Some(card.card.status));
    let support = part(card, |card| u64::from(card.card.support));
    let alderman = part(card, |card| card.alderman.clone());
    let routed = part(card, |card| card.routed.clone());
    let wordings = part(card, |card| card.card.wordings.clone());
    let answer: Memo<Option<Answer>> = part(card, |card| card.card.answer.clone());
    let done = Memo::new(move |_| !matches!(status.get(), Some(Status::Waiting | Status::Shown | Status::OnStage)));
    let at_work = office.at_work_on(id);
    let now = office.now.get_value();
    view! {
        <header class="office-asked">
            <p class="by num">
                {move || status.get().map(|status| view! { <StatusBadge lang status/> })}
                {move || alderman.get().map(|alderman| view! { <span class="chip">{say.for_alderman(&alderman)}</span> })}
                {move || (support.get() > 0).then(|| view! {
                    <span><b>{lang.number(support.get())}</b>" "{say.people(support.get())}</span>
                })}
                <Due routed=routed.into() done/>
            </p>
            <h2 id=HEADING class="office-words words" tabindex="-1" dir="auto">
                {move || view! { <Masked text=text.get() lang/> }}
            </h2>
            <p class="soft">{move || routed.get().map(|routed| office.now.with_value(|now| say.sent(&routed, now)))}</p>
            <p class="office-writing" role="status">{move || at_work.with(|names| say.writing(names))}</p>
        </header>
        {move || (!wordings.with(Vec::is_empty)).then(|| view! {
            <section class="office-wordings" aria-label=say.other_wordings()>
                <h3>{say.other_wordings()}" "<span class="soft num">{common::wordings(lang, wordings.with(Vec::len) as u64 + 1)}</span></h3>
                <ul role="list">
                    <For each=move || wordings.get() key=|id| *id let:id><Wording id/></For>
                </ul>
            </section>
        })}
        {move || {
            let now = now.clone();
            answer.get().map(|answer| view! {
                <section class="office-given">
                    <h3>{say.given()}</h3>
                    <AnswerBlock lang answer now/>
                </section>
            })
        }}
    }
}

#[component]
fn Wording(id: QuestionId) -> impl IntoView {
    let office = Office::here();
    let card = office.words(id);
    let text = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.text.clone())).unwrap_or_default());
    view! { <li dir="auto" class="words">{move || view! { <Masked text=text.get() lang=office.say.0/> }}</li> }
}

fn part<T: Default + PartialEq + Send + Sync + 'static>(
    card: Memo<Option<DeskCard>>,
    pick: impl Fn(&DeskCard) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| card.with(|card| card.as_ref().map(&pick)).unwrap_or_default())
}
