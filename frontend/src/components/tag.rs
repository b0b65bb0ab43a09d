//! The session's hashtag as its name.

use leptos::prelude::*;

/// `#FietsFan010`, with the `#` in the accent colour.
#[component]
pub fn Tag(#[prop(into)] hashtag: String) -> impl IntoView {
    view! { <bdi class="tag"><span class="hash">"#"</span>{hashtag}</bdi> }
}
