//! Whatever people send, looking is safe: places lie within the text, and a mask leaves nothing behind.

use proptest::prelude::*;
use samenspraak_flags::{Lookout, language, mask};
use std::sync::LazyLock;

static LOOKOUT: LazyLock<Lookout> = LazyLock::new(Lookout::new);

fn check(text: &str) -> Result<(), TestCaseError> {
    let flags = LOOKOUT.look(text);
    let chars: Vec<char> = text.chars().collect();
    let mut hidden_to = 0;
    for flag in &flags {
        prop_assert!(flag.from < flag.to && flag.to as usize <= chars.len(), "{flag:?} in {text:?}");
        let slice: String = chars[flag.from as usize..flag.to as usize].iter().collect();
        prop_assert_eq!(&slice, &flag.saw);
        if flag.kind.hides() {
            prop_assert!(flag.from >= hidden_to, "{flag:?} overlaps in {text:?}");
            hidden_to = flag.to;
        }
    }
    prop_assert!(flags.is_sorted_by_key(|flag| flag.from));
    let masked = mask(text, &flags);
    let left: Vec<_> = LOOKOUT.look(&masked).into_iter().filter(|flag| flag.kind.hides()).collect();
    prop_assert!(left.is_empty(), "{left:?} in {masked:?} of {text:?}");
    let _ = language(text);
    Ok(())
}

/// Pieces from which personal data and insults are made, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("06"),
        Just("12345678"),
        Just("+31"),
        Just("0031"),
        Just("010"),
        Just("123456782"),
        Just("1234567"),
        Just("nl91abna0417164300"),
        Just("NL91 ABNA 0417 1643 00"),
        Just("BE68539007547034"),
        Just("a@b.nl"),
        Just("jan"),
        Just(" at "),
        Just(" punt "),
        Just("nl"),
        Just("gmail"),
        Just("com"),
        Just("@"),
        Just("."),
        Just("-"),
        Just(" "),
        Just("("),
        Just(")"),
        Just("/"),
        Just("https://"),
        Just("www."),
        Just("x.nl"),
        Just("KR-123-T"),
        Just("12-XXX-3"),
        Just("Bergweg"),
        Just("Nieuwe "),
        Just("12a"),
        Just("3011 AA"),
        Just("3011"),
        Just("AA"),
        Just("klootzak"),
        Just("k l o o t z a k"),
        Just("kl"),
        Just("00"),
        Just("tz4k"),
        Just("f*ck"),
        Just("kanker"),
        Just("op"),
        Just("lul"),
        Just("#"),
        Just("!"),
        Just("!!!"),
        Just("\u{200b}"),
        Just("\u{301}"),
        Just("é"),
        Just("█████"),
        Just("█"),
        Just("€"),
        Just("\n"),
        Just("🚲"),
        Just("①"),
        Just("㎞"),
        Just("ﷺ"),
        Just("½"),
        Just("İ"),
        Just("ǅ"),
        Just("bsn "),
        Just("kenteken "),
        Just("ik woon op "),
        Just("WAT EEN ZOOI HIER"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_looked_at_safely(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn digits_and_signs_too(text in "[0-9a-zA-Z .,@+()/:#!*€-]{0,80}") {
        check(&text)?;
    }

    #[test]
    fn what_flags_are_made_of_leaves_nothing_behind_a_mask(text in pieces()) {
        check(&text)?;
    }

    #[test]
    fn flags_of_another_text_do_no_harm(text in any::<String>(), other in pieces()) {
        let _ = mask(&text, &LOOKOUT.look(&other));
    }
}
