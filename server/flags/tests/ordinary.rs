//! Ordinary questions raise no flags: the labelled set beside the similarity crate was written without these flags
//! in mind.

use samenspraak_flags::{Lookout, language};
use shared::flags::FlagKind;

/// Language, and words, of every question.
fn questions() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../similarity/evaluation/questions.tsv").lines().skip(1).map(|line| {
        let mut columns = line.split('\t').skip(3);
        (columns.next().expect("a language"), columns.next().expect("a text"))
    })
}

#[test]
fn ordinary_questions_raise_no_flags() {
    let lookout = Lookout::new();
    let flagged: Vec<_> = questions()
        .flat_map(|(_, text)| lookout.look(text))
        .filter(|flag| flag.kind != FlagKind::Shouting)
        .map(|flag| (flag.kind, flag.saw))
        .collect();
    assert!(flagged.is_empty(), "{flagged:?}");
}

#[test]
fn the_language_of_most_is_seen_and_seldom_wrong() {
    let (mut known, mut wrong, mut all) = (0, 0, 0);
    for (expected, text) in questions() {
        all += 1;
        match language(text) {
            Some(seen) if seen == expected => known += 1,
            Some(seen) => {
                wrong += 1;
                println!("{seen} for {text:?}");
            }
            None => {}
        }
    }
    println!("of {all}: {known} right, {wrong} wrong, {} unsure", all - known - wrong);
    assert!(known * 10 >= all * 7, "{known} of {all}");
    assert!(wrong * 50 <= all, "{wrong} of {all}");
}
