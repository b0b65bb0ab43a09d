//! Declining a question: six reasons, each one key away, and a note.

use leptos::prelude::*;
use shared::{QuestionId, Reason, sentences::problems, words::MAX_NOTE};

use super::{dom, state::Desk};

/// The id of the field for the note.
pub fn note_field(id: QuestionId) -> String {
    format!("q-{id}-note")
}

/// The reasons and the note. A reason declines at once; a note that was written goes along.
#[component]
pub fn DeclineForm(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let note = RwSignal::from(desk.work(id).note);
    let form = RwSignal::from(desk.work(id).form);
    dom::focus_when_made(format!("q-{id}-reason-1"));
    let reasons = (1..).zip(Reason::ALL).map(|(digit, reason)| {
        view! {
            <button
                type="button"
                class="btn quiet desk-why"
                id=format!("q-{id}-reason-{digit}")
                aria-keyshortcuts=digit.to_string()
                on:click=move |_| desk.decline(id, *reason)
            >
                <kbd aria-hidden="true">{digit}</kbd>
                {problems::reason_label(say.0, *reason)}
            </button>
        }
    });
    view! {
        <fieldset class="desk-form">
            <legend>{say.why_declined()}</legend>
            <div class="desk-reasons">{reasons.collect_view()}</div>
            <label class="desk-field">
                <span>{say.note()}</span>
                <input
                    id=note_field(id)
                    type="text"
                    dir="auto"
                    autocomplete="off"
                    maxlength=MAX_NOTE
                    aria-describedby=format!("q-{id}-note-hint")
                    prop:value=note
                    on:input:target=move |event| note.set(event.target().value())
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            desk.decline(id, Reason::Other);
                        }
                    }
                />
                <small class="soft" id=format!("q-{id}-note-hint")>{say.note_hint()}</small>
            </label>
            <button
                type="button"
                class="btn quiet desk-deed"
                on:click=move |_| {
                    form.set(None);
                    dom::focus(&dom::card(id));
                }
            >
                {say.cancel()}
                <kbd aria-hidden="true">"Esc"</kbd>
            </button>
        </fieldset>
    }
    .into_any()
}
