//! What the moderators tell everybody.

use leptos::prelude::*;
use shared::views::Banner;

/// The banner, while there is one.
#[component]
pub fn BannerLine(#[prop(into)] banner: Signal<Option<Banner>>) -> impl IntoView {
    move || banner.get().map(|banner| view! { <p class="banner" dir="auto">{banner.text}</p> })
}
