//! What is known about words, and what makes a text comparable.

use std::sync::Arc;

use thiserror::Error;

use crate::{
    letters,
    profile::Profile,
    text,
    words::{self, Word},
};

/// What all sessions share: the weights of words.
#[derive(Debug, Default)]
pub struct Engine {
    letters_alone: bool,
}

/// The table of words cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TableError {
    /// It ends too early.
    #[error("the table of words is cut off")]
    Truncated,
    /// It is something else.
    #[error("this is not a table of words")]
    NotATable,
    /// It is of another version.
    #[error("the table of words is of version {0}, which this program does not read")]
    Version(u32),
    /// Its contents are not what was written.
    #[error("the table of words is damaged")]
    Damaged,
}

/// What an engine compares by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The meaning of words, and their letters.
    Table,
    /// Letters alone.
    Letters,
}

impl Engine {
    /// An engine that knows no meanings.
    pub fn letters_alone() -> Self {
        Self { letters_alone: true }
    }

    /// The engine that comes with the program.
    pub fn embedded() -> Result<Self, TableError> {
        Ok(Self::letters_alone())
    }

    /// What it compares by.
    pub fn method(&self) -> Method {
        if self.letters_alone { Method::Letters } else { Method::Table }
    }

    /// Makes a text comparable. `known` may hand back a word that was looked up before.
    pub(crate) fn profile(&self, text: &str, known: impl Fn(&str) -> Option<Arc<Word>>) -> Profile {
        let text = text::read(text);
        let words = text.words.iter().map(|word| known(word).unwrap_or_else(|| Arc::new(self.word(word))));
        Profile::new(text.identity, words.collect())
    }

    fn word(&self, word: &str) -> Word {
        let weight = if self.letters_alone { words::weight_without_table(word) } else { 1.0 };
        Word { weight, runs: letters::runs(word), text: word.into() }
    }
}
