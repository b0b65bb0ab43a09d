//! Dutch licence plates, of all fourteen series (sidecodes) of the RDW.

use shared::flags::FlagKind;

use super::Hit;
use crate::plain::Plain;

/// How far before a plate its name may stand, in bytes.
const NEAR: usize = 30;
/// Letters (`x`) and figures (`9`) of each series.
const SERIES: [[&str; 3]; 14] = [
    ["xx", "99", "99"],
    ["99", "99", "xx"],
    ["99", "xx", "99"],
    ["xx", "99", "xx"],
    ["xx", "xx", "99"],
    ["99", "xx", "xx"],
    ["99", "xxx", "9"],
    ["9", "xxx", "99"],
    ["xx", "999", "x"],
    ["x", "999", "xx"],
    ["xxx", "99", "x"],
    ["x", "99", "xxx"],
    ["9", "xx", "999"],
    ["999", "xx", "9"],
];
/// From the seventh on, three parts cannot be mistaken for a number with a unit.
const FIRST_MODERN: usize = 6;

/// What stands between the three parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Dashes,
    Spaces,
    Nothing,
}

pub(super) fn find(plain: &Plain, hits: &mut Vec<Hit>) {
    let bytes = plain.text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_alphanumeric() && (at == 0 || !is_joined(plain, at - 1, at));
        match if starts { plate(plain, at) } else { None } {
            Some(to) => {
                hits.push(Hit { kind: FlagKind::Plate, from: at, to });
                at = to;
            }
            None => at += 1,
        }
    }
}

/// Whether the byte before makes this the middle of something.
fn is_joined(plain: &Plain, before: usize, at: usize) -> bool {
    plain.word_before(at) || matches!(plain.text.as_bytes()[before], b'-' | b'#' | b'@' | b'/' | b'.' | b'_')
}

fn plate(plain: &Plain, from: usize) -> Option<usize> {
    for between in [Between::Dashes, Between::Nothing, Between::Spaces] {
        for (series, parts) in SERIES.iter().enumerate() {
            if let Some(to) = parts_end(plain, from, parts, between)
                && is_believable(plain, from, to, series, between)
            {
                return Some(to);
            }
        }
    }
    None
}

/// Where the third part ends, if the text is written so.
fn parts_end(plain: &Plain, from: usize, parts: &[&str; 3], between: Between) -> Option<usize> {
    let bytes = plain.text.as_bytes();
    let mut at = from;
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            let wanted = match between {
                Between::Dashes => Some(b'-'),
                Between::Spaces => Some(b' '),
                Between::Nothing => None,
            };
            if let Some(wanted) = wanted {
                if bytes.get(at) != Some(&wanted) {
                    return None;
                }
                at += 1;
            }
        }
        for kind in part.bytes() {
            let byte = bytes.get(at)?;
            let fits = if kind == b'x' { byte.is_ascii_lowercase() } else { byte.is_ascii_digit() };
            if !fits {
                return None;
            }
            at += 1;
        }
    }
    let joined = plain.word_after(at) || plain.text[at..].starts_with('-') && plain.word_after(at + 1);
    (!joined).then_some(at)
}

fn is_believable(plain: &Plain, from: usize, to: usize, series: usize, between: Between) -> bool {
    let letters = || plain.text[from..to].chars().filter(char::is_ascii_lowercase);
    // Vowels went out with the first three series; c, q and y are not given out.
    let no_word = letters().all(|c| "bdfghjklmnprstvwxz".contains(c));
    let capital = plain.is_capital(from..to);
    let near = &plain.text[plain.text.floor_char_boundary(from.saturating_sub(NEAR))..from];
    let named = ["kenteken", "nummerbord", "nummerplaat", "license plate", "licence plate", "number plate"]
        .iter()
        .any(|name| near.contains(name));
    if named {
        return true;
    }
    match between {
        Between::Dashes => no_word || (series < 3 && capital),
        Between::Nothing => no_word && series >= FIRST_MODERN && letters().all(|c| c != 'm' && c != 'w'),
        Between::Spaces => no_word && series >= 3 && capital,
    }
}
