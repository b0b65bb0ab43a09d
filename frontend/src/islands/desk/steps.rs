//! What everybody at the desk did lately, newest first, each with a way back.

use leptos::prelude::*;
use shared::{sentences::times, views::Step};

use super::state::Desk;

/// The steps that are still known, the latest first.
#[component]
pub fn Steps() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let ids = Memo::new(move |_| {
        desk.session.with(|session| session.steps.iter().rev().map(|step| step.id).collect::<Vec<_>>())
    });
    view! {
        {move || ids.with(Vec::is_empty).then(|| view! { <p class="desk-empty soft">{say.steps_empty()}</p> })}
        <ol class="desk-steps" role="list">
            <For each=move || ids.get() key=|id| *id let:id>
                <Row id/>
            </For>
        </ol>
    }
    .into_any()
}

#[component]
fn Row(id: u64) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let step =
        Memo::new(move |_| desk.session.with(|session| session.steps.iter().find(|step| step.id == id).cloned()));
    move || {
        step.get().map(|step| {
            let told = desk.me.with_value(|me| say.step(step.act, &step.by, me, step.many));
            let words = snippet(desk, &step);
            let undo = format!("{told} {}", words.clone().unwrap_or_default());
            let what = view! { {told.clone()}{words.map(|words| view! { " "<q dir="auto">{words}</q> })} };
            view! {
                <li>
                    <span class="num soft">{times::short_clock(say.0, &step.at)}</span>
                    {match step.undone_by {
                        Some(by) => view! {
                            <p><s>{what}</s>" "<span class="soft">{desk.me.with_value(|me| say.undone_by(&by, me))}</span></p>
                        }.into_any(),
                        None => view! {
                            <p>{what}</p>
                            <button
                                type="button"
                                class="btn quiet desk-deed"
                                aria-label=say.about(say.undo(), &undo)
                                aria-disabled=move || desk.is_undoing(id).then_some("true")
                                on:click=move |_| desk.undo(id)
                            >
                                {say.undo()}
                            </button>
                        }.into_any(),
                    }}
                </li>
            }
        })
    }
}

/// The first words of the question that a step was about.
pub fn snippet(desk: Desk, step: &Step) -> Option<String> {
    const WORDS: usize = 9;
    let card = step.question.and_then(|id| desk.card_now(id))?;
    let mut words = card.card.text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(WORDS).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    Some(format!("{}{more}", first.join(" ")))
}
