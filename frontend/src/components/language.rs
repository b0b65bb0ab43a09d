//! Another language for the same page; the choice stays.

use leptos::prelude::*;
use shared::{Language, sentences::common};

use crate::{address, parts};

/// Links to this page in the other languages, each named in itself.
#[component]
pub fn LanguageSwitch(lang: Language, #[prop(into)] path: String) -> impl IntoView {
    let others = Language::ALL.iter().copied().filter(|other| *other != lang).map(|other| {
        view! {
            <a href=address::in_language(&path, other) lang=other.tag() hreflang=other.tag() rel="nofollow">
                {other.own_name()}
            </a>
        }
    });
    view! { <nav class="languages" aria-label=common::languages(lang)>{parts::row(others)}</nav> }
}
