//! E-mail addresses that are spelled out: "jan punt jansen at voorbeeld punt nl", "jan (apenstaartje) gmail.com".

use std::ops::Range;

use shared::flags::FlagKind;

use super::{Hit, links::DOMAINS};
use crate::plain::Plain;

/// Where many people have their mail: here a full stop may be written as such after "at".
const PROVIDERS: &[&str] = &[
    "gmail", "hotmail", "outlook", "live", "ziggo", "kpnmail", "icloud", "yahoo", "xs4all", "planet", "proton",
    "upcmail",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Word,
    At,
    /// "at" as a word, which English uses too.
    WordAt,
    Dot,
    WordDot,
    /// What no address reaches over.
    Other,
}

pub(super) fn find(plain: &Plain, hits: &mut Vec<Hit>) {
    let text = &plain.text;
    if !(text.contains("at") || text.contains("ape") || text.contains('@')) {
        return;
    }
    let pieces = pieces(text);
    for (at, (piece, _)) in pieces.iter().enumerate() {
        if matches!(piece, Piece::At | Piece::WordAt)
            && let Some((first, last)) = address(text, &pieces, at)
        {
            hits.push(Hit { kind: FlagKind::Email, from: pieces[first].1.start, to: pieces[last].1.end });
        }
    }
}

/// The first and last piece of the address around this "at".
fn address(text: &str, pieces: &[(Piece, Range<usize>)], at: usize) -> Option<(usize, usize)> {
    let is_word = |at: usize| pieces.get(at).is_some_and(|(piece, _)| *piece == Piece::Word);
    let is_dot = |at: usize| pieces.get(at).is_some_and(|(piece, _)| matches!(piece, Piece::Dot | Piece::WordDot));
    let mut first = at.checked_sub(1).filter(|&before| is_word(before))?;
    while first >= 2 && is_dot(first - 1) && is_word(first - 2) && is_tight(text, pieces, first - 1) {
        first -= 2;
    }
    if !is_word(at + 1) {
        return None;
    }
    let mut last = at + 1;
    while is_dot(last + 1) && is_word(last + 2) {
        last += 2;
    }
    while last > at + 1 && !DOMAINS.contains(&&text[pieces[last].1.clone()]) {
        last -= 2;
    }
    let spelled = pieces[at + 1..=last].iter().any(|(piece, _)| *piece == Piece::WordDot);
    let provided = PROVIDERS.contains(&&text[pieces[at + 1].1.clone()]);
    let meant = pieces[at].0 == Piece::At || spelled || provided;
    (last > at + 1 && meant).then_some((first, last))
}

/// Whether a full stop stands against what comes after it; one that is spelled out need not.
fn is_tight(text: &str, pieces: &[(Piece, Range<usize>)], dot: usize) -> bool {
    pieces[dot].0 == Piece::WordDot || !text[pieces[dot].1.end..pieces[dot + 1].1.start].contains([' ', '\n'])
}

/// The words, the full stops and what stands for @; anything else parts them.
fn pieces(text: &str) -> Vec<(Piece, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut pieces: Vec<(Piece, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let from = at;
        match bytes[at] {
            byte if is_address(byte) => {
                while at < bytes.len() && is_address(bytes[at]) {
                    at += 1;
                }
                let bracketed =
                    text[..from].ends_with(['(', '[', '{', '<']) && text[at..].starts_with([')', ']', '}', '>']);
                let piece = match &text[from..at] {
                    "at" | "apestaart" if bracketed => Piece::At,
                    "apenstaart" | "apenstaartje" | "apestaart" | "apestaartje" => Piece::At,
                    "at" => Piece::WordAt,
                    "dot" | "punt" => Piece::WordDot,
                    _ => Piece::Word,
                };
                pieces.push((piece, from..at));
                continue;
            }
            b'@' => pieces.push((Piece::At, from..from + 1)),
            b'.' => pieces.push((Piece::Dot, from..from + 1)),
            b' ' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'<' | b'>' => {}
            _ => pieces.push((Piece::Other, from..from)),
        }
        at += 1;
    }
    pieces
}

fn is_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+')
}
