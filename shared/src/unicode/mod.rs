//! What Unicode says of a text: where its grapheme clusters end, and which texts are the same.
//!
//! The server asks crates that carry Unicode's tables. A browser has those tables already, so there
//! the same questions go to the browser, and nobody's phone downloads them a second time.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod tables;

#[cfg(target_arch = "wasm32")]
use browser as answers;
#[cfg(not(target_arch = "wasm32"))]
use tables as answers;

/// A text in normalisation form C: one spelling for letters that can be written in several ways.
pub fn composed(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { answers::composed(text) }
}

/// By Unicode's full case folding, between two compositions; accents stay.
pub fn folded(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { answers::folded(text) }
}

/// The grapheme clusters of a text, each with the byte at which it begins.
pub fn clusters(text: &str) -> Vec<(usize, &str)> {
    if is_plain(text) {
        text.char_indices().map(|(at, c)| (at, &text[at..at + c.len_utf8()])).collect()
    } else {
        answers::clusters(text)
    }
}

/// Whether a character is a mark that goes onto the one before it.
pub fn is_mark(c: char) -> bool {
    c >= '\u{300}' && answers::is_mark(c)
}

/// Whether every character stands on its own and is composed, as in nearly all that is written in
/// Dutch and English: before U+0300 nothing but a line end of two characters belongs together.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c < '\u{300}' && c != '\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_text_needs_no_tables(text in "[\\x00-\\u{2FF}]{0,60}") {
            prop_assert_eq!(composed(&text), tables::composed(&text));
            prop_assert_eq!(folded(&text), tables::folded(&text));
            prop_assert_eq!(clusters(&text), tables::clusters(&text));
        }
    }
}
