//! A list of insults as people write it: one entry a line.

use thiserror::Error;

use crate::plain::Plain;

/// An entry shorter than this, or left open at an end, would be found in everything.
const LEAST_LETTERS: usize = 2;
/// A word that goes on must say more.
const LEAST_OPEN_LETTERS: usize = 3;

/// A line that is no entry. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// Too little to look for.
    #[error("line {line}: {entry:?} is too short")]
    TooShort {
        /// Which line.
        line: usize,
        /// What stands there.
        entry: String,
    },
    /// Something else than letters, digits, an apostrophe, and the signs of a list in their places.
    #[error("line {line}: {entry:?} is not a word or a phrase")]
    NoWord {
        /// Which line.
        line: usize,
        /// What stands there.
        entry: String,
    },
}

/// What a line says of its entry.
pub(super) enum Line {
    Hurts(Entry),
    IsDecent(Entry),
}

/// One or more words after each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub words: Vec<Word>,
    pub end: Fit,
}

/// Whether an entry may stand anywhere or only at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Anywhere,
    EndOfSentence,
}

/// A word and how it may go on at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    letters: Vec<char>,
    before: Open,
    after: Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Closed,
    Any,
    More,
}

impl Entry {
    /// The letter with which it begins, if it does.
    pub fn first(&self) -> Option<char> {
        let word = self.words.first()?;
        (word.before == Open::Closed).then(|| word.letters.first().copied()).flatten()
    }
}

impl Word {
    /// Whether letters, some of them disguised, read as this word.
    pub fn fits(&self, letters: &[char]) -> bool {
        let Some(spare) = letters.len().checked_sub(self.letters.len()) else { return false };
        let reads_from = |from: usize| {
            let end = from + self.letters.len();
            self.after.allows(letters.len() - end)
                && self.letters.iter().zip(&letters[from..end]).all(|(&own, &seen)| super::tokens::reads_as(seen, own))
        };
        match self.before {
            Open::Closed => reads_from(0),
            before => (0..=spare).any(|from| before.allows(from) && reads_from(from)),
        }
    }
}

impl Open {
    fn allows(self, more: usize) -> bool {
        match self {
            Self::Closed => more == 0,
            Self::Any => true,
            Self::More => more > 0,
        }
    }

    fn of(sign: Option<char>) -> Self {
        match sign {
            Some('*') => Self::Any,
            Some('+') => Self::More,
            _ => Self::Closed,
        }
    }
}

/// Reads a list. Empty lines and comments say nothing.
pub(super) fn read(lines: &str) -> Result<Vec<Line>, ListError> {
    let mut entries = Vec::new();
    for (at, line) in lines.lines().enumerate() {
        let entry = line.split('#').next().unwrap_or_default().trim();
        if entry.is_empty() {
            continue;
        }
        let (decent, words) = match entry.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, entry),
        };
        let read = entry_of(words).ok_or_else(|| ListError::NoWord { line: at + 1, entry: entry.to_owned() })?;
        if !read.words.iter().all(Word::says_enough_in_a_phrase) || !read.says_enough() {
            return Err(ListError::TooShort { line: at + 1, entry: entry.to_owned() });
        }
        entries.push(if decent { Line::IsDecent(read) } else { Line::Hurts(read) });
    }
    Ok(entries)
}

fn entry_of(words: &str) -> Option<Entry> {
    let (words, end) = match words.strip_suffix('.') {
        Some(rest) => (rest, Fit::EndOfSentence),
        None => (words, Fit::Anywhere),
    };
    let words: Option<Vec<Word>> = words.split_whitespace().map(word_of).collect();
    words.filter(|words| !words.is_empty()).map(|words| Entry { words, end })
}

fn word_of(word: &str) -> Option<Word> {
    let sign = |c: Option<char>| c.filter(|c| matches!(c, '*' | '+'));
    let before = sign(word.chars().next());
    let word = before.map_or(word, |sign| word.trim_start_matches(sign));
    let after = sign(word.chars().next_back());
    let word = after.map_or(word, |sign| word.trim_end_matches(sign));
    let plain = Plain::read(&word.chars().collect::<Vec<_>>()).text;
    let known = plain.chars().all(|c| c.is_alphanumeric() || c == '\'');
    let letters: Vec<char> = plain.chars().filter(|c| c.is_alphanumeric()).collect();
    (known && !letters.is_empty()).then(|| Word { letters, before: Open::of(before), after: Open::of(after) })
}

impl Entry {
    fn says_enough(&self) -> bool {
        self.words.iter().map(|word| word.letters.len()).sum::<usize>() >= LEAST_LETTERS
    }
}

impl Word {
    fn says_enough_in_a_phrase(&self) -> bool {
        let open = self.before != Open::Closed || self.after != Open::Closed;
        !open || self.letters.len() >= LEAST_OPEN_LETTERS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_line() {
        assert_eq!(
            read("goed\n\n  # niets\n??").err().map(|e| e.to_string()).as_deref(),
            Some("line 4: \"??\" is not a word or a phrase")
        );
        assert_eq!(read("a").err(), Some(ListError::TooShort { line: 1, entry: "a".into() }));
        assert_eq!(read("!ab*").err(), Some(ListError::TooShort { line: 1, entry: "!ab*".into() }));
    }
}
