//! People's words. The element around them carries `dir="auto"`, so that Arabic reads from the
//! right, and the class `words`, which keeps their line breaks.

use leptos::prelude::*;
use shared::hashtag;

use crate::{
    address::{self, Sort},
    parts::{self, Erased},
};

/// A question's words, with each topic a link to the session's questions on it. The session's own
/// hashtag is no topic and stays text.
pub fn linked(text: &str, session: &str) -> impl IntoView + use<> {
    let own = hashtag::fold(session);
    let mut parts: Vec<Erased> = Vec::new();
    let mut rest = 0;
    for span in hashtag::spans(text) {
        let written = &text[span.clone()];
        let name: String = written.chars().skip(1).collect();
        if hashtag::fold(&name) == own {
            continue;
        }
        if span.start > rest {
            parts.push(Erased::new(text[rest..span.start].to_owned()));
        }
        rest = span.end;
        let there = address::list(session, Sort::default(), &name, "");
        parts.push(Erased::new(view! { <a class="topic" href=there>{written.to_owned()}</a> }));
    }
    if rest < text.len() {
        parts.push(Erased::new(text[rest..].to_owned()));
    }
    parts
}

/// An answer's words or an introduction, a paragraph for each line.
#[component]
pub fn Paragraphs(#[prop(into)] text: String) -> impl IntoView {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    parts::row(lines.map(|line| view! { <p dir="auto">{line.to_owned()}</p> }))
}

/// Words for a `<textarea>`'s `inner_html`. The first line break after the tag is not part of the
/// words (HTML, 13.2.6.4.7), so one is put before them.
pub fn textarea_words(text: &str) -> String {
    let words = text.replace('&', "&amp;").replace('<', "&lt;");
    if words.is_empty() { words } else { format!("\n{words}") }
}
