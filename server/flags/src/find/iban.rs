//! Bank account numbers of any country, checked by their form and their check digits.

use iban::Iban;
use shared::flags::FlagKind;

use super::Hit;
use crate::plain::Plain;

/// The shortest (Norway) and the longest that the standard allows, without spaces.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

pub(super) fn find(plain: &Plain, hits: &mut Vec<Hit>) {
    let bytes = plain.text.as_bytes();
    let mut at = 0;
    while at + 4 <= bytes.len() {
        let begins = bytes[at].is_ascii_lowercase()
            && bytes[at + 1].is_ascii_lowercase()
            && bytes[at + 2..].iter().find(|&&byte| byte != b' ').is_some_and(u8::is_ascii_digit)
            && !(at > 0 && bytes[at - 1].is_ascii_alphanumeric());
        match if begins { account(bytes, at) } else { None } {
            Some(to) => {
                hits.push(Hit { kind: FlagKind::Iban, from: at, to });
                at = to;
            }
            None => at += 1,
        }
    }
}

/// Where the account that begins here ends.
fn account(bytes: &[u8], from: usize) -> Option<usize> {
    let mut figures = String::new();
    let mut gap = 0;
    for (at, &byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {
                figures.push(char::from(byte.to_ascii_uppercase()));
                gap = 0;
            }
            b' ' | b'-' | b'.' if gap < 2 => {
                gap += 1;
                continue;
            }
            _ => return None,
        }
        if figures.len() > *LENGTHS.end() {
            return None;
        }
        let ends = !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if ends && LENGTHS.contains(&figures.len()) && figures.parse::<Iban>().is_ok() {
            return Some(at + 1);
        }
    }
    None
}
