//! Where a question stands, in a word.

use leptos::prelude::*;
use shared::{Language, Status, sentences::common};

/// The word, in the colour of the status.
#[component]
pub fn StatusBadge(lang: Language, #[prop(into)] status: Signal<Status>) -> impl IntoView {
    view! {
        <span class="badge" data-status=move || status.get().word()>
            {move || common::status(lang, status.get())}
        </span>
    }
}
