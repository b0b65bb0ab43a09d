//! The answers of crates that carry Unicode's tables.

use unicase::UniCase;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation as _;

pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

pub fn folded(text: &str) -> String {
    UniCase::unicode(composed(text)).to_folded_case().nfc().collect()
}

pub fn clusters(text: &str) -> Vec<(usize, &str)> {
    text.grapheme_indices(true).collect()
}

pub fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}
