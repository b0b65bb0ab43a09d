//! A text, made comparable.

use std::sync::Arc;

use crate::{aspects::Aspects, letters::Runs, scale::Direction, shortlist::Coarse, words::Word};

/// How many directions the letters of a text are thrown onto, for the coarse look.
const THROWN: usize = 128;
/// How many dimensions of a vector from outside are compared in the coarse look.
const FOLDED: usize = 384;
/// The length of vectors that are kept as whole numbers: 127 is not passed by much of them.
pub const LENGTH: f32 = 400.0;

/// A text, made comparable.
#[derive(Debug)]
pub struct Profile {
    /// Equal for texts that are the same but for case, accents, spacing and punctuation.
    pub identity: String,
    /// Its words, in order.
    pub words: Vec<Arc<Word>>,
    /// For each word, whether it looks like a name or a number.
    pub names: Vec<bool>,
    /// What it is after.
    pub aspects: Aspects,
    /// Its runs of letters.
    pub runs: Runs,
    /// What it means, as a direction; empty when nothing is known about meanings, all zero when about none of its words.
    pub dense: Box<[i8]>,
    /// The same by vectors from outside, when there is one.
    pub outside: Option<Direction>,
}

impl Profile {
    /// A text with these words and this meaning; `capitals` tells which words have one within a sentence.
    pub fn new(identity: String, words: Vec<Arc<Word>>, capitals: &[bool], dense: Box<[i8]>) -> Self {
        let name = |(word, capital): (&Arc<Word>, &bool)| {
            // Words that nobody knows are mostly names of streets and squares.
            let unknown = word.rows.is_empty() && word.text.len() > 3;
            word.number || word.place || (word.weight > 0.5 && (*capital || unknown))
        };
        let names = words.iter().zip(capitals).map(name).collect();
        let aspects = words.iter().fold(Aspects::default(), |all, word| all.and(word.aspects));
        let runs = Runs::of(words.iter().map(|word| (&*word.runs, word.weight)));
        Self { identity, words, names, aspects, runs, dense, outside: None }
    }

    /// What the first, coarse look compares: meaning and letters, half and half.
    pub fn coarse(&self) -> Coarse {
        Coarse {
            letters: self.runs.thrown::<THROWN>().iter().map(|value| whole(value * LENGTH)).collect(),
            table: self.dense.clone(),
            outside: self.outside.as_ref().map(|outside| outside.folded(FOLDED)),
        }
    }
}

/// A vector's direction in whole numbers, `length` long; all zero when it has none.
pub fn direction(vector: &[f32], length: f32) -> Box<[i8]> {
    let now = vector.iter().map(|value| value.powi(2)).sum::<f32>().sqrt();
    let scale = if now > 0.0 && now.is_finite() { length / now } else { 0.0 };
    vector.iter().map(|value| whole(value * scale)).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "rounded and clamped")]
fn whole(value: f32) -> i8 {
    value.round().clamp(-127.0, 127.0) as i8
}
