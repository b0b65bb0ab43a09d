//! Choosing the question that another belongs under: the most alike first, found by typing.

use std::collections::BTreeSet;

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{QuestionId, Status, commands::ManyDeed, hashtag, sentences::common, views::ModeratorCard};

use super::{
    areas::Area,
    overlap::{ranked, telling_words},
    sheet::{Opened, Sheet},
    sift::in_slices,
    state::{Desk, Dialog},
};

/// How many candidates are listed; typing finds the others.
const LISTED: usize = 40;

/// With more candidates than this they are not compared word by word, to be there at once.
const RANKED: usize = 400;

/// The id of the field that one searches in.
const FIELD: &str = "desk-bundle-search";

/// The dialog.
#[component]
pub fn BundleSheet() -> impl IntoView {
    let desk = Desk::here();
    let bundling = Memo::new(move |_| match desk.dialog.get() {
        Some(Dialog::Bundle(id)) => Some(vec![id]),
        Some(Dialog::BundlePicked) => Some(desk.picks.now()),
        _ => None,
    });
    view! {
        <Sheet is_mine=|dialog| matches!(dialog, Dialog::Bundle(_) | Dialog::BundlePicked) id="desk-bundle" title=desk.say.bundle_title()>
            {move || bundling.get().filter(|ids| !ids.is_empty()).map(|ids| view! { <Picker ids/> })}
        </Sheet>
    }
}

/// A field and a list in the pattern of a combobox with a listbox that is always open.
#[component]
fn Picker(ids: Vec<QuestionId>) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    // Of many, the question they belong under may be one of them.
    let (id, many) = (ids[0], ids.len() > 1);
    let choose = move |into: QuestionId| {
        if many {
            desk.dialog.set(None);
            desk.do_many(ManyDeed::Bundle { into });
        } else {
            desk.bundle(id, into);
        }
    };
    let words = desk.card_now(id).map(|card| card.card.text).unwrap_or_default();
    let search = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    // Ranked once: an order that changed under one's fingers would be worse than one a minute old.
    let order = StoredValue::new(if many {
        let mut leads = ids;
        leads.extend(candidates(desk, id, &words));
        let mut known = BTreeSet::new();
        leads.retain(|lead| known.insert(*lead));
        leads
    } else {
        candidates(desk, id, &words)
    });
    let found = RwSignal::new(Vec::new());
    let round = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let wanted: Vec<String> =
            search.with(|search| hashtag::fold(search).split_whitespace().map(str::to_owned).collect());
        round.update_value(|round| *round += 1);
        let mine = round.get_value();
        let matching = StoredValue::new(Vec::new());
        let each = move |lead: QuestionId| {
            let card = desk.card_now(lead).filter(|card| many || can_lead(card, id));
            let has_words = |text: &str| wanted.iter().all(|word| text.contains(word.as_str()));
            if card.is_some_and(|card| desk.with_folded(&card, has_words)) {
                matching.update_value(|matching| matching.push(lead));
            }
            round.get_value() == mine && matching.with_value(Vec::len) < LISTED
        };
        in_slices(order.get_value(), each, move || {
            if round.get_value() == mine {
                found.set(matching.get_value());
            }
        });
    });
    let chosen =
        Memo::new(move |_| found.with(|found| found.get(at.get().min(found.len().saturating_sub(1))).copied()));
    let option = |id: QuestionId| format!("lead-{id}");
    let keys = move |event: KeyboardEvent| {
        let last = found.with_untracked(|found| found.len().saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => chosen.get_untracked().into_iter().for_each(choose),
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
                    on:click=move |_| choose(lead)
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

/// The questions that this one may belong under, the likeliest first: those that the server found to
/// be near, then by the words they share; among very many the most supported.
fn candidates(desk: Desk, id: QuestionId, words: &str) -> Vec<QuestionId> {
    let near = desk.near_now(id).into_iter().filter(|near| near.elsewhere.is_none()).map(|near| near.question);
    let mut order: Vec<QuestionId> = near.collect();
    let areas = [Area::Stage, Area::Queue, Area::Shown, Area::Answered];
    let leads = desk.piles_now(|piles| areas.iter().flat_map(|area| piles.pile(*area).every()).collect::<Vec<_>>());
    if leads.len() > RANKED {
        order.extend(leads);
    } else {
        order.extend(desk.live.view.with_untracked(|view| {
            let cards = leads.into_iter().filter_map(|lead| view.card(lead)).filter(|card| can_lead(card, id));
            let known = |card: &ModeratorCard| (card.card.id, telling_words(&card.card.text), card.card.support);
            ranked(&telling_words(words), cards.map(known))
        }));
    }
    let mut known = BTreeSet::new();
    order.retain(|lead| known.insert(*lead));
    order
}

/// Whether a question can be bundled under this card.
fn can_lead(card: &ModeratorCard, id: QuestionId) -> bool {
    card.card.id != id
        && card.card.lead.is_none()
        && matches!(card.card.status, Status::Shown | Status::OnStage | Status::Answered)
}
