//! The other wordings in a bundle, each with a way out.

use leptos::prelude::*;
use shared::{QuestionId, sentences::common};

use super::{deeds::Refused, dom, source::Elsewhere, state::Desk};

/// The questions bundled under a lead, folded until one looks.
#[component]
pub fn Wordings(lead: QuestionId, wordings: Memo<Vec<QuestionId>>) -> impl IntoView {
    let desk = Desk::here();
    let selected = desk.is_selected(lead);
    let some = Memo::new(move |_| wordings.with(|wordings| !wordings.is_empty()));
    let count = move || common::wordings(desk.say.0, wordings.with(Vec::len) as u64 + 1);
    move || {
        some.get().then(|| {
            view! {
                <details class="desk-wordings" id=dom::wordings(lead)>
                    <summary tabindex=move || if selected.get() { "0" } else { "-1" }>{count}<kbd aria-hidden="true">"U"</kbd></summary>
                    <ul role="list">
                        <For each=move || wordings.get() key=|id| *id let:id>
                            <Wording id/>
                        </For>
                    </ul>
                </details>
            }
        })
    }
}

#[component]
fn Wording(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let card = desk.card(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let text = Memo::new(move |_| {
        card.with(|card| card.as_ref().map_or_else(|| say.wording_empty().to_owned(), |card| card.card.text.clone()))
    });
    let name = Memo::new(move |_| card.with(|card| card.as_ref().and_then(|card| card.card.name.clone())));
    view! {
        <li>
            <div>
                <p dir="auto">{text}</p>
                {move || name.get().map(|name| view! { <small class="soft" dir="auto">{name}</small> })}
                <Refused id/>
                <Elsewhere id card inside=true/>
            </div>
            <div class="desk-deeds">
            <button
                type="button"
                class="btn quiet desk-deed"
                aria-label=move || say.about(say.unbundle(), &text.get())
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| desk.unbundle(id)
            >
                {say.unbundle()}
            </button>
            <button
                type="button"
                class="btn quiet desk-deed"
                aria-label=move || say.about(say.make_lead(), &text.get())
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| desk.lead(id)
            >
                {say.make_lead()}
            </button>
            </div>
        </li>
    }
}
