//! Dutch postcodes, with the number of the house when it follows.

use shared::flags::FlagKind;

use super::{Hit, street};
use crate::plain::Plain;

/// Words and units of two letters that follow a year or an amount.
const WORDS: &[&str] = &[
    "aan", "al", "an", "as", "at", "be", "by", "ca", "cm", "co", "de", "dm", "do", "dr", "eb", "ed", "ek", "en", "er",
    "es", "et", "eu", "ga", "gb", "go", "gr", "ha", "he", "hr", "if", "ik", "in", "is", "it", "ja", "je", "kg", "km",
    "kb", "kw", "la", "le", "lo", "lt", "ma", "mb", "me", "mg", "ml", "mm", "mn", "mw", "my", "na", "nl", "no", "nr",
    "nu", "of", "om", "on", "op", "or", "ov", "pk", "pm", "so", "st", "tb", "te", "to", "tv", "up", "us", "uw", "vs",
    "wc", "we", "wk", "wo", "ze", "zo", "am", "vr", "za", "di",
];

pub(super) fn find(plain: &Plain, hits: &mut Vec<Hit>) {
    let bytes = plain.text.as_bytes();
    let mut at = 0;
    while at + 6 <= bytes.len() {
        match postcode(plain, at) {
            Some(letters) => {
                let to = street::number_end(plain, letters).unwrap_or(letters);
                if !plain.word_after(to) {
                    hits.push(Hit { kind: FlagKind::Address, from: at, to });
                }
                at = letters;
            }
            None => at += 1,
        }
    }
}

/// Where the postcode that begins here ends.
pub(super) fn postcode(plain: &Plain, from: usize) -> Option<usize> {
    let letters = shape(plain, from)?;
    let word = &plain.text[letters..letters + 2];
    let apart = letters > from + 4;
    let believed = !WORDS.contains(&word) || (!apart && plain.is_capital(letters..letters + 2));
    believed.then_some(letters + 2)
}

/// Where the letters begin of what has the form of a postcode.
pub(super) fn shape(plain: &Plain, from: usize) -> Option<usize> {
    let bytes = plain.text.as_bytes();
    let figures = bytes.get(from..from + 4)?;
    if !figures.iter().all(u8::is_ascii_digit) || figures[0] == b'0' || plain.word_before(from) {
        return None;
    }
    let letters = if bytes.get(from + 4) == Some(&b' ') { from + 5 } else { from + 4 };
    let pair = bytes.get(letters..letters + 2)?;
    // SA, SD and SS were never given out.
    let given_out = pair.iter().all(u8::is_ascii_lowercase) && !matches!(pair, b"sa" | b"sd" | b"ss");
    let ends = || !plain.text[letters + 2..].starts_with(|c: char| c.is_alphabetic() || c == '\'');
    (given_out && ends() && !is_amount(plain, from)).then_some(letters)
}

fn is_amount(plain: &Plain, from: usize) -> bool {
    let before = &plain.text[..from];
    before.ends_with(['.', ',']) || before.trim_end().ends_with(['€', '$'])
}
