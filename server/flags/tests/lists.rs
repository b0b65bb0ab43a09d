//! An organiser's own list of insults.

use samenspraak_flags::{ListError, Lookout};
use shared::flags::FlagKind;

fn insults(lookout: &Lookout, text: &str) -> Vec<String> {
    lookout.look(text).into_iter().filter(|flag| flag.kind == FlagKind::Insult).map(|flag| flag.saw).collect()
}

#[test]
fn its_words_are_seen_besides_our_own() {
    let lookout = Lookout::with_more("# van deze wijk\nprutser*\nga terug naar Delft\n\n!prutserij # een winkel")
        .expect("a list");
    assert_eq!(
        insults(&lookout, "Wat een PRUTSERS, ga terug naar delft, hufter"),
        ["PRUTSERS", "ga terug naar delft", "hufter"]
    );
    assert!(insults(&lookout, "Blijft De Prutserij open?").is_empty());
    assert!(insults(&Lookout::new(), "Wat een prutsers").is_empty());
}

#[test]
fn its_accents_and_capitals_do_not_matter() {
    let lookout = Lookout::with_more("Zaïkò").expect("a list");
    assert_eq!(insults(&lookout, "jij za1ko"), ["za1ko"]);
}

#[test]
fn what_is_no_entry_is_named_by_its_line() {
    let error = Lookout::with_more("prutser\n\n(((\n").expect_err("no word");
    assert_eq!(error, ListError::NoWord { line: 3, entry: "(((".into() });
    assert_eq!(error.to_string(), "line 3: \"(((\" is not a word or a phrase");
    assert_eq!(Lookout::with_more("a*").expect_err("too short"), ListError::TooShort { line: 1, entry: "a*".into() });
}
