//! Cutting a text to what a network allows: after a sentence, or else after a word, never in an address.

use unicode_segmentation::UnicodeSegmentation as _;

/// A text cut to `most`, as `measure` counts it, with `…` where something was left out. It is cut after
/// a sentence when that keeps half of what fits, else after a word, and within a word only when that is
/// all there is. Gives nothing when not even `…` fits.
pub fn cut(text: &str, most: usize, measure: impl Fn(&str) -> usize) -> String {
    let text = text.trim();
    if measure(text) <= most {
        return text.to_owned();
    }
    let fits = |end: usize, mark: &str| {
        let kept = format!("{}{mark}", text[..end].trim_end());
        (measure(&kept) <= most).then_some(kept)
    };
    let longest =
        |ends: Vec<usize>, mark| ends.into_iter().rev().filter(|&end| end > 0).find_map(|end| fits(end, mark));
    let words = text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect();
    let by_word = longest(words, "…");
    let enough = by_word.as_deref().map_or(0, &measure).max(most / 2) / 2;
    longest(sentence_ends(text), " …")
        .filter(|kept| measure(kept) >= enough)
        .or(by_word)
        .or_else(|| longest(text.grapheme_indices(true).map(|(start, _)| start).collect(), "…"))
        .or_else(|| fits(0, "…"))
        .unwrap_or_default()
}

/// Length in grapheme clusters.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Ends of sentences that are followed by a blank, or written without any; a `?` in an address is none.
fn sentence_ends(text: &str) -> Vec<usize> {
    text.split_sentence_bound_indices()
        .map(|(start, sentence)| (start + sentence.len(), sentence))
        .filter(|(_, sentence)| {
            sentence.ends_with(|c: char| c.is_whitespace() || matches!(c, '。' | '！' | '？' | '｡'))
        })
        .map(|(end, _)| end)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn to(most: usize, text: &str) -> String {
        cut(text, most, graphemes)
    }

    #[test]
    fn what_fits_stays_and_the_rest_ends_at_a_sentence_or_a_word() {
        assert_eq!(to(20, "Ja, dat komt er aan."), "Ja, dat komt er aan.");
        assert_eq!(to(25, "Ja, dat komt er. En daarna het volgende."), "Ja, dat komt er. …");
        assert_eq!(to(25, "Ja. En daarna komt het volgende stuk fietspad."), "Ja. En daarna komt het…");
        assert_eq!(to(5, "stadsontwikkeling"), "stad…");
        assert_eq!((to(1, "twee woorden"), to(0, "twee woorden")), ("…".to_owned(), String::new()));
    }

    #[test]
    fn emoji_stay_whole_and_other_scripts_have_sentences_too() {
        assert_eq!(to(3, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦"), "👨‍👩‍👧‍👦👨‍👩‍👧‍👦…");
        assert_eq!(to(18, "هل يأتي الطريق؟ نعم سيأتي قريبا جدا"), "هل يأتي الطريق؟ …");
        assert_eq!(to(12, "自転車道は来年です。その後に続きます。"), "自転車道は来年です。 …");
    }

    #[test]
    fn an_address_is_kept_whole_or_left_out() {
        assert_eq!(to(30, "Zie https://rotterdam.nl/fiets?deel=2 daar"), "Zie…");
        assert_eq!(to(39, "Zie https://rotterdam.nl/fiets?deel=2 daar"), "Zie https://rotterdam.nl/fiets?deel=2…");
    }

    proptest! {
        #[test]
        fn never_longer_and_always_its_beginning(text in "[a-z .?!\\n👩‍🚀é؟]{0,60}", most in 0usize..40) {
            let kept = to(most, &text);
            prop_assert!(graphemes(&kept) <= most, "{kept:?}");
            prop_assert!(text.trim().starts_with(kept.trim_end_matches('…').trim_end()));
        }
    }
}
