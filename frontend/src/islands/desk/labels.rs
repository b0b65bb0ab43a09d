//! Labels on a question, for colleagues only.

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::QuestionId;

use super::{dom, state::Desk};

/// At most this many characters fit on a label.
const MOST: usize = 40;

/// The id of the list of labels that are in use.
pub const KNOWN: &str = "desk-known-labels";

/// A field for another label, and the ones that are on it, each with a way off.
#[component]
pub fn LabelForm(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let card = desk.card(id);
    let form = RwSignal::from(desk.work(id).form);
    let words = RwSignal::new(String::new());
    let field = format!("q-{id}-label");
    let on = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.labels.clone()).unwrap_or_default()));
    dom::focus_when_made(field.clone());
    desk.learn_facets();
    let put = move || {
        let label = words.get_untracked().trim().to_owned();
        if !label.is_empty() {
            words.update(String::clear);
            desk.label_one(id, label, true);
        }
    };
    view! {
        <div class="desk-form">
            <label class="desk-field">
                <span>{say.label_new()}</span>
                <input
                    id=field
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    list=KNOWN
                    maxlength=MOST
                    prop:value=words
                    on:input:target=move |event| words.set(event.target().value())
                    on:keydown=move |event: KeyboardEvent| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            put();
                        }
                    }
                />
            </label>
            <div class="desk-deeds">
                {move || on.get().into_iter().map(|label| {
                    let name = say.about(say.label_off(), &label);
                    let off = label.clone();
                    view! {
                        <button type="button" class="btn quiet desk-deed" aria-label=name on:click=move |_| desk.label_one(id, off.clone(), false)>
                            <span dir="auto">{label}</span><span aria-hidden="true">"×"</span>
                        </button>
                    }
                }).collect_view()}
            </div>
            <div class="desk-deeds">
                <button type="button" class="btn desk-deed" on:click=move |_| put()>{say.label_put()}<kbd aria-hidden="true">"↵"</kbd></button>
                <button type="button" class="btn quiet desk-deed" on:click=move |_| {
                    form.set(None);
                    dom::focus(&dom::card(id));
                }>{say.close()}<kbd aria-hidden="true">"Esc"</kbd></button>
            </div>
        </div>
    }
    .into_any()
}
