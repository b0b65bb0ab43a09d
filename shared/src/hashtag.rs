//! Hashtags: what counts as one, where they stand in a text, and when two are the same.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::unicode::{self, clusters};

/// The most grapheme clusters a hashtag may have, `#` not counted.
pub const MAX_HASHTAG: usize = 60;

/// A session's hashtag, without `#`, as the organiser wrote it. Equality is by [`fold`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hashtag(String);

/// The text is not a hashtag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a hashtag is letters, digits, emoji and _, with at least one letter or emoji")]
pub struct NotAHashtag;

impl Hashtag {
    /// Reads a hashtag, with or without its `#`.
    pub fn parse(text: &str) -> Result<Self, NotAHashtag> {
        let text = text.trim();
        let name = text.strip_prefix(['#', '＃']).unwrap_or(text);
        if is_name(name) { Ok(Self(unicode::composed(name))) } else { Err(NotAHashtag) }
    }

    /// As written, without `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two spellings of one hashtag are equal.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl PartialEq for Hashtag {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for Hashtag {}

impl TryFrom<String> for Hashtag {
    type Error = NotAHashtag;

    fn try_from(text: String) -> Result<Self, NotAHashtag> {
        Self::parse(&text)
    }
}

impl From<Hashtag> for String {
    fn from(tag: Hashtag) -> Self {
        tag.0
    }
}

/// Folds by Unicode's full case folding, after NFC; accents stay: `#Café` is `#CAFÉ`, not `#cafe`.
pub fn fold(text: &str) -> String {
    unicode::folded(text)
}

/// The hashtags in a text, as written and without `#`, in order, each once (by [`fold`]).
///
/// A hashtag starts at `#` (or the full-width one) that does not follow a letter, digit, `_`, `/`,
/// `&` or another hashtag's end, is made of letters, marks, digits, `_` and emoji, and has at
/// least one letter or emoji. Words with an address in them hold none.
pub fn topics(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for span in spans(text) {
        let name = unicode::composed(text[span].trim_start_matches(['#', '＃']));
        if !found.iter().any(|known| fold(known) == fold(&name)) {
            found.push(name);
        }
    }
    found
}

/// Where the hashtags stand in a text, `#` included, as byte ranges in order.
pub fn spans(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for (start, word) in words(text) {
        if !word.contains(['#', '＃']) || is_address(word) {
            continue;
        }
        let graphemes = clusters(word);
        let mut at = 0;
        while at < graphemes.len() {
            let opens = matches!(graphemes[at].1, "#" | "＃") && (at == 0 || !binds(graphemes[at - 1].1));
            let length = graphemes[at + 1..].iter().take_while(|(_, g)| is_part(g)).count();
            if opens {
                let end = graphemes.get(at + 1 + length).map_or(word.len(), |(byte, _)| *byte);
                let from = graphemes[at].0;
                let name = &word[from + graphemes[at].1.len()..end];
                // `#one#two` is one hashtag at most: the second does not open.
                if is_name(name) {
                    found.push(start + from..start + end);
                }
            }
            at += if opens { 1 + length } else { 1 };
        }
    }
    found
}

/// Whether a text is hashtags and nothing else that could be a question.
pub fn is_only_hashtags(text: &str) -> bool {
    let mut rest = text.to_owned();
    for span in spans(text).into_iter().rev() {
        rest.replace_range(span, " ");
    }
    !rest.chars().any(char::is_alphanumeric)
        && !clusters(&rest).iter().any(|(_, grapheme)| is_emoji(grapheme))
        && !spans(text).is_empty()
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(char::is_whitespace).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (start, word)
    })
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.to_ascii_lowercase().starts_with("www.") || has_path_before_hash(word)
}

/// `rotterdam.nl/fiets#plan`: a fragment of an address written without its scheme.
fn has_path_before_hash(word: &str) -> bool {
    word.split_once('#').is_some_and(|(before, _)| {
        let host = before.split('/').next().unwrap_or("");
        host.split_once('.').is_some_and(|(name, rest)| {
            !name.is_empty()
                && rest.len() >= 2
                && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
        }) && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
    })
}

fn is_name(name: &str) -> bool {
    // As it is kept: composing can bring another mark to the front.
    let name = unicode::composed(name);
    let mut letter = false;
    let mut count = 0;
    for (_, grapheme) in clusters(&name) {
        if !is_part(grapheme) {
            return false;
        }
        letter |= is_emoji(grapheme) || grapheme.chars().any(char::is_alphabetic);
        count += 1;
    }
    letter && count <= MAX_HASHTAG
}

fn is_part(grapheme: &str) -> bool {
    // Some marks count as alphabetic, but no letter is written with marks alone.
    let stands_alone = |c: char| (c.is_alphanumeric() && !unicode::is_mark(c)) || c == '_';
    grapheme.chars().next().is_some_and(stands_alone) || is_emoji(grapheme)
}

fn binds(grapheme: &str) -> bool {
    is_part(grapheme) || matches!(grapheme, "/" | "&" | "#" | "＃")
}

/// Pictographs, flags and keycaps: enough to let `#🚲` be a hashtag.
fn is_emoji(grapheme: &str) -> bool {
    let first = grapheme.chars().next().map_or(0, u32::from);
    matches!(first, 0x2190..=0x21FF | 0x2300..=0x23FF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x1F000..=0x1FAFF)
        // Keycaps stand on digits and the star; on a hash they would open a hashtag and be in it.
        || (grapheme.contains('\u{20E3}') && grapheme.starts_with(|c: char| c.is_ascii_digit() || c == '*'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn finds_hashtags_where_people_put_them() {
        assert_eq!(topics("Waarom is #Centraal vol? #FietsFan010"), ["Centraal", "FietsFan010"]);
        assert_eq!(topics("(#stalling) en “#Zuid”, #één."), ["stalling", "Zuid", "één"]);
        assert_eq!(topics("#fiets_pad #🚲 #自転車 #عربي"), ["fiets_pad", "🚲", "自転車", "عربي"]);
        assert_eq!(topics("#Stalling en #STALLING"), ["Stalling"]);
    }

    #[test]
    fn leaves_alone_what_is_not_a_hashtag() {
        assert_eq!(topics("#010 #1 # #-x a#b"), Vec::<String>::new());
        assert_eq!(topics("https://rotterdam.nl/#fiets www.x.nl/#y rotterdam.nl/plan#deel"), Vec::<String>::new());
        assert_eq!(topics("&#39; ##dubbel"), Vec::<String>::new());
    }

    #[test]
    fn marks_alone_are_no_hashtag_also_where_they_count_as_alphabetic() {
        assert!(Hashtag::parse("##\u{20E3}").is_err() && topics("#＃\u{20E3}").is_empty());
        assert_eq!(topics("#1\u{FE0F}\u{20E3}"), ["1\u{FE0F}\u{20E3}"]);
        assert!(Hashtag::parse("#\u{345}\u{300}\u{323}").is_err());
        assert!(Hashtag::parse("#\u{301}a").is_err());
        assert!(Hashtag::parse("＃\u{20E3}").is_err(), "nor is the sign itself under a key");
        assert_eq!(Hashtag::parse("#e\u{301}").expect("a hashtag").as_str(), "é");
    }

    #[test]
    fn folds_case_and_keeps_accents() {
        assert_eq!(fold("STRAẞE"), fold("strasse"));
        assert_eq!(fold("CAFÉ"), fold("cafe\u{301}"));
        assert_ne!(fold("café"), fold("cafe"));
    }

    #[test]
    fn tells_a_question_from_a_row_of_hashtags() {
        assert!(is_only_hashtags("#FietsFan010 #Zuid !"));
        assert!(!is_only_hashtags("#FietsFan010 waarom?"));
        assert!(!is_only_hashtags("#010"));
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text_in_order_and_start_with_a_hash(text in "\\PC{0,80}") {
            let mut last = 0;
            for span in spans(&text) {
                prop_assert!(span.start >= last && span.end <= text.len());
                prop_assert!(text[span.clone()].starts_with(['#', '＃']));
                last = span.end;
            }
        }

        #[test]
        fn a_found_hashtag_is_a_hashtag_and_is_found_again(text in "[#a-zé0-9_ /.:🚲]{0,60}") {
            for topic in topics(&text) {
                prop_assert!(Hashtag::parse(&topic).is_ok(), "{topic}");
                let again = topics(&format!("#{topic}"));
                prop_assert_eq!(again, vec![topic]);
            }
        }

        #[test]
        fn case_and_composition_never_matter(name in "[a-zA-Zéßøñ][a-zA-Z0-9_éßøñ]{0,20}") {
            let tag = Hashtag::parse(&name).expect("a hashtag");
            prop_assert_eq!(fold(&name.to_uppercase()), tag.folded());
            prop_assert_eq!(fold(&name.nfd().collect::<String>()), tag.folded());
            prop_assert_eq!(fold(&tag.folded()), tag.folded());
        }

        #[test]
        fn digits_alone_are_never_a_hashtag(digits in "[0-9]{1,10}") {
            prop_assert!(Hashtag::parse(&digits).is_err());
            let tag = format!("#{digits}");
            prop_assert!(topics(&tag).is_empty());
        }
    }
}
