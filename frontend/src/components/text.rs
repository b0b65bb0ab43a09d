//! People's words. The element around them carries `dir="auto"`, so that Arabic reads from the
//! right, and the class `words`, which keeps their line breaks.

use leptos::prelude::*;
use shared::{Language, hashtag, sentences::common};

use crate::{
    address::{self, Sort},
    parts::{self, Erased},
};

/// What stands, a few together, over what a moderator masked.
const BLOCK: char = '█';

/// A question's words, with each topic a link to the session's questions on it. The session's own
/// hashtag is no topic and stays text. What is masked is heard as that.
pub fn linked(text: &str, session: &str, lang: Language) -> impl IntoView + use<> {
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
            heard(&mut parts, &text[rest..span.start], lang);
        }
        rest = span.end;
        let there = address::list(session, Sort::default(), &name, "");
        parts.push(Erased::new(view! { <a class="topic" href=there>{written.to_owned()}</a> }));
    }
    heard(&mut parts, &text[rest..], lang);
    parts
}

/// A question's words without links, with what is masked heard as that.
#[component]
pub fn Masked(#[prop(into)] text: String, lang: Language) -> impl IntoView {
    let mut parts = Vec::new();
    heard(&mut parts, &text, lang);
    parts
}

/// A question's words as they are said: one word for a row of blocks.
pub fn aloud(mut text: &str, lang: Language) -> String {
    let mut said = String::new();
    while let Some(start) = text.find(BLOCK) {
        said.push_str(&text[..start]);
        said.push_str(common::masked(lang));
        text = text[start..].trim_start_matches(BLOCK);
    }
    said + text
}

/// Adds words; a screen reader says one word for a row of blocks, and does not count them.
fn heard(parts: &mut Vec<Erased>, mut text: &str, lang: Language) {
    while let Some(start) = text.find(BLOCK) {
        let blocks = &text[start..];
        let end = start + blocks.find(|c| c != BLOCK).unwrap_or(blocks.len());
        if start > 0 {
            parts.push(Erased::new(text[..start].to_owned()));
        }
        let row = text[start..end].to_owned();
        parts.push(Erased::new(view! { <span role="img" aria-label=common::masked(lang)>{row}</span> }));
        text = &text[end..];
    }
    if !text.is_empty() {
        parts.push(Erased::new(text.to_owned()));
    }
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_is_heard_as_one_word() {
        let html = linked("Bel █████ of █████ #school", "x", Language::Nl).to_html();
        assert_eq!(html.matches("aria-label=\"afgedekt\"").count(), 2, "{html}");
        assert!(html.contains("█████</span> of <span"), "{html}");
        assert_eq!(aloud("Bel █████ of █", Language::Nl), "Bel afgedekt of afgedekt");
        assert_eq!(aloud("Bel mij", Language::Nl), "Bel mij");
        let plain = view! { <Masked text="█████" lang=Language::En/> }.to_html();
        assert!(plain.contains("aria-label=\"masked\"") && plain.contains("█████"), "{plain}");
    }
}
