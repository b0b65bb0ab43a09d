//! A street with a number: where somebody lives. A street alone is a subject, not an address.

mod words;

use shared::flags::FlagKind;

use super::{Hit, postcode};
use crate::plain::Plain;
use words::{AFTER_ADDRESS, COUNTED, ENDINGS, FIRST_WORDS, HOME, NO_NAME, NO_STREETS, PARTICLES, VAGUE};

pub(super) fn find(plain: &Plain, hits: &mut Vec<Hit>) {
    let bytes = plain.text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_lowercase() || plain.word_before(at) {
            at += 1;
            continue;
        }
        let from = at;
        while at < bytes.len() && (bytes[at].is_ascii_lowercase() || is_inner(bytes, at)) {
            at += 1;
        }
        if is_street(plain, from, at)
            && let Some(number) = number_end(plain, at)
            && !counts_there(plain, from, number)
        {
            let to = postcode_end(plain, number).unwrap_or(number);
            let from = if plain.text[..from].ends_with('\'') { from - 1 } else { from };
            hits.push(Hit { kind: FlagKind::Address, from: name_start(plain, from), to });
            at = at.max(number);
        }
    }
}

/// Whether an article stands before the street and a noun after the number: "op de Kleiweg 3 zebrapaden".
fn counts_there(plain: &Plain, from: usize, number: usize) -> bool {
    let start = name_start(plain, from);
    let article = [" de", " het", " the"].iter().any(|article| plain.text[..start].trim_end().ends_with(article))
        || ["de ", "het ", "the "].contains(&&plain.text[..start]);
    let Some(rest) = plain.text[number..].strip_prefix(' ') else { return false };
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    article && !word.is_empty() && !AFTER_ADDRESS.contains(word)
}

/// Where the number of a house ends that follows after `from`.
pub(super) fn number_end(plain: &Plain, from: usize) -> Option<usize> {
    let text = &plain.text;
    let mut at = from;
    let gap: &[char] = if text[..from].ends_with("str") { &['.', ',', ' ', ':', '\n'] } else { &[',', ' ', ':', '\n'] };
    let rest = text[at..].trim_start_matches(gap);
    at = text.len() - rest.len();
    let named = ["huisnummer", "nummer", "nr.", "nr", "no."].iter().find(|name| rest.starts_with(**name));
    if let Some(name) = named {
        let rest = rest[name.len()..].trim_start_matches([' ', '.', ':']);
        at = text.len() - rest.len();
    }
    let bytes = text.as_bytes();
    let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=4).contains(&digits) || bytes[at] == b'0' {
        return None;
    }
    let number: u32 = text[at..at + digits].parse().ok()?;
    let end = at + digits;
    let rest = &text[end..];
    let goes_on = rest.starts_with([':', '.', ',', '/']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let is_ordinal = rest.starts_with("e ") || rest.starts_with("ste ") || rest.starts_with("de ");
    if goes_on
        || is_ordinal
        || (named.is_none() && (1900..2100).contains(&number))
        || postcode::shape(plain, at).is_some()
    {
        return None;
    }
    let word: &str =
        rest.trim_start_matches([' ', '-']).split([' ', ',', '?', '!', '\n', ')']).next().unwrap_or_default();
    if named.is_none() && (COUNTED.contains(word.trim_end_matches('.')) || rest.starts_with('%')) {
        return None;
    }
    addition_end(plain, end)
}

/// Where what comes after a house's number ends: a letter, a floor, a second number.
fn addition_end(plain: &Plain, end: usize) -> Option<usize> {
    let text = &plain.text;
    let rest = &text[end..];
    for floor in [" bis", "bis", " hs", "-hs", " iii", " ii", " huis", "-iii", "-ii", "-i"] {
        if rest.starts_with(floor) && !plain.word_after(end + floor.len()) {
            return Some(end + floor.len());
        }
    }
    let length = match rest.as_bytes() {
        [b'a'..=b'z', ..] => 1,
        [b' ', letter, ..] if is_addition(plain, end + 1, *letter) => 2,
        [b'-' | b'/', first, after @ ..] if first.is_ascii_alphanumeric() => {
            2 + after.iter().take_while(|byte| byte.is_ascii_digit()).count()
        }
        _ => 0,
    };
    if !plain.word_after(end + length) {
        return Some(end + length);
    }
    (!plain.word_after(end)).then_some(end)
}

/// A letter that stands apart, such as the b of 9 b. A small a is a word in English, and so on.
fn is_addition(plain: &Plain, at: usize, letter: u8) -> bool {
    let believed = matches!(letter, b'b'..=b'h') || (letter.is_ascii_lowercase() && plain.starts_capital(at));
    believed && !plain.word_after(at + 1)
}

/// A dash or an apostrophe between two letters.
fn is_inner(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b'-' | b'\'') && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
}

fn is_street(plain: &Plain, from: usize, to: usize) -> bool {
    let word = &plain.text[from..to];
    if NO_STREETS.contains(word) || plain.text[..from].ends_with(['#', '@']) {
        return false;
    }
    let named = (from..to).any(|at| plain.starts_capital(at));
    if named && HOME.iter().any(|home| plain.text[..from].trim_end().ends_with(home)) {
        return true;
    }
    let ending = ENDINGS.iter().filter(|ending| word.ends_with(**ending)).max_by_key(|ending| ending.len());
    let Some(ending) = ending else { return false };
    match word.len() - ending.len() {
        // "Oude Dijk 12": both words are written as a name.
        0 => named && *ending != "str" && name_start(plain, from) < from,
        1 | 2 => named,
        _ => named || !VAGUE.contains(ending),
    }
}

/// Where the name begins whose last word begins here.
fn name_start(plain: &Plain, from: usize) -> usize {
    let text = &plain.text;
    let mut start = from;
    let mut at = from;
    for _ in 0..4 {
        let before = text[..at].strip_suffix(' ').unwrap_or_default();
        let begin = before.rfind([' ', '\n', ',', '(']).map_or(0, |gap| gap + 1);
        let word = &before[begin..];
        if word.is_empty() || word.ends_with(['.', '?', '!', ':', ';']) && !PARTICLES.contains(&word) {
            break;
        }
        let first = &text[at..];
        let particle = PARTICLES.contains(&word);
        let named = plain.starts_capital(begin) && !NO_NAME.contains(&word) && !particle;
        let small = !plain.starts_capital(begin) && FIRST_WORDS.contains(&word) && !first.starts_with("straat");
        if named || small {
            start = begin;
        } else if !particle {
            break;
        }
        at = begin;
    }
    start
}

/// Where the postcode ends that follows a house's number; after one, every pair of letters is believed.
fn postcode_end(plain: &Plain, from: usize) -> Option<usize> {
    let rest = plain.text[from..].trim_start_matches([',', ' ', '\n']);
    let at = plain.text.len() - rest.len();
    (at > from).then(|| postcode::shape(plain, at)).flatten().map(|letters| letters + 2)
}
