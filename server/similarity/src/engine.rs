//! What is known about words, and what makes a text comparable.

use std::{borrow::Cow, sync::Arc};

use crate::{
    compound, letters,
    profile::{LENGTH, Profile, direction},
    score::{self, FEATURES},
    table::{Table, TableError},
    text,
    words::{self, Word},
};

/// The table that comes with the program.
static EMBEDDED: &[u8] = include_bytes!("../table/words.bin");

/// A word this common, as a share of running text, counts half; commoner ones less.
const HALF: f32 = 3e-4;

/// What all sessions share: what is known about words. Cheap to make; takes no memory beside the table's bytes.
#[derive(Debug)]
pub struct Engine {
    table: Option<Table>,
}

/// What an engine compares by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The meaning of words, and their letters.
    Table,
    /// Letters alone.
    Letters,
}

/// How near two texts are, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The cosine of what they mean: -1 to 1, and 0 without a table; by vectors from outside about 0 for what means
    /// something else and 1 for the same, -1 to 2.
    pub meaning: f32,
    /// The cosine of their letters: 0 to 1.
    pub letters: f32,
    /// About the chance that they mean the same: 0 to 1.
    pub score: f32,
    /// All that was weighed, for finding the weights.
    pub features: [f32; FEATURES],
}

impl Engine {
    /// The engine with the table that comes with the program.
    pub fn embedded() -> Result<Self, TableError> {
        Self::from_table(Cow::Borrowed(EMBEDDED))
    }

    /// An engine with another table, as `table/make.py` writes it.
    pub fn from_table(bytes: Cow<'static, [u8]>) -> Result<Self, TableError> {
        Table::read(bytes).map(|table| Self { table: Some(table) })
    }

    /// An engine that knows no meanings: it finds typos, compounds and other word orders, and no synonyms.
    pub fn letters_alone() -> Self {
        Self { table: None }
    }

    /// What it compares by.
    pub fn method(&self) -> Method {
        if self.table.is_some() { Method::Table } else { Method::Letters }
    }

    /// Compares two texts, without an index.
    pub fn compare(&self, a: &str, b: &str) -> Comparison {
        let [a, b] = [a, b].map(|text| self.profile(text, |_| None));
        score::compare(&a, &b, None)
    }

    /// Makes a text comparable. `known` may hand back a word that was looked up before.
    pub(crate) fn profile(&self, text: &str, known: impl Fn(&str) -> Option<Arc<Word>>) -> Profile {
        let text = text::read(text);
        let words = text.words.iter().map(|word| known(word).unwrap_or_else(|| Arc::new(self.word(word))));
        let words: Vec<Arc<Word>> = words.collect();
        let dense = self.table.as_ref().map(|table| {
            let mut sum = vec![0.0; table.dimensions()];
            for row in words.iter().flat_map(|word| &word.rows) {
                table.add_to(&mut sum, *row, weight(table.share(*row)));
            }
            direction(&sum, LENGTH)
        });
        Profile::new(text.identity, words, &text.capitals, dense.unwrap_or_default())
    }

    fn word(&self, word: &str) -> Word {
        let runs = letters::runs(word);
        let Some(table) = &self.table else {
            return Word::new(word, words::weight_without_table(word), runs, Vec::new(), Box::default());
        };
        let whole = table.find(word);
        let rows = match whole {
            Some(row) => vec![row],
            None => compound::parts(word, |part| table.find(part), |row| table.share(row)),
        };
        let mut sum = vec![0.0; table.dimensions()];
        for row in &rows {
            table.add_to(&mut sum, *row, weight(table.share(*row)));
        }
        let vector = if rows.is_empty() { Box::default() } else { direction(&sum, LENGTH) };
        Word::new(word, whole.map_or(1.0, |row| weight(table.share(row))), runs, rows, vector)
    }
}

fn weight(share: f32) -> f32 {
    HALF / (HALF + share)
}
