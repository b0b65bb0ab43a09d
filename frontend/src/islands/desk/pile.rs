//! A list of cards: incoming, shown, answered, declined.

use leptos::prelude::*;
use shared::QuestionId;

use super::{areas::Area, card::DeskCard, state::Desk};

/// How many cards a list makes at once; more on request, or when the selection goes there.
const AT_ONCE: usize = 100;

/// The cards of one area, with a calm sentence when there are none.
#[component]
pub fn Pile(area: Area, empty: &'static str) -> impl IntoView {
    let desk = Desk::here();
    let ids = desk.pile(area);
    let limit = RwSignal::new(AT_ONCE);
    let stop = tab_stop(desk, ids);
    let none = Memo::new(move |_| ids.with(Vec::is_empty));
    let hidden = Memo::new(move |_| ids.with(Vec::len).saturating_sub(limit.get()));
    Effect::new(move |_| {
        let at = desk.selected.get().and_then(|id| ids.with(|ids| ids.iter().position(|known| *known == id)));
        if let Some(at) = at
            && at >= limit.get_untracked()
        {
            limit.set(at + AT_ONCE / 2);
        }
    });
    view! {
        {move || none.get().then(|| {
            let sentence = if desk.search.with(String::is_empty) { empty } else { desk.say.nothing_found() };
            view! { <p class="desk-empty soft">{sentence}</p> }
        })}
        <ol class="desk-pile" role="list">
            <For each=move || ids.with(|ids| ids.iter().copied().take(limit.get()).collect::<Vec<_>>()) key=|id| *id let:id>
                <li><DeskCard id area stop/></li>
            </For>
        </ol>
        {move || (hidden.get() > 0).then(|| view! {
            <button type="button" class="btn quiet desk-more" on:click=move |_| limit.update(|limit| *limit += AT_ONCE)>
                {desk.say.show_more()}" ("{desk.say.0.number(hidden.get() as u64)}")"
            </button>
        })}
    }
    .into_any()
}

/// Where the Tab key stops in a list: at the selected card, else at the first.
pub fn tab_stop(desk: Desk, ids: Memo<Vec<QuestionId>>) -> Memo<Option<QuestionId>> {
    Memo::new(move |_| {
        let selected = desk.selected.get();
        ids.with(|ids| selected.filter(|id| ids.contains(id)).or_else(|| ids.first().copied()))
    })
}
