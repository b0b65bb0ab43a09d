//! The questions that come next, put in order by hand, by key or by button.

use leptos::{ev::DragEvent, prelude::*};
use shared::{QuestionId, sentences::common};

use super::{
    areas::Area,
    deeds::Deeds,
    dom,
    keys::{self, Facts},
    moves,
    pile::tab_stop,
    source::Elsewhere,
    state::Desk,
    twin::Nearest,
    wordings::Wordings,
};

/// The queue, numbered.
#[component]
pub fn Queue() -> impl IntoView {
    let desk = Desk::here();
    let order = desk.queue();
    let stop = tab_stop(desk, order);
    let dragged = RwSignal::new(None::<QuestionId>);
    view! {
        {move || order.with(Vec::is_empty).then(|| view! { <p class="desk-empty soft">{desk.say.queue_empty()}</p> })}
        <ol class="desk-queue" role="list">
            <For each=move || order.get() key=|id| *id let:id>
                <li><Row id order stop dragged/></li>
            </For>
        </ol>
    }
    .into_any()
}

#[component]
fn Row(
    id: QuestionId,
    order: Memo<Vec<QuestionId>>,
    stop: Memo<Option<QuestionId>>,
    dragged: RwSignal<Option<QuestionId>>,
) -> impl IntoView {
    let desk = Desk::here();
    let (say, lang) = (desk.say, desk.say.0);
    let card = desk.card(id);
    let work = desk.work(id);
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(work.busy.clone());
    let form = RwSignal::from(work.form.clone());
    let words =
        Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.card.text.clone()).unwrap_or_default()));
    let support = Memo::new(move |_| card.with(|card| card.as_ref().map_or(0, |card| u64::from(card.card.support))));
    let wordings =
        Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.card.wordings.clone()).unwrap_or_default()));
    let deeds = Memo::new(move |_| {
        let facts = card.with(|card| card.as_ref().map(|card| Facts::of(card, &Nearest::default())));
        keys::offered(Area::Queue, facts.unwrap_or_default())
    });
    let place =
        Memo::new(move |_| order.with(|order| order.iter().position(|known| *known == id).map_or(0, |at| at + 1)));
    let target = RwSignal::new(false);

    let drop_here = move |event: DragEvent| {
        event.prevent_default();
        target.set(false);
        if let Some(moving) = dragged.get_untracked()
            && let Some(order) = moves::dropped(&desk.queue_now(), moving, id)
        {
            desk.reorder(moving, order, "");
        }
        dragged.set(None);
    };
    let move_by = move |by: isize| {
        if let Some(order) = moves::moved(&desk.queue_now(), id, by) {
            desk.reorder(id, order, "");
            dom::focus_if_lost(id);
        }
    };
    let arrow = move |by: isize, sign: &'static str, label: &'static str| {
        let at_end = move || if by < 0 { place.get() == 1 } else { order.with(|order| place.get() == order.len()) };
        view! {
            <button
                type="button"
                class="btn quiet desk-deed desk-arrow"
                tabindex=move || if selected.get() { "0" } else { "-1" }
                title=label
                aria-label=move || say.about(label, &words.get())
                aria-disabled=move || at_end().then_some("true")
                on:click=move |_| move_by(by)
            >
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    view! {
        <article
            class="desk-row"
            class:is-target=target
            class:is-dragged=move || dragged.get() == Some(id)
            id=dom::card(id)
            tabindex=move || if stop.get() == Some(id) { "0" } else { "-1" }
            aria-labelledby=dom::words(id)
            aria-current=move || selected.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            draggable=move || if form.get().is_none() { "true" } else { "false" }
            on:focusin=move |_| desk.select(id)
            on:dragstart=move |event| {
                dom::carry(&event, id);
                dragged.set(Some(id));
            }
            on:dragend=move |_| dragged.set(None)
            on:dragover=move |event| {
                if dragged.get_untracked().is_some() {
                    event.prevent_default();
                    target.set(true);
                }
            }
            on:dragleave=move |_| target.set(false)
            on:drop=drop_here
        >
            <span class="num soft" aria-hidden="true">{place}</span>
            <p class="desk-words" id=dom::words(id) dir="auto">{words}</p>
            <b class="num desk-support" title=move || common::people(lang, support.get())>{move || lang.number(support.get())}</b>
            <div class="desk-row-more">
                <Elsewhere id card/>
                <Wordings lead=id wordings/>
                <Deeds id deeds/>
                <div class="desk-arrows">
                    {arrow(-1, "↑", say.earlier())}
                    {arrow(1, "↓", say.later())}
                </div>
            </div>
        </article>
    }
    .into_any()
}
