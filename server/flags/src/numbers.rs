//! Runs of digits, with what people write between them.

use std::ops::Range;

/// Groups of digits that may be one number together, as byte ranges: between two stand at most three of
/// space, dash, dot, slash and brackets.
pub(crate) type Run = Vec<Range<usize>>;

/// All runs of a text, in order.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !text.is_char_boundary(at) || !is_digit(text, at) {
            at += 1;
            continue;
        }
        let from = at;
        at += 1;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| is_gap(&bytes[last.end..from])) => run.push(from..at),
            _ => runs.push(std::iter::once(from..at).collect()),
        }
    }
    runs
}

/// The digits of these groups together.
pub(crate) fn digits(text: &str, groups: &[Range<usize>]) -> String {
    groups.iter().map(|group| text[group.clone()].replace('o', "0")).collect()
}

/// Whether groups are a large number with a dot or space before every three digits.
pub(crate) fn is_grouped_by_thousands(text: &str, groups: &[Range<usize>]) -> bool {
    groups.len() > 1
        && groups[0].len() <= 3
        && groups[1..].iter().all(|group| group.len() == 3)
        && groups.windows(2).all(|pair| matches!(&text[pair[0].end..pair[1].start], "." | " "))
}

/// Whether groups begin with a date such as 06-01-2026.
pub(crate) fn begins_with_date(text: &str, groups: &[Range<usize>]) -> bool {
    let [day, month, year, ..] = groups else { return false };
    let number = |group: &Range<usize>| text[group.clone()].parse::<u32>().unwrap_or(u32::MAX);
    day.len() <= 2
        && month.len() <= 2
        && year.len() == 4
        && (1..=31).contains(&number(day))
        && (1..=12).contains(&number(month))
        && (1900..2100).contains(&number(year))
}

/// A digit, or the letter with which a mobile number begins when it should not be seen: o6.
fn is_digit(text: &str, at: usize) -> bool {
    text.as_bytes()[at].is_ascii_digit()
        || text[at..].starts_with("o6") && !text[..at].ends_with(|c: char| c.is_alphanumeric())
}

fn is_gap(between: &[u8]) -> bool {
    between.len() <= 3 && between.iter().all(|byte| matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'_'))
}
