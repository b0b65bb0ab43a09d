//! Citizen service numbers: eight or nine figures that pass the eleven test.

use std::ops::Range;

use shared::flags::FlagKind;

use super::Hit;
use crate::{
    numbers::{Run, digits, is_grouped_by_thousands},
    plain::Plain,
};

/// How far before a number its name may stand, in bytes.
const NEAR: usize = 32;

pub(super) fn find(plain: &Plain, runs: &[Run], hits: &mut Vec<Hit>) {
    let text = &plain.text;
    for run in runs {
        let whole = &run[..];
        if run.len() > 1 && looks_like_one(text, whole) {
            hits.push(Hit { kind: FlagKind::Bsn, from: run[0].start, to: run[run.len() - 1].end });
            continue;
        }
        for group in run {
            let alone = std::slice::from_ref(group);
            if !plain.word_before(group.start) && !plain.word_after(group.end) && looks_like_one(text, alone) {
                hits.push(Hit { kind: FlagKind::Bsn, from: group.start, to: group.end });
            }
        }
    }
}

fn looks_like_one(text: &str, groups: &[Range<usize>]) -> bool {
    let digits = digits(text, groups);
    if !passes(&digits) || is_money(text, groups) {
        return false;
    }
    let lengths: Vec<usize> = groups.iter().map(ExactSizeIterator::len).collect();
    match lengths[..] {
        [9] | [4, 2, 3] => true,
        [3, 3, 3] => {
            !is_grouped_by_thousands(text, groups)
                || is_named(text, groups[0].start)
                || !text[groups[0].end..].starts_with('.')
        }
        // Eight figures are as often a date or a case.
        _ => is_named(text, groups[0].start),
    }
}

/// The eleven test: the figures times 9 to 2, the last times -1, add up to a multiple of eleven.
fn passes(digits: &str) -> bool {
    if !(8..=9).contains(&digits.len()) || digits.bytes().all(|byte| byte == b'0') {
        return false;
    }
    let sum: i32 = digits
        .bytes()
        .rev()
        .zip([-1, 2, 3, 4, 5, 6, 7, 8, 9])
        .map(|(byte, weight)| i32::from(byte - b'0') * weight)
        .sum();
    sum % 11 == 0
}

fn is_named(text: &str, from: usize) -> bool {
    let near = &text[text.floor_char_boundary(from.saturating_sub(NEAR))..from];
    ["bsn", "burgerservice", "sofi", "service number"].iter().any(|name| near.contains(name))
}

fn is_money(text: &str, groups: &[Range<usize>]) -> bool {
    let before = text[..groups[0].start].trim_end();
    let after = text[groups[groups.len() - 1].end..].trim_start();
    before.ends_with('€') || before.ends_with("eur") || before.ends_with("euro") || after.starts_with("eur")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleven_test() {
        assert!(passes("123456782"));
        assert!(passes("111222333"));
        assert!(!passes("123456789"));
        assert!(!passes("000000000"));
    }
}
