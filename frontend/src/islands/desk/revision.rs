//! What the author of a post made of it after it was decided about, beside the words as they are.

use leptos::prelude::*;
use shared::{QuestionId, Status, sentences::sources::Sources, views::ModeratorCard};

use super::{
    diff::{self, Run},
    keys::Deed,
    state::Desk,
};

/// Whether new words of its author wait for a moderator.
pub fn has(card: &ModeratorCard) -> bool {
    card.card.status != Status::Withdrawn && card.post.as_ref().is_some_and(|post| post.revision.is_some())
}

/// The difference, word by word, with the choice between the two, which has keys but for what is `inside`
/// another card.
#[component]
pub fn Revision(id: QuestionId, card: Memo<Option<ModeratorCard>>, stops: Memo<bool>, inside: bool) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let busy = RwSignal::from(desk.work(id).busy);
    let change = Memo::new(move |_| {
        card.with(|card| {
            let card = card.as_ref().filter(|card| has(card))?;
            Some((card.card.text.clone(), card.post.as_ref()?.revision.clone()?))
        })
    });
    let button = move |deed: Deed, key: &'static str| {
        view! {
            <button
                type="button"
                class="btn quiet desk-deed"
                class:is-main=deed == Deed::TakeOver
                tabindex=move || if stops.get() { "0" } else { "-1" }
                aria-disabled=move || busy.get().then_some("true")
                aria-keyshortcuts=(!inside).then_some(deed.key())
                on:click=move |_| desk.revise(id, deed == Deed::TakeOver)
            >
                {desk.label(deed)}
                {(!inside).then(|| view! { <kbd aria-hidden="true">{key}</kbd> })}
            </button>
        }
    };
    move || {
        change.get().map(|(now, new)| {
            view! {
                <div class="desk-revision" role="group" aria-label=say.revised()>
                    <p><b>{say.revised()}</b></p>
                    <p class="desk-diff" dir="auto">{diff::words(&now, &new).into_iter().map(|run| shown(say, run)).collect_view()}</p>
                    <div class="desk-deeds">{button(Deed::TakeOver, "O")}{button(Deed::LeaveAs, "P")}</div>
                </div>
            }
        })
    }
}

/// A run of words; what went and what came is heard as that.
fn shown(say: Sources, run: Run) -> AnyView {
    match run {
        Run::Same(words) => view! { {words}" " }.into_any(),
        Run::Out(words) => {
            view! { <del><span class="sr">" "{say.went_out()}": "</span>{words}<span class="sr">", "</span></del>" " }
                .into_any()
        }
        Run::In(words) => {
            view! { <ins><span class="sr">" "{say.came_in()}": "</span>{words}<span class="sr">", "</span></ins>" " }
                .into_any()
        }
    }
}
