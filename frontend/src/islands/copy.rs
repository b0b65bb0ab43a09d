//! A button that copies a link. Without JavaScript the field beside it can be copied by hand.

use leptos::prelude::*;

/// Copies `link`; says `copied` for as long as the page stands.
#[island]
pub fn CopyLink(
    /// What is copied.
    link: String,
    /// The button's word.
    copy: String,
    /// Its word afterwards.
    copied: String,
) -> impl IntoView {
    let done = RwSignal::new(false);
    let label = move || if done.get() { copied.clone() } else { copy.clone() };
    let on_click = move |_| copy_text(&link, done);
    view! { <button type="button" class="btn quiet" on:click=on_click aria-live="polite">{label}</button> }
}

#[cfg(feature = "hydrate")]
fn copy_text(link: &str, done: RwSignal<bool>) {
    let writing = window().navigator().clipboard().write_text(link);
    leptos::task::spawn_local(async move {
        done.set(wasm_bindgen_futures::JsFuture::from(writing).await.is_ok());
    });
}

#[cfg(not(feature = "hydrate"))]
fn copy_text(_: &str, _: RwSignal<bool>) {}
