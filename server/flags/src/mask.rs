//! A text with blocks over what points at a person, leads elsewhere or hurts.

pub use shared::flags::BLOCK;
use shared::flags::{Flag, masked};

/// The text with a [`BLOCK`] over every flag that hides something; the rest stays as it was.
pub fn mask(text: &str, flags: &[Flag]) -> String {
    masked(text, flags).map_or_else(|| text.to_owned(), |(text, _)| text)
}
