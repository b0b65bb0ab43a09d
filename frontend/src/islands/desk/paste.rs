//! Bringing in a post by hand, with its words as they were copied.

use leptos::{ev::SubmitEvent, prelude::*};
use shared::{
    commands::{Asked, Paste},
    sentences::sources::Sources,
};

use super::{
    dom,
    state::{Desk, Dialog},
};
use crate::api::Method;

/// The id of the field for the words.
const FIELD: &str = "desk-paste-words";

/// Opens the channels where one pastes.
pub fn open(desk: Desk) {
    desk.dialog.set(Some(Dialog::Channels));
    dom::focus_when_made(FIELD.to_owned());
}

/// What is half written.
#[derive(Clone, Copy)]
pub struct Draft {
    address: RwSignal<String>,
    words: RwSignal<String>,
    author: RwSignal<String>,
    busy: RwSignal<bool>,
    refusal: RwSignal<Option<String>>,
}

impl Draft {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            address: RwSignal::new(String::new()),
            words: RwSignal::new(String::new()),
            author: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            refusal: RwSignal::new(None),
        }
    }

    fn body(self) -> Paste {
        let filled =
            |field: RwSignal<String>| Some(field.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        Paste { address: filled(self.address), text: self.words.get_untracked(), author: filled(self.author) }
    }

    fn send(self, desk: Desk) {
        let say = Sources(desk.say.0);
        if self.busy.get_untracked() {
            return;
        }
        if !self.address.with_untracked(|address| address.trim().is_empty() || address.trim().starts_with("https://")) {
            self.refusal.set(Some(say.paste_https().to_owned()));
            return;
        }
        self.busy.set(true);
        self.refusal.set(None);
        desk.call(Method::Post, "/paste", Some(self.body()), move |answer: Result<Asked, String>| {
            self.busy.set(false);
            match answer {
                Ok(_) => {
                    for field in [self.address, self.words, self.author] {
                        field.update(String::clear);
                    }
                    desk.dialog.set(None);
                    desk.announce(say.paste_done());
                }
                Err(sentence) => self.refusal.set(Some(sentence)),
            }
        });
    }
}

/// The form; its words stay until they were stored.
#[component]
pub fn PasteForm(draft: Draft) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    view! {
        <form
            class="desk-form desk-part"
            aria-labelledby="desk-paste"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                draft.send(desk);
            }
        >
            <h3 id="desk-paste">{say.paste()}</h3>
            <p class="soft">{say.paste_how()}</p>
            <label class="desk-field">
                <span>{say.paste_words()}</span>
                <textarea
                    id=FIELD rows="2" dir="auto" prop:value=draft.words on:input:target=move |event| draft.words.set(event.target().value())></textarea>
            </label>
            <label class="desk-field">
                <span>{say.paste_address()}</span>
                <input type="text" inputmode="url" autocomplete="off" spellcheck="false" dir="ltr" prop:value=draft.address
                    on:input:target=move |event| draft.address.set(event.target().value())/>
            </label>
            <label class="desk-field">
                <span>{say.paste_author()}</span>
                <input type="text" dir="auto" autocomplete="off" prop:value=draft.author
                    on:input:target=move |event| draft.author.set(event.target().value())/>
            </label>
            {move || draft.refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
            <button type="submit" class="btn" aria-disabled=move || draft.busy.get().then_some("true")>{say.paste_send()}</button>
        </form>
    }
    .into_any()
}
