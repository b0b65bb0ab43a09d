//! Words with the addresses in them as links: what colleagues write for each other. What the public
//! writes gets no links.

use leptos::prelude::*;

use crate::parts::{self, Erased};

/// A paragraph for each line, with each web address in it a link that opens beside this page.
#[component]
pub fn LinkedParagraphs(#[prop(into)] text: String) -> impl IntoView {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    parts::row(lines.map(|line| {
        let words = pieces(line).into_iter().map(|piece| match piece {
            Piece::Words(words) => Erased::new(words.to_owned()),
            Piece::Address(address) => Erased::new(view! {
                <a href=address.to_owned() target="_blank" rel="noopener noreferrer">{address.to_owned()}</a>
            }),
        });
        view! { <p dir="auto">{words.collect::<Vec<_>>()}</p> }
    }))
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Address(&'a str),
}

/// Only `https` and `http`: no other scheme is a link, so none can run anything.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (line, 0);
    while let Some(at) = next(rest, from) {
        let address = &rest[at..];
        let end = address.find(|c: char| c.is_whitespace() || "<>\"”“".contains(c)).unwrap_or(address.len());
        let address = without_the_sentence(&address[..end]);
        let host = address.split_once("://").map_or("", |(_, host)| host);
        if host.is_empty() {
            from = at + 1;
            continue;
        }
        if at > 0 {
            pieces.push(Piece::Words(&rest[..at]));
        }
        pieces.push(Piece::Address(address));
        (rest, from) = (&rest[at + address.len()..], 0);
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// Where the next address begins.
fn next(text: &str, from: usize) -> Option<usize> {
    let text = text.get(from..)?;
    ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min().map(|at| at + from)
}

/// An address at the end of a sentence, or between brackets, without what belongs to the sentence.
fn without_the_sentence(address: &str) -> &str {
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '?', '!', '\'']);
        let shorter =
            if shorter.ends_with(')') && !shorter.contains('(') { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece::*, pieces};

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        let line = "Zie https://rotterdam.nl/fiets?a=1 (of http://x.nl/plan).";
        let address = [Address("https://rotterdam.nl/fiets?a=1"), Address("http://x.nl/plan")];
        let [first, second] = address;
        assert_eq!(pieces(line), [Words("Zie "), first, Words(" (of "), second, Words(").")]);
        assert_eq!(
            pieces("https://nl.wikipedia.org/wiki/Fiets_(a)"),
            [Address("https://nl.wikipedia.org/wiki/Fiets_(a)")]
        );
    }

    #[test]
    fn nothing_else_is_a_link() {
        for line in ["javascript:alert(1)", "https://", "https:// x", "geen", ""] {
            assert!(pieces(line).iter().all(|piece| matches!(piece, Words(_))), "{line}");
        }
        assert_eq!(pieces("x https://. https://a.nl").last(), Some(&Address("https://a.nl")));
    }
}
