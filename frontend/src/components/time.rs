//! A moment, in words people use.

use leptos::prelude::*;
use shared::{Language, Moment, sentences::times};

/// "14.09 uur", and the day with it when that is not `now`'s.
#[component]
pub fn Stamp(lang: Language, at: Moment, now: Moment) -> impl IntoView {
    let words = times::stamp(lang, &at, &now);
    view! { <time datetime=at.0>{words}</time> }
}
