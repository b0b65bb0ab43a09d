//! Where a question stands, in a word.

use leptos::prelude::*;
use shared::{Language, Status, sentences::common};

use crate::parts;

/// The word, in the colour of the status.
#[component]
pub fn StatusBadge(lang: Language, #[prop(into)] status: Signal<Status>) -> impl IntoView {
    view! {
        <span class="badge" data-status=parts::word(move || status.get().word())>
            {parts::word(move || common::status(lang, status.get()))}
        </span>
    }
}
