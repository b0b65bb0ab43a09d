//! A text, made comparable.

use std::sync::Arc;

use crate::{letters::Runs, words::Word};

/// How many directions the letters of a text are thrown onto.
pub const THROWN: usize = 256;

/// A text, made comparable.
#[derive(Debug)]
pub struct Profile {
    /// Equal for texts that are the same but for case, accents, spacing and punctuation.
    pub identity: String,
    /// Its words, in order.
    pub words: Vec<Arc<Word>>,
    /// Its runs of letters.
    pub runs: Runs,
}

impl Profile {
    /// A text with these words.
    pub fn new(identity: String, words: Vec<Arc<Word>>) -> Self {
        let runs = Runs::of(words.iter().map(|word| (&*word.runs, word.weight)));
        Self { identity, words, runs }
    }

    /// What the first, coarse look compares: of length 127 at most, so that dot products fit an `i32`.
    pub fn coarse(&self) -> Vec<i8> {
        self.runs.thrown::<THROWN>().iter().map(|value| to_i8(value * 127.0)).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded and clamped")]
fn to_i8(value: f32) -> i8 {
    value.round().clamp(-127.0, 127.0) as i8
}
