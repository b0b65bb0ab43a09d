//! A colleague changed a card just before a step with it: what changed, and whether one still wants to.

use std::sync::Arc;

use leptos::prelude::*;
use shared::{Act, QuestionId, Status, sentences::common};

use super::{dom, state::Desk};

/// A step that was held up.
#[derive(Clone)]
pub struct Conflict {
    /// Who changed it.
    pub by: String,
    /// What they did.
    pub act: Act,
    /// The words when the step was made.
    pub words: String,
    /// Where the question stood when the step was made.
    pub status: Status,
    /// What the step is called.
    pub label: &'static str,
    /// Does it with the card as it is now.
    pub again: Arc<dyn Fn() + Send + Sync>,
}

/// The question whether one still wants to.
#[component]
pub fn Asked(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let conflict = RwSignal::from(desk.work(id).conflict);
    let card = desk.card(id);
    let button = format!("q-{id}-anyway");
    move || {
        conflict.get().map(|held| {
            if desk.selected.get_untracked() == Some(id) {
                dom::focus_when_made(button.clone());
            }
            let Conflict { by, act, words, status, label, again } = held;
            let changes = move || {
                let now = card.get()?.card;
                let mut changes = Vec::new();
                if now.status != status {
                    let [was, is] = [status, now.status].map(|status| common::status(say.0, status).to_owned());
                    changes.push((was, is));
                }
                if now.text != words {
                    changes.push((words.clone(), now.text));
                }
                let told = changes.into_iter().map(|(was, is)| {
                    view! {
                        <p><b>{say.before()}</b>" "<s dir="auto">{was}</s></p>
                        <p><b>{say.now()}</b>" "<span dir="auto">{is}</span></p>
                    }
                });
                Some(told.collect_view())
            };
            view! {
                <div class="desk-asked" role="alert">
                    <p><b>{say.just_now(act, &by)}</b></p>
                    {changes}
                    <div class="desk-deeds">
                        <button type="button" class="btn desk-deed" id=button.clone() on:click=move |_| {
                            conflict.set(None);
                            again();
                            dom::focus(&dom::card(id));
                        }>{say.anyway(label)}<kbd aria-hidden="true">"↵"</kbd></button>
                        <button type="button" class="btn quiet desk-deed" on:click=move |_| {
                            conflict.set(None);
                            dom::focus(&dom::card(id));
                        }>{say.leave_it()}<kbd aria-hidden="true">"Esc"</kbd></button>
                    </div>
                </div>
            }
        })
    }
}
