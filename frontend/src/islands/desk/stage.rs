//! What is being answered now.

use leptos::prelude::*;
use shared::{
    Act, QuestionId,
    sentences::{common, times},
    views::{ModeratorCard, ModeratorSession},
};

use super::{
    areas::Area,
    deeds::Deeds,
    dom,
    elapsed::Elapsed,
    keys::{self, Deed, Facts},
    source::Elsewhere,
    state::Desk,
    twin::Nearest,
    wordings::Wordings,
};

/// The question on stage, or how to put one there.
#[component]
pub fn Stage() -> impl IntoView {
    let desk = Desk::here();
    let staged = desk.pile(Area::Stage);
    let on_stage = Memo::new(move |_| staged.with(|staged| staged.first().copied()));
    move || match on_stage.get() {
        Some(id) => view! { <Staged id/> }.into_any(),
        None => view! { <Vacant/> }.into_any(),
    }
}

#[component]
fn Vacant() -> impl IntoView {
    let desk = Desk::here();
    let queue = desk.queue();
    view! {
        <div class="desk-vacant">
            <p class="soft">{desk.say.stage_empty()}</p>
            {move || (!queue.with(Vec::is_empty)).then(|| view! {
                <button type="button" class="btn desk-deed" aria-keyshortcuts=Deed::Next.key() on:click=move |_| desk.next()>
                    {desk.say.next()}<kbd aria-hidden="true">"N"</kbd>
                </button>
            })}
        </div>
    }
}

#[component]
fn Staged(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let lang = desk.say.0;
    let card = desk.card(id);
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let words = Memo::new(move |_| read(card, |card| card.card.text.clone()).unwrap_or_default());
    let wordings = Memo::new(move |_| read(card, |card| card.card.wordings.clone()).unwrap_or_default());
    let answer = Memo::new(move |_| read(card, |card| card.card.answer.clone()).flatten());
    let people = move || {
        let support = read(card, |card| u64::from(card.card.support)).filter(|support| *support > 0);
        support.map(|support| common::people(lang, support))
    };
    let since = Memo::new(move |_| desk.session.with(|session| since(session, id)));
    let deeds = Memo::new(move |_| {
        let facts = read(card, |card| Facts::of(card, &Nearest::default()));
        keys::offered(Area::Stage, facts.unwrap_or_default())
    });
    view! {
        <article
            class="desk-onstage"
            id=dom::card(id)
            tabindex="0"
            aria-labelledby=dom::words(id)
            aria-current=move || selected.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            on:focusin=move |_| desk.select(id)
        >
            <p class="num desk-onstage-facts">
                <span>{people}</span>
                {move || since.get().map(|at| view! { <Elapsed since=at.millis() clock=desk.clock/> })}
            </p>
            <h3 class="desk-words" id=dom::words(id) dir="auto">{words}</h3>
            {move || answer.get().map(|answer| view! {
                <p class="desk-answer"><b>{answer.by}", "{times::short_clock(lang, &answer.at)}</b>" "<span dir="auto">{answer.text}</span></p>
            })}
            <Elsewhere id card/>
            <Wordings lead=id wordings/>
            <Deeds id deeds/>
        </article>
    }
    .into_any()
}

/// When the question came on stage, by the latest step that put it there.
fn since(session: &ModeratorSession, id: QuestionId) -> Option<shared::Moment> {
    let staged = session
        .steps
        .iter()
        .rev()
        .find(|step| step.act == Act::Staged && step.question == Some(id) && step.undone_by.is_none());
    staged.map(|step| step.at.clone())
}

fn read<T>(card: Memo<Option<ModeratorCard>>, pick: impl FnOnce(&ModeratorCard) -> T) -> Option<T> {
    card.with(|card| card.as_ref().map(pick))
}
