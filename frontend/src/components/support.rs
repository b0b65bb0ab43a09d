//! Standing behind a question.

use leptos::{ev::SubmitEvent, prelude::*};
use shared::{Language, QuestionId, sentences::common};

use crate::{address, parts};

/// The button with the number of people. Without JavaScript it posts a form and comes back to
/// `back`; with it, `on_press` is told what is wanted. The number only changes once the server
/// has said yes, so `busy` tells that it is asked.
#[component]
pub fn SupportButton(
    lang: Language,
    #[prop(into)] hashtag: String,
    id: QuestionId,
    #[prop(into)] count: Signal<u32>,
    #[prop(into)] supported: Signal<bool>,
    #[prop(into)] back: String,
    #[prop(into, optional)] busy: Signal<bool>,
    #[prop(optional)] on_press: Option<Callback<bool>>,
) -> impl IntoView {
    let press = move |event: SubmitEvent| {
        if let Some(on_press) = on_press {
            event.prevent_default();
            if !busy.get_untracked() {
                on_press.run(!supported.get_untracked());
            }
        }
    };
    view! {
        <form class="supporting" method="post" action=address::act(&hashtag, id, "support") on:submit=press>
            <input type="hidden" name="on" value=parts::word(move || if supported.get() { "0" } else { "1" }) />
            <input type="hidden" name="back" value=back />
            <button
                class="support"
                aria-pressed=parts::word(move || if supported.get() { "true" } else { "false" })
                aria-busy=parts::mark(move || busy.get().then_some("true"))
                aria-describedby=format!("words-{id}")
            >
                <span class="num">{parts::text(move || lang.number(u64::from(count.get())))}</span>
                " "
                <small>{common::support(lang)}</small>
            </button>
        </form>
    }
}
