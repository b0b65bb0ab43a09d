//! Telephone numbers of people, in all usual notations. Numbers that anybody may call, such as 14 010, 112,
//! 0800 and 0900, and the numbers of organisations under 088, are left alone.

use std::ops::Range;

use shared::flags::FlagKind;

use super::Hit;
use crate::{
    numbers::{Run, begins_with_date, digits, is_grouped_by_thousands},
    plain::Plain,
};

/// No number is longer (E.164).
const LONGEST: usize = 15;
/// Two figures after the 0 that make an area by themselves.
const SHORT_AREAS: [&str; 26] = [
    "10", "13", "15", "20", "23", "24", "26", "30", "33", "35", "36", "38", "40", "43", "45", "46", "50", "53", "55",
    "58", "70", "71", "72", "73", "74", "75",
];
/// The same, for the rest of the seventies and for calls over the internet.
const MORE_SHORT_AREAS: [&str; 7] = ["76", "77", "78", "79", "84", "85", "87"];
/// Two figures after the 0 with which an area of three figures begins.
const LONG_AREAS: [&str; 20] = [
    "11", "16", "17", "18", "22", "25", "29", "31", "32", "34", "41", "47", "48", "49", "51", "52", "54", "56", "57",
    "59",
];

pub(super) fn find(plain: &Plain, runs: &[Run], hits: &mut Vec<Hit>) {
    for run in runs {
        let mut at = 0;
        while at < run.len() {
            match number_at(&plain.text, &run[at..]) {
                Some((from, groups)) => {
                    hits.push(Hit { kind: FlagKind::Phone, from, to: run[at + groups - 1].end });
                    at += groups;
                }
                None => at += 1,
            }
        }
    }
}

/// Where a number that begins with the first group starts, and of how many groups it is.
fn number_at(text: &str, groups: &[Range<usize>]) -> Option<(usize, usize)> {
    let before = text[..groups[0].start].trim_end_matches([' ', '(']);
    let plus = before.ends_with('+');
    let mut length = 0;
    for (at, group) in groups.iter().enumerate() {
        length += group.len();
        if length > LONGEST {
            return None;
        }
        let groups = &groups[..=at];
        let found = if plus { is_abroad(text, groups) } else { length >= 10 && is_from_here(text, groups) };
        if found {
            let from = if plus { before.len() - 1 } else { opening(text, groups[0].start) };
            return Some((from, at + 1));
        }
    }
    None
}

/// After a plus: a number with its country.
fn is_abroad(text: &str, groups: &[Range<usize>]) -> bool {
    let digits = digits(text, groups);
    match digits.strip_prefix("31") {
        Some(rest) => is_national(&format!("0{}", rest.trim_start_matches('0'))).is_some(),
        // The whole of it: numbers abroad have no length of their own.
        None => {
            digits.len() >= 9
                && !digits.starts_with('0')
                && !is_grouped_by_thousands(text, groups)
                && !continues(text, groups[groups.len() - 1].end)
        }
    }
}

/// Without a plus: as dialled here, with 0031 or another country's 00, or with 31 alone.
fn is_from_here(text: &str, groups: &[Range<usize>]) -> bool {
    let digits = digits(text, groups);
    if let Some(rest) = digits.strip_prefix("0031") {
        return is_national(&format!("0{}", rest.trim_start_matches('0'))).is_some();
    }
    if let Some(rest) = digits.strip_prefix("00") {
        return digits.len() >= 11 && !rest.starts_with('0') && !continues(text, groups[groups.len() - 1].end);
    }
    if digits.len() == 11 && digits.starts_with("316") {
        return !is_grouped_by_thousands(text, groups);
    }
    let Some(area) = is_national(&digits) else { return false };
    let first = groups[0].len();
    !begins_with_date(text, groups) && (first >= area || first == 1)
}

/// Whether more digits follow.
fn continues(text: &str, end: usize) -> bool {
    text[end..].trim_start_matches([' ', '-', '.', '(', ')']).starts_with(|c: char| c.is_ascii_digit())
}

/// How long the area of a number of ten figures is, when it is a person's.
fn is_national(digits: &str) -> Option<usize> {
    if digits.len() != 10
        || !digits.starts_with('0')
        || digits.as_bytes()[2..].iter().all(|&byte| byte == digits.as_bytes()[2]) && digits.as_bytes()[2] == b'0'
    {
        return None;
    }
    let two = &digits[1..3];
    if two.starts_with('6') {
        Some(2)
    } else if SHORT_AREAS.contains(&two) || MORE_SHORT_AREAS.contains(&two) {
        Some(3)
    } else {
        LONG_AREAS.contains(&two).then_some(4)
    }
}

/// With the bracket before an area.
fn opening(text: &str, from: usize) -> usize {
    if text[..from].ends_with('(') { from - 1 } else { from }
}
