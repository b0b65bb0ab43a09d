//! What the departments prepared for a question: a briefing to glance at, and an answer to give.

use leptos::prelude::*;
use shared::{
    QuestionId,
    commands::GiveAnswer,
    sentences::times,
    views::{Paper, PublicCard},
};

use super::{draft::Draft, state::Panel};
use crate::{
    api::{self, Method},
    browser,
    components::LinkedParagraphs,
};

/// The briefing. The public never sees it. A long one scrolls in its place.
#[component]
pub fn Briefing(id: QuestionId) -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let briefing = panel.prepared(id, |card| card.briefing.clone().filter(is_written));
    move || {
        briefing.get().map(|briefing| {
            view! {
                <section class="panel-briefing" aria-labelledby="panel-briefing">
                    <h2 id="panel-briefing">{say.briefing()}<span class="soft">{written(panel, &briefing)}</span></h2>
                    // A region that scrolls is reached by keyboard, too.
                    <div class="panel-scroll" tabindex="0" role="group" aria-labelledby="panel-briefing">
                        <LinkedParagraphs text=briefing.text/>
                    </div>
                </section>
            }
        })
    }
}

/// The answer that the desk proposes, which one touch gives. What the alderman typed is not lost by
/// it: then it asks first.
#[component]
pub fn Proposal(id: QuestionId, draft: Draft, done: Callback<()>) -> impl IntoView {
    let panel = Panel::here();
    let say = panel.say;
    let proposal = panel.prepared(id, |card| card.proposal.clone().filter(|paper| paper.ready && is_written(paper)));
    let asking = RwSignal::new(None::<Wish>);
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let words = move || proposal.with_untracked(|proposal| proposal.as_ref().map(|proposal| proposal.text.clone()));
    let typed_too = move || {
        let words = words().unwrap_or_default();
        draft.words.text.with_untracked(|text| !text.trim().is_empty() && text.trim() != words.trim())
    };
    let give = move || {
        let Some(text) = words().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        refusal.set(None);
        asking.set(None);
        let body = GiveAnswer { text, spoken: false, by: panel.speaking() };
        let path = panel.hashtag.with_value(|hashtag| format!("/sessions/{hashtag}/questions/{id}/answer"));
        let name = draft.words.name();
        browser::spawn(async move {
            match api::send::<_, PublicCard>(Method::Post, &path, Some(&body)).await {
                Ok(card) => {
                    draft.forget(&name);
                    panel.shows(id, card);
                    panel.announcer.say(say.published());
                    let _ = done.try_run(());
                }
                Err(failure) => drop(refusal.try_set(Some(failure.sentence(say.0)))),
            }
            let _ = busy.try_set(false);
        });
    };
    let adapt = move |words: String| {
        asking.set(None);
        draft.typed(words);
        browser::before_paint(move || browser::focus(&format!("panel-field-{id}")));
    };
    let wants = move |wish: Wish| match (typed_too(), wish) {
        (true, _) => asking.set(Some(wish)),
        (false, Wish::Give) => give(),
        (false, Wish::Adapt) => adapt(words().unwrap_or_default()),
    };
    let ask = move |wish: Wish| {
        let under = move |_| {
            let mine = draft.words.text.get_untracked();
            adapt(format!("{}\n\n{}", mine.trim_end(), words().unwrap_or_default()));
        };
        view! {
            <div class="panel-asking" role="alert">
                <p>{say.typed_too()}</p>
                <div class="panel-buttons">
                    {match wish {
                        Wish::Give => view! {
                            <button type="button" class="btn panel-button" on:click=move |_| give()>{say.give_anyway()}</button>
                        }.into_any(),
                        Wish::Adapt => view! {
                            <button type="button" class="btn panel-button" on:click=under>{say.put_under()}</button>
                            <button type="button" class="btn quiet panel-button" on:click=move |_| adapt(words().unwrap_or_default())>{say.replace()}</button>
                        }.into_any(),
                    }}
                    <button type="button" class="btn quiet panel-button" on:click=move |_| asking.set(None)>{say.leave_mine()}</button>
                </div>
            </div>
        }
    };
    move || {
        proposal.get().map(|proposal| {
            view! {
                <section class="panel-proposal" aria-labelledby="panel-proposal">
                    <h2 id="panel-proposal">{say.proposal()}<span class="soft">{written(panel, &proposal)}</span></h2>
                    <div class="panel-scroll" tabindex="0" role="group" aria-labelledby="panel-proposal">
                        <LinkedParagraphs text=proposal.text/>
                    </div>
                    {move || refusal.get().map(|sentence| view! { <p class="panel-refusal" role="alert">{sentence}</p> })}
                    {move || match asking.get() {
                        Some(wish) => ask(wish).into_any(),
                        None => view! {
                            <div class="panel-buttons">
                                <button type="button" class="btn panel-button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| wants(Wish::Give)>
                                    {move || if busy.get() { say.busy() } else { say.give_this() }}
                                </button>
                                <button type="button" class="btn quiet panel-button" on:click=move |_| wants(Wish::Adapt)>{say.adapt()}</button>
                            </div>
                        }.into_any(),
                    }}
                </section>
            }
        })
    }
}

/// What the alderman wants with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Give,
    Adapt,
}

fn is_written(paper: &Paper) -> bool {
    !paper.text.trim().is_empty()
}

fn written(panel: Panel, paper: &Paper) -> String {
    format!(" {}, {}", paper.by, times::clock(panel.say.0, &paper.at))
}
