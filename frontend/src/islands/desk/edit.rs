//! Correcting or redacting the words of a question, on its card.

use leptos::{ev::KeyboardEvent, html::Textarea, prelude::*};
use shared::{
    QuestionId,
    words::{self, MAX_QUESTION},
};

use super::{dom, redact::redact, state::Desk};

/// The words in a field, with a button that makes the selection unreadable.
#[component]
pub fn EditForm(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let work = desk.work(id);
    let words = RwSignal::from(work.words);
    let form = RwSignal::from(work.form);
    let busy = RwSignal::from(work.busy);
    let hint = RwSignal::new(say.edit_hint());
    let field = NodeRef::<Textarea>::new();
    let field_id = format!("q-{id}-edit");
    dom::focus_when_made(field_id.clone());
    let length = Memo::new(move |_| words.with(|words| words::length(words.trim())));
    let too_long = move || length.get() > MAX_QUESTION;

    let black_out = move |_| {
        let Some(area) = field.get() else { return };
        let (start, end) = (area.selection_start().ok().flatten(), area.selection_end().ok().flatten());
        match redact(&area.value(), start.unwrap_or(0), end.unwrap_or(0)) {
            Some((text, cursor)) => {
                area.set_value(&text);
                let _ = area.set_selection_range(cursor, cursor);
                words.set(text);
                hint.set(say.edit_hint());
            }
            None => hint.set(say.redact_hint()),
        }
        let _ = area.focus();
    };
    let back = move |_| {
        if let Some(card) = desk.card_now(id) {
            words.set(card.card.text);
        }
    };
    let shortcut = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            desk.save(id);
        }
    };
    view! {
        <div class="desk-form">
            <label class="desk-field">
                <span>{say.edit_label()}</span>
                <textarea
                    id=field_id
                    node_ref=field
                    dir="auto"
                    rows="4"
                    aria-describedby=format!("q-{id}-edit-hint")
                    aria-invalid=move || too_long().then_some("true")
                    prop:value=words
                    on:input:target=move |event| words.set(event.target().value())
                    on:keydown=shortcut
                ></textarea>
            </label>
            <p class="desk-hint" id=format!("q-{id}-edit-hint")>
                <span>{hint}</span>
                <span class="num" class:is-over=too_long>{move || say.left(length.get(), MAX_QUESTION)}</span>
            </p>
            <div class="desk-deeds">
                <button type="button" class="btn desk-deed" aria-disabled=move || busy.get().then_some("true") on:click=move |_| desk.save(id)>
                    {say.save()}
                    <kbd aria-hidden="true">"Ctrl ↵"</kbd>
                </button>
                <button type="button" class="btn quiet desk-deed" on:click=black_out>{say.redact()}</button>
                <button type="button" class="btn quiet desk-deed" on:click=back>{say.reset()}</button>
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
            </div>
        </div>
    }
    .into_any()
}
