//! What the moderators tell everybody.

use leptos::prelude::*;
use shared::views::Banner;

use crate::parts;

/// The banner, while there is one.
#[component]
pub fn BannerLine(#[prop(into)] banner: Signal<Option<Banner>>) -> impl IntoView {
    parts::maybe(move || banner.get().map(|banner| view! { <p class="banner" dir="auto">{banner.text}</p> }))
}
