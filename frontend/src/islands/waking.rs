//! How a screen comes to the browser and wakes there. Leptos' own `#[island]` does the same for the
//! staff's screens, but reads what a screen starts from with `serde_json`, which a citizen's phone
//! would download for nothing else.

use leptos::{prelude::*, tachys::reactive_graph::OwnedView};

/// An island as the server writes it: the screen, and beside it what it was made from.
#[cfg(not(feature = "hydrate"))]
pub fn asleep<P: serde::Serialize + 'static, V: IntoView>(
    name: &'static str,
    first: P,
    screen: impl FnOnce(P) -> V + 'static,
) -> impl IntoView {
    let written = serde_json::to_string(&first).expect("what a page shows can be written");
    leptos::tachys::html::islands::Island::new(name, owned(first, screen)).with_props(written)
}

/// Wakes the island that the server wrote. When it cannot be read the page stays as it is: it works
/// without this too.
#[cfg(feature = "hydrate")]
pub fn wake<P: serde::de::DeserializeOwned + 'static, V: IntoView>(
    island: &web_sys::HtmlElement,
    screen: impl FnOnce(P) -> V + 'static,
) {
    let written = island.dataset().get("props").unwrap_or_default();
    if let Ok(first) = shared::json::read(&written) {
        let state =
            owned(first, screen).hydrate_from_position::<true>(island, leptos::tachys::view::Position::FirstChild);
        // It lives as long as the page.
        std::mem::forget(state);
    }
}

/// The screen, with an owner of all its signals.
fn owned<P: 'static, V: IntoView>(first: P, screen: impl FnOnce(P) -> V + 'static) -> OwnedView<View<V>> {
    Owner::new().with(|| Owner::with_hydration(move || OwnedView::new(untrack(|| screen(first)).into_view())))
}
