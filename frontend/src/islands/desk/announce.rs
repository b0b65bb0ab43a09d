//! A message from the municipality's accounts to everybody who follows them.

use leptos::{ev::SubmitEvent, prelude::*};
use serde::de::IgnoredAny;
use shared::{
    Sending, Source,
    commands::Announce,
    sentences::sources::Sources,
    views::Outgoing,
    words::{self, MAX_ANNOUNCEMENT},
};

use super::{state::Desk, telling::Message};
use crate::api::Method;

/// What is half written.
#[derive(Clone, Copy)]
pub struct Draft {
    text: RwSignal<String>,
    busy: RwSignal<bool>,
    refusal: RwSignal<Option<String>>,
}

impl Draft {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { text: RwSignal::new(String::new()), busy: RwSignal::new(false), refusal: RwSignal::new(None) }
    }

    fn send(self, desk: Desk) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refusal.set(None);
        let body = Announce { text: self.text.get_untracked() };
        desk.make(Method::Post, "/announcements", Some(body), move |answer: Result<IgnoredAny, String>| {
            self.busy.set(false);
            match answer {
                Ok(_) => {
                    self.text.update(String::clear);
                    desk.announce(Sources(desk.say.0).announce_done());
                }
                Err(sentence) => self.refusal.set(Some(sentence)),
            }
        });
    }
}

/// The form, when there is an account that can say something, and how far earlier announcements are.
#[component]
pub fn AnnounceForm(draft: Draft) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let accounts = Memo::new(move |_| {
        desk.channels.sources.with(|sources| {
            let speaks = sources.iter().filter(|source| matches!(source.source, Source::Mastodon | Source::Bluesky));
            speaks.map(|source| say.account(source.source, &source.account)).collect::<Vec<_>>()
        })
    });
    let earlier = Memo::new(move |_| {
        let is = |message: &&Outgoing| message.question.is_none() && message.state != Sending::Refused;
        desk.channels.outgoing.with(|all| all.iter().filter(is).cloned().collect::<Vec<_>>())
    });
    let length = Memo::new(move |_| draft.text.with(|text| words::length(text.trim())));
    let too_long = move || length.get() > MAX_ANNOUNCEMENT;
    let form = move || {
        view! {
            <form
                class="desk-form desk-part"
                aria-labelledby="desk-announce"
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    draft.send(desk);
                }
            >
                <h3 id="desk-announce">{say.announce()}</h3>
                <label class="desk-field">
                    <span>{say.announce_words()}</span>
                    <textarea
                        rows="3"
                        dir="auto"
                        aria-describedby="desk-announce-how"
                        aria-invalid=move || too_long().then_some("true")
                        prop:value=draft.text
                        on:input:target=move |event| draft.text.set(event.target().value())
                    ></textarea>
                </label>
                <p class="desk-hint" id="desk-announce-how">
                    <span>{move || accounts.with(|accounts| say.goes_out(accounts))}" "{say.announce_how()}</span>
                    <span class="num" class:is-over=too_long>{move || desk.say.left(length.get(), MAX_ANNOUNCEMENT)}</span>
                </p>
                {move || draft.refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
                <button type="submit" class="btn" aria-disabled=move || draft.busy.get().then_some("true")>{say.announce_send()}</button>
                {move || (!earlier.with(Vec::is_empty)).then(|| view! {
                    <ul class="desk-messages" role="list">
                        {earlier.get().into_iter().map(|message| view! { <li><Message message/></li> }).collect_view()}
                    </ul>
                })}
            </form>
        }
    };
    let any = Memo::new(move |_| !accounts.with(Vec::is_empty));
    move || any.get().then(form)
}
