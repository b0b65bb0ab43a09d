//! How much of what deserves a look is seen, and how much of what is seen deserves it: on sentences in which the
//! places are marked by hand. Prints a table for each kind. The rules were made with `corpus.txt` at hand;
//! `unseen.txt` was written afterwards, and tells what to expect.

use std::{collections::BTreeMap, fmt::Write};

use samenspraak_flags::{Lookout, mask};
use shared::flags::{Flag, FlagKind};

const KNOWN: &str = include_str!("corpus.txt");
const UNSEEN: &str = include_str!("unseen.txt");

#[derive(Default)]
struct Tally {
    marked: usize,
    found: usize,
    flagged: usize,
    right: usize,
    exact: usize,
}

#[test]
fn most_is_seen_and_little_else() {
    let sentences = sentences(KNOWN);
    assert!(sentences.len() >= 300, "{} sentences", sentences.len());
    for (kind, tally) in &measure(&sentences) {
        assert!(share(tally.right, tally.flagged) >= 0.85, "precision of {kind:?}");
        assert!(share(tally.found, tally.marked) >= 0.9, "recall of {kind:?}");
    }
}

#[test]
fn in_sentences_it_was_not_made_with_too() {
    let all = measure(&sentences(UNSEEN)).values().fold(Tally::default(), Tally::and);
    assert!(share(all.right, all.flagged) >= 0.75, "precision");
    assert!(share(all.found, all.marked) >= 0.75, "recall");
}

#[test]
fn nothing_of_a_person_is_left_behind_a_mask() {
    let lookout = Lookout::new();
    for (text, _) in sentences(KNOWN).into_iter().chain(sentences(UNSEEN)) {
        let masked = mask(&text, &lookout.look(&text));
        let left: Vec<Flag> = lookout.look(&masked).into_iter().filter(|flag| flag.kind.hides()).collect();
        assert!(left.is_empty(), "{left:?} in {masked:?}");
    }
}

impl Tally {
    fn and(self, other: &Self) -> Self {
        Self {
            marked: self.marked + other.marked,
            found: self.found + other.found,
            flagged: self.flagged + other.flagged,
            right: self.right + other.right,
            exact: self.exact + other.exact,
        }
    }
}

fn measure(sentences: &[(String, Vec<Flag>)]) -> BTreeMap<FlagKind, Tally> {
    let lookout = Lookout::new();
    let mut tallies: BTreeMap<FlagKind, Tally> = BTreeMap::new();
    let mut remarks = String::new();
    for (text, marks) in sentences {
        let flags = lookout.look(text);
        for mark in marks {
            let tally = tallies.entry(mark.kind).or_default();
            tally.marked += 1;
            tally.found += usize::from(flags.iter().any(|flag| meets(flag, mark)));
            tally.exact += usize::from(flags.contains(mark));
            if !flags.contains(mark) {
                _ = writeln!(remarks, "not so: {} {:?} in {text:?}", mark.kind.word(), mark.saw);
            }
        }
        for flag in &flags {
            let tally = tallies.entry(flag.kind).or_default();
            let right = marks.iter().any(|mark| meets(flag, mark));
            tally.flagged += 1;
            tally.right += usize::from(right);
            if !right {
                _ = writeln!(remarks, "too much: {} {:?} in {text:?}", flag.kind.word(), flag.saw);
            }
        }
    }
    println!("{}{remarks}", table(&tallies));
    tallies
}

fn table(tallies: &BTreeMap<FlagKind, Tally>) -> String {
    let mut table =
        "| Kind | Marked | Precision | Recall | With the same ends |\n|---|---:|---:|---:|---:|\n".to_owned();
    for (kind, tally) in tallies {
        let (precision, recall) = (share(tally.right, tally.flagged), share(tally.found, tally.marked));
        _ = writeln!(table, "| {} | {} | {precision:.2} | {recall:.2} | {} |", kind.word(), tally.marked, tally.exact);
    }
    table
}

fn meets(flag: &Flag, mark: &Flag) -> bool {
    flag.kind == mark.kind && flag.from < mark.to && mark.from < flag.to
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred sentences")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Each sentence without its marks, and what was marked.
fn sentences(corpus: &str) -> Vec<(String, Vec<Flag>)> {
    let lines = corpus.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(unmarked).collect()
}

fn unmarked(line: &str) -> (String, Vec<Flag>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut rest = line;
    while let Some((before, marked)) = rest.split_once("[[") {
        let (mark, after) = marked.split_once("]]").expect("a mark ends");
        let (kind, saw) = mark.split_once('|').expect("a mark has a kind and words");
        text.push_str(before);
        let from = length(&text);
        text.push_str(saw);
        let kind = FlagKind::from_word(kind).expect("a kind");
        marks.push(Flag { kind, from, to: length(&text), saw: saw.to_owned() });
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("a short text")
}
