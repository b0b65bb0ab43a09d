//! What changed, for those who do not see it: one polite line a page, and never a flood.

use leptos::prelude::*;

use crate::{
    browser,
    parts::{self, Look as _},
};

/// What is said within this while is said together, in milliseconds.
const BREATH: u32 = 800;
/// Then the line is empty again, so that the same sentence can be said a second time.
const FORGOTTEN: u32 = 8_000;
/// More than this at once and only the latest are said.
const AT_ONCE: usize = 3;

/// Says sentences on the page's [`StatusLine`]. Copy it into every closure that needs it.
#[derive(Clone, Copy)]
pub struct Announcer {
    waiting: StoredValue<Vec<String>>,
    said: RwSignal<String>,
}

impl Announcer {
    /// Has nothing to say yet.
    #[allow(clippy::new_without_default, reason = "it belongs to the island that makes it, so it is made by name")]
    pub fn new() -> Self {
        Self { waiting: StoredValue::new(Vec::new()), said: RwSignal::new(String::new()) }
    }

    /// Says a sentence soon, together with whatever else is said about now.
    pub fn say(self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        let first = self.waiting.with_value(Vec::is_empty);
        self.waiting.update_value(|waiting| {
            waiting.retain(|known| *known != sentence);
            waiting.push(sentence);
        });
        if first {
            browser::after(BREATH, move || self.speak());
        }
    }

    fn speak(self) {
        let mut waiting = Vec::new();
        self.waiting.update_value(|all| waiting = std::mem::take(all));
        let latest = waiting.len().saturating_sub(AT_ONCE);
        let words = waiting[latest..].join(" ");
        self.said.set(words.clone());
        browser::after(FORGOTTEN, move || {
            if self.said.glance(|said| *said == words) {
                self.said.set(String::new());
            }
        });
    }
}

/// The page's one status line; only screen readers meet it.
#[component]
pub fn StatusLine(announcer: Announcer) -> impl IntoView {
    view! { <p class="sr" role="status">{parts::text(move || announcer.said.get())}</p> }
}
