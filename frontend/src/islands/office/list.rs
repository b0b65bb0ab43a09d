//! What was sent to the departments: what is to be worked on, and folded away what is done.

use leptos::{ev::MouseEvent, prelude::*};
use shared::{QuestionId, Status, views::DeskCard};

use super::{
    due::Due,
    open::HEADING,
    order::{self, Piles},
    state::Office,
};
use crate::{
    browser,
    components::{Masked, StatusBadge},
};

/// The id of the link that opens a question.
pub fn link(id: QuestionId) -> String {
    format!("q-{id}")
}

/// The departments, and the questions of the chosen one.
#[component]
pub fn List() -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let piles = Memo::new(move |_| {
        office.department.with(|department| office.live.view.with(|view| order::piles(view, department)))
    });
    let open = Memo::new(move |_| piles.with(|Piles { open, .. }| open.clone()));
    let done = Memo::new(move |_| piles.with(|Piles { done, .. }| done.clone()));
    let nothing = Memo::new(move |_| piles.with(|piles| *piles == Piles::default()));
    let nothing_at_all = Memo::new(move |_| office.live.view.with(|view| order::departments(view).is_empty()));
    view! {
        <section class="office-list" aria-labelledby="office-list">
            <h2 id="office-list" class="sr">{say.questions()}</h2>
            <Departments/>
            {move || match (nothing_at_all.get(), nothing.get()) {
                (true, _) => Some(view! {
                    <div class="office-empty"><h3>{say.empty()}</h3><p class="soft">{say.empty_why()}</p></div>
                }.into_any()),
                (false, true) => Some(view! { <p class="office-empty soft">{say.empty_here()}</p> }.into_any()),
                (false, false) => None,
            }}
            <ol role="list">
                <For each=move || open.get() key=|id| *id let:id><Entry id/></For>
            </ol>
            {move || (!done.with(Vec::is_empty)).then(|| view! {
                <details class="office-done">
                    <summary>{say.done()}" "<span class="soft num">{say.how_many(done.with(Vec::len))}</span></summary>
                    <ol role="list">
                        <For each=move || done.get() key=|id| *id let:id><Entry id/></For>
                    </ol>
                </details>
            })}
        </section>
    }
}

/// Links to each department's list; without JavaScript they are addresses like any other.
#[component]
fn Departments() -> impl IntoView {
    let office = Office::here();
    let say = office.say;
    let all = Memo::new(move |_| office.live.view.with(order::departments));
    let choice = move |name: String, n: usize| {
        let label = if name.is_empty() { say.all_departments().to_owned() } else { name.clone() };
        let (mine, to) = (name.clone(), name.clone());
        let pick = move |event: MouseEvent| {
            if browser_takes(&event) {
                return;
            }
            event.prevent_default();
            office.lists(to.clone());
        };
        let current = move || {
            office.department.with(|now| if mine.is_empty() { now.is_empty() } else { order::same(now, &mine) })
        };
        view! {
            <li>
                <a
                    class="office-department"
                    href=move || office.address(&name, office.open.get())
                    aria-current=move || current().then_some("true")
                    on:click=pick
                >
                    <bdi>{label}</bdi>" "<span class="num">{say.how_many(n)}</span>
                </a>
            </li>
        }
    };
    move || {
        let all = all.get();
        (!all.is_empty()).then(|| {
            let sum = all.iter().map(|(_, n)| n).sum();
            let choices = std::iter::once((String::new(), sum)).chain(all).map(|(name, n)| choice(name, n));
            view! {
                <nav class="office-departments" aria-label=say.departments()>
                    <ul role="list">{choices.collect_view()}</ul>
                </nav>
            }
        })
    }
}

/// One question in the list: enough to know which, how urgent, and what lies there already.
#[component]
fn Entry(id: QuestionId) -> impl IntoView {
    let office = Office::here();
    let (say, lang) = (office.say, office.say.0);
    let card = office.card(id);
    let text = part(card, |card| card.card.text.clone());
    let routed = part(card, |card| card.routed.clone());
    let department = part(card, |card| card.routed.as_ref().map(|routed| routed.department.clone()));
    let status = part(card, |card| Some(card.card.status));
    let facts = part(card, |card| {
        (
            card.card.support,
            card.briefing.as_ref().is_some_and(|paper| !paper.text.is_empty()),
            card.proposal.as_ref().filter(|paper| !paper.text.is_empty()).map(|paper| paper.ready),
        )
    });
    let done = Memo::new(move |_| !matches!(status.get(), Some(Status::Waiting | Status::Shown | Status::OnStage)));
    let is_open = Memo::new(move |_| office.open.get() == Some(id));
    let is_new = Memo::new(move |_| office.fresh.with(|fresh| fresh.contains(&id)));
    let at_work = office.at_work_on(id);
    let press = move |event: MouseEvent| {
        if browser_takes(&event) {
            return;
        }
        event.prevent_default();
        office.opens(Some(id));
        browser::before_paint(|| browser::focus(HEADING));
    };
    let there = move || office.department.with(|department| office.address(department, Some(id)));
    view! {
        <li class="office-entry" class:is-open=move || is_open.get()>
            <p class="by num">
                <Due routed=routed.into() done/>
                <bdi>{move || department.get()}</bdi>
                {move || is_new.get().then(|| view! { <span class="badge">{say.newcomer()}</span> })}
                {move || status.get().filter(|status| *status != Status::Shown).map(|status| view! { <StatusBadge lang status/> })}
            </p>
            <a id=link(id) class="words" dir="auto" href=there aria-current=move || is_open.get().then_some("true") on:click=press>
                {move || view! { <Masked text=text.get() lang/> }}
            </a>
            <p class="by num">
                {move || {
                    let (support, ..) = facts.get();
                    (support > 0).then(|| view! { <span><b>{lang.number(support.into())}</b>" "{say.people(support.into())}</span> })
                }}
                {move || facts.get().1.then(|| view! { <span class="office-there">{say.has_briefing()}</span> })}
                {move || facts.get().2.map(|ready| if ready {
                    view! { <span class="office-there">{say.has_answer()}</span> }.into_any()
                } else {
                    view! { <span>{say.has_draft()}</span> }.into_any()
                })}
                {move || at_work.with(|names| say.writing(names)).map(|words| view! { <span class="office-writing">{words}</span> })}
            </p>
        </li>
    }
}

/// Whether a click asks for a new tab or window.
fn browser_takes(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key()
}

fn part<T: Default + PartialEq + Send + Sync + 'static>(
    card: Memo<Option<DeskCard>>,
    pick: impl Fn(&DeskCard) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| card.with(|card| card.as_ref().map(&pick)).unwrap_or_default())
}
