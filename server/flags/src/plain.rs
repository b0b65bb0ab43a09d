//! A text as it reads to people, whatever it is written with: small letters without accents, digits of
//! any width, no invisible characters, letters of other scripts that look like ours as ours. Every byte
//! knows from which character it came.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

use crate::{find::Hit, mask::BLOCK};

/// What a text reads like, and where its bytes come from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plain {
    /// Mostly ASCII, in small letters.
    pub text: String,
    /// The character of the source behind each byte: the first and the last.
    origin: Vec<(u32, u32)>,
    /// Whether it was a capital, for each byte.
    capital: Vec<bool>,
}

impl Plain {
    pub fn read(source: &[char]) -> Self {
        let mut plain = Self {
            text: String::with_capacity(source.len()),
            origin: Vec::with_capacity(source.len()),
            capital: Vec::with_capacity(source.len()),
        };
        for (at, &c) in source.iter().enumerate() {
            let at = crate::narrow(at);
            if c.is_ascii() {
                plain.push(c.to_ascii_lowercase(), (at, at), c.is_ascii_uppercase());
            } else if !is_invisible(c) {
                let capital = c.is_uppercase();
                for seen in std::iter::once(c).nfkd().filter(|&part| !is_combining_mark(part)).flat_map(like) {
                    plain.push(seen, (at, at), capital || seen.is_uppercase());
                }
            }
        }
        plain
    }

    /// Where a hit in the plain text, told in bytes, is in the source, told in characters.
    pub fn place(&self, hit: &Hit) -> Hit {
        Hit { kind: hit.kind, from: self.origin[hit.from].0 as usize, to: self.origin[hit.to - 1].1 as usize + 1 }
    }

    /// The same with a block over each of these places of the source, which are in order and do not overlap.
    pub fn with_blocks(&self, places: &[Hit]) -> Self {
        let mut plain = Self::default();
        let mut places = places.iter().peekable();
        let mut covered_to = 0;
        for (byte, c) in self.text.char_indices() {
            let at = self.origin[byte].0 as usize;
            while let Some(place) = places.peek()
                && place.from <= at
            {
                let ends = (crate::narrow(place.from), crate::narrow(place.to - 1));
                BLOCK.chars().for_each(|block| plain.push(block, ends, false));
                covered_to = place.to;
                places.next();
            }
            if at >= covered_to {
                plain.push(c, self.origin[byte], self.capital[byte]);
            }
        }
        plain
    }

    /// Whether every letter here was a capital, and there is one.
    pub fn is_capital(&self, range: Range<usize>) -> bool {
        let mut letters = range.filter(|&at| self.text.as_bytes()[at].is_ascii_lowercase()).peekable();
        letters.peek().is_some() && letters.all(|at| self.capital[at])
    }

    /// Whether what begins here was a capital.
    pub fn starts_capital(&self, at: usize) -> bool {
        self.capital[at]
    }

    /// Whether the character that ends here belongs to a word.
    pub fn word_before(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
    }

    /// Whether the character that begins here belongs to a word.
    pub fn word_after(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_some_and(char::is_alphanumeric)
    }

    fn push(&mut self, c: char, ends: (u32, u32), capital: bool) {
        let c = match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            _ if c.is_whitespace() || c.is_control() => ' ',
            _ => c,
        };
        for small in c.to_lowercase() {
            self.text.push(small);
            self.origin.resize(self.text.len(), ends);
            self.capital.resize(self.text.len(), capital);
        }
    }
}

/// What a character looks like: itself, or the letters or digits of ours that people would see.
fn like(c: char) -> impl Iterator<Item = char> {
    let own = match c {
        '‐'..='―' | '−' => Some('-'),
        '‘' | '’' | '‛' | '′' => Some('\''),
        '⁄' | '∕' => Some('/'),
        // Digits of Arabic and Persian, which have other lookalikes.
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10),
        _ => None,
    };
    let seen: Vec<char> = match own {
        Some(own) => vec![own],
        None if c.is_ascii() || !has_lookalikes(c) => vec![c],
        None => {
            let small = looks(&c.to_lowercase().to_string());
            let large = small.is_none().then(|| looks(&c.to_uppercase().to_string())).flatten();
            small.or(large).unwrap_or_else(|| vec![c])
        }
    };
    seen.into_iter()
}

/// The letters or digits that this looks like, by Unicode's table of confusables.
fn looks(text: &str) -> Option<Vec<char>> {
    let seen: String = skeleton(text).filter(|&c| !is_combining_mark(c)).collect();
    // The table writes an m as r and n, which look the same.
    let seen = if seen == "rn" { "m".to_owned() } else { seen };
    (!seen.is_empty() && seen.chars().all(|c| c.is_ascii_alphanumeric())).then(|| seen.chars().collect())
}

/// The scripts and symbols that people borrow letters from. In others, such as Arabic, a letter that
/// looks like a stroke is no evasion.
fn has_lookalikes(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2070}'..='\u{24ff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a4d0}'..='\u{a4ff}' | '\u{a720}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{abbf}')
}

/// What nobody sees: joiners, fillers, directions, soft hyphens, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Plain::read(&text.chars().collect::<Vec<_>>()).text
    }

    #[test]
    fn what_is_meant_to_deceive_reads_as_it_looks() {
        assert_eq!(plain("Één\u{200b} cafe\u{301}"), "een cafe");
        assert_eq!(plain("０６－１２"), "06-12");
        assert_eq!(plain("кlооtzак"), "klootzak");
        assert_eq!(plain("𝓴𝓵𝓸𝓸𝓽"), "kloot");
        assert_eq!(plain("0️⃣6️⃣"), "06");
        assert_eq!(plain("٠٦"), "06");
        assert_eq!(plain("Bergweg – 12’s"), "bergweg - 12's");
    }

    #[test]
    fn other_scripts_stay_what_they_are() {
        assert_eq!(plain("السلام"), "السلام");
        assert_eq!(plain("自行车"), "自行车");
        assert_eq!(plain("█████"), "█████");
    }
}
