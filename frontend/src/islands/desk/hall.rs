//! A question from somebody in the hall, typed in by a moderator.

use leptos::{
    ev::{KeyboardEvent, SubmitEvent},
    prelude::*,
};
use shared::words::{self, MAX_NAME, MAX_QUESTION};

use super::{
    sheet::{Opened, Sheet},
    state::{Desk, Dialog},
};

/// The id of the field for the question.
const FIELD: &str = "desk-hall-words";

/// The form; its words stay until they were stored, also when it is closed.
#[component]
pub fn Hall() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let text = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refusal.set(None);
        let named = Some(name.get_untracked()).filter(|name| !name.trim().is_empty());
        desk.enter(text.get_untracked(), named, move |answer| {
            busy.set(false);
            match answer {
                Ok(_) => {
                    text.update(String::clear);
                    name.update(String::clear);
                    desk.dialog.set(None);
                    desk.announce(say.hall_done());
                }
                Err(sentence) => refusal.set(Some(sentence)),
            }
        });
    };
    let length = Memo::new(move |_| text.with(|text| words::length(text.trim())));
    view! {
        <Sheet is_mine=|dialog| dialog == Dialog::Hall id="desk-hall" title=say.hall_title()>
            <Opened field=FIELD/>
            <form
                class="desk-form"
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    send();
                }
            >
                <label class="desk-field">
                    <span>{say.hall_words()}</span>
                    <textarea
                        id=FIELD
                        autofocus
                        rows="4"
                        dir="auto"
                        prop:value=text
                        on:input:target=move |event| text.set(event.target().value())
                        on:keydown=move |event: KeyboardEvent| {
                            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                                event.prevent_default();
                                send();
                            }
                        }
                    ></textarea>
                    <small class="num soft" class:is-over=move || { length.get() > MAX_QUESTION }>{move || say.left(length.get(), MAX_QUESTION)}</small>
                </label>
                <label class="desk-field">
                    <span>{say.hall_name()}</span>
                    <input type="text" dir="auto" autocomplete="off" maxlength=MAX_NAME prop:value=name on:input:target=move |event| name.set(event.target().value())/>
                </label>
                {move || refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
                <button type="submit" class="btn" aria-disabled=move || busy.get().then_some("true")>{say.hall_send()}</button>
            </form>
        </Sheet>
    }
}
