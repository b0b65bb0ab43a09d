//! Choosing the question that another belongs under: the most alike first, found by typing.

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{QuestionId, Status, hashtag, sentences::common, views::ModeratorCard};

use super::{
    overlap::{ranked, telling_words},
    sheet::{Opened, Sheet},
    state::{Desk, Dialog},
};

/// How many candidates are listed; typing finds the others.
const LISTED: usize = 40;

/// The id of the field that one searches in.
const FIELD: &str = "desk-bundle-search";

/// The dialog.
#[component]
pub fn BundleSheet() -> impl IntoView {
    let desk = Desk::here();
    let bundling = Memo::new(move |_| match desk.dialog.get() {
        Some(Dialog::Bundle(id)) => Some(id),
        _ => None,
    });
    view! {
        <Sheet is_mine=|dialog| matches!(dialog, Dialog::Bundle(_)) id="desk-bundle" title=desk.say.bundle_title()>
            {move || bundling.get().map(|id| view! { <Picker id/> })}
        </Sheet>
    }
}

/// A field and a list in the pattern of a combobox with a listbox that is always open.
#[component]
fn Picker(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let words = desk.card_now(id).map(|card| card.card.text).unwrap_or_default();
    let search = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    // Ranked once: an order that changed under one's fingers would be worse than one a minute old.
    let order = StoredValue::new(desk.live.view.with_untracked(|view| {
        let candidates = view.questions.values().filter(|card| can_lead(card, id));
        ranked(
            &telling_words(&words),
            candidates.map(|card| (card.card.id, telling_words(&card.card.text), card.card.support)),
        )
    }));
    let found = Memo::new(move |_| {
        let wanted = search.with(|search| hashtag::fold(search));
        desk.live.view.with(|view| {
            let has_words = |lead: &QuestionId| {
                view.card(*lead).filter(|card| can_lead(card, id)).is_some_and(|card| {
                    let text = hashtag::fold(&card.card.text);
                    wanted.split_whitespace().all(|word| text.contains(word))
                })
            };
            order.with_value(|order| order.iter().copied().filter(has_words).take(LISTED).collect::<Vec<_>>())
        })
    });
    let chosen =
        Memo::new(move |_| found.with(|found| found.get(at.get().min(found.len().saturating_sub(1))).copied()));
    let option = |id: QuestionId| format!("lead-{id}");
    let keys = move |event: KeyboardEvent| {
        let last = found.with_untracked(|found| found.len().saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => chosen.get_untracked().into_iter().for_each(|into| desk.bundle(id, into)),
            _ => return,
        }
        event.prevent_default();
        chosen.get_untracked().into_iter().for_each(|id| super::dom::reveal(&option(id)));
    };
    view! {
        <Opened field=FIELD/>
        <blockquote class="desk-quote" dir="auto">{words}</blockquote>
        <label class="desk-field">
            <span>{say.bundle_search()}</span>
            <input
                id=FIELD
                type="text"
                role="combobox"
                autofocus
                autocomplete="off"
                dir="auto"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="desk-leads"
                aria-activedescendant=move || chosen.get().map(option)
                aria-describedby="desk-bundle-how"
                prop:value=search
                on:input:target=move |event| {
                    at.set(0);
                    search.set(event.target().value());
                }
                on:keydown=keys
            />
        </label>
        <p class="soft desk-hint" id="desk-bundle-how">{say.bundle_how()}</p>
        <div class="desk-leads" id="desk-leads" role="listbox" aria-label=say.bundle_title()>
            <For each=move || found.get() key=|id| *id let:lead>
                <div
                    class="desk-lead"
                    id=option(lead)
                    role="option"
                    aria-selected=move || if chosen.get() == Some(lead) { "true" } else { "false" }
                    on:click=move |_| desk.bundle(id, lead)
                >
                    <Lead id=lead/>
                </div>
            </For>
        </div>
        {move || found.with(Vec::is_empty).then(|| view! { <p class="soft" role="status">{say.bundle_none()}</p> })}
    }
    .into_any()
}

#[component]
fn Lead(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let lang = desk.say.0;
    let card = desk.card(id);
    move || {
        card.get().map(|card| {
            let card = card.card;
            let wordings = (!card.wordings.is_empty()).then(|| common::wordings(lang, card.wordings.len() as u64 + 1));
            view! {
                <b class="num desk-support">{lang.number(u64::from(card.support))}</b>
                <span dir="auto">{card.text}</span>
                <small class="soft">{[Some(common::status(lang, card.status).to_owned()), wordings].into_iter().flatten().collect::<Vec<_>>().join(", ")}</small>
            }
        })
    }
}

/// Whether a question can be bundled under this card.
fn can_lead(card: &ModeratorCard, id: QuestionId) -> bool {
    card.card.id != id
        && card.card.lead.is_none()
        && matches!(card.card.status, Status::Shown | Status::OnStage | Status::Answered)
}
