//! Which messages of Jetstream are worth reading: decided on their bytes, since every post of the network
//! comes by and hardly any is a question.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{
    head::{About, head},
    known::Known,
    openings::{Look, Openings},
    post::COLLECTION,
};

/// What to do with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Nothing in it can matter. When it was passed on, in microseconds since 1970.
    Pass(i64),
    /// It may matter, or could not be told: read it whole.
    Read,
}

/// The hashtags that are listened for, made ready to be looked for in bytes.
#[derive(Debug)]
pub struct Wanted {
    tags: BTreeSet<String>,
    openings: Openings,
    signs: AhoCorasick,
    /// One of the hashtags can be written in so many ways that only the exact look will tell.
    other_letters: bool,
}

impl Wanted {
    /// Makes hashtags ready; they are folded as [`shared::hashtag::fold`] does.
    pub fn new(tags: &BTreeSet<String>) -> Self {
        let mut signs: BTreeSet<Vec<u8>> = BTreeSet::new();
        let mut other_letters = false;
        for tag in tags {
            match sign(tag) {
                Some(Sign::Start(run)) => {
                    signs.extend(["#", "＃", "\""].map(|opening| [opening.as_bytes(), run.as_bytes()].concat()));
                }
                Some(Sign::Inside(run)) => drop(signs.insert(run.as_bytes().to_vec())),
                None => other_letters = true,
            }
        }
        if !tags.is_empty() {
            signs.extend(ODD.iter().map(|bytes| bytes.to_vec()));
        }
        let signs = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(signs)
            .expect("a few short patterns");
        Self { tags: tags.clone(), openings: Openings::new(), signs, other_letters }
    }

    /// Whether a record, as JSON, can hold one of the hashtags. Never says no when it does.
    pub fn may_be_in(&self, record: &[u8]) -> bool {
        if self.tags.is_empty() {
            return false;
        }
        match self.openings.look(record) {
            Look::None => false,
            Look::Some => self.signs.is_match(record) || (self.other_letters && !record.is_ascii()),
            Look::Escaped => true,
        }
    }

    /// Whether one of these folded hashtags is listened for.
    pub fn any_of(&self, tags: &BTreeSet<String>) -> bool {
        !self.tags.is_disjoint(tags)
    }

    /// Whether no hashtag is listened for.
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

/// Decides what to do with a message of Jetstream (version 1, JSON).
pub fn decide(bytes: &[u8], wanted: &Wanted, known: &Known) -> Decision {
    let Some(head) = head(bytes) else { return Decision::Read };
    let About::Record { operation, collection, rkey } = head.about else { return Decision::Read };
    let matters = collection == COLLECTION
        && match operation {
            "create" => wanted.may_be_in(head.rest),
            "update" => known.holds(head.did, rkey) || wanted.may_be_in(head.rest),
            "delete" => known.holds(head.did, rkey),
            _ => true,
        };
    if matters { Decision::Read } else { Decision::Pass(head.time) }
}

enum Sign<'a> {
    Start(&'a str),
    Inside(&'a str),
}

/// The part of a hashtag that stands in the bytes of every text with it, whatever the case of its letters
/// and however they are composed; nothing when that part would be found everywhere.
fn sign(tag: &str) -> Option<Sign<'_>> {
    let runs = || tag.split(|c| !is_plain(c));
    let start = runs().next().unwrap_or_default();
    let longest = runs().max_by_key(|run| run.len()).unwrap_or_default();
    // A start stands behind a `#` or a quote, which is worth two letters.
    if start.len() + 2 >= longest.len().max(4) || (start == tag && !tag.is_empty()) {
        Some(Sign::Start(start))
    } else {
        (longest.len() >= 3).then_some(Sign::Inside(longest))
    }
}

/// Whether a folded letter is always written as itself, as its capital in ASCII, or as one of [`ODD`].
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || matches!(c,
            '\u{627}'..='\u{63A}'
            | '\u{641}'..='\u{64A}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{1F300}'..='\u{1FAFF}'
        )
}

/// How the characters begin in UTF-8 that fold to a plain one without being it or its capital: ß and ẞ to
/// ss, ſ, the Kelvin sign, ŉ, ẚ and kin, ligatures, and Chinese characters kept for old encodings.
const ODD: [&[u8]; 37] = [
    b"\xC3\x9F",
    b"\xC4\xB0",
    b"\xC5\x89",
    b"\xC5\xBF",
    b"\xC7\xB0",
    b"\xE1\xBA\x96",
    b"\xE1\xBA\x97",
    b"\xE1\xBA\x98",
    b"\xE1\xBA\x99",
    b"\xE1\xBA\x9A",
    b"\xE1\xBA\x9E",
    b"\xE2\x84\xAA",
    b"\xEF\xAC\x80",
    b"\xEF\xAC\x81",
    b"\xEF\xAC\x82",
    b"\xEF\xAC\x83",
    b"\xEF\xAC\x84",
    b"\xEF\xAC\x85",
    b"\xEF\xAC\x86",
    b"\xEF\xA4",
    b"\xEF\xA5",
    b"\xEF\xA6",
    b"\xEF\xA7",
    b"\xEF\xA8",
    b"\xEF\xA9",
    b"\xEF\xAA",
    b"\xEF\xAB",
    b"\xF0\xAF\xA0",
    b"\xF0\xAF\xA1",
    b"\xF0\xAF\xA2",
    b"\xF0\xAF\xA3",
    b"\xF0\xAF\xA4",
    b"\xF0\xAF\xA5",
    b"\xF0\xAF\xA6",
    b"\xF0\xAF\xA7",
    b"\xF0\xAF\xA8",
    b"\xF0\x9D\xBE\x95",
];

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;
    use serde_json::json;
    use shared::hashtag::fold;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;
    use crate::bluesky::post::tags;

    fn wanted(tags: &[&str]) -> Wanted {
        Wanted::new(&tags.iter().map(|tag| fold(tag)).collect())
    }

    fn create(record: &serde_json::Value) -> Vec<u8> {
        let record = record.to_string();
        format!(
            r#"{{"did":"did:plc:a","time_us":17,"kind":"commit","commit":{{"rev":"r","operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{record},"cid":"c"}}}}"#
        )
        .into_bytes()
    }

    fn decision(text: &str, tags: &[&str]) -> Decision {
        decide(&create(&json!({ "text": text })), &wanted(tags), &Known::default())
    }

    #[test]
    fn reads_what_has_a_hashtag_in_any_spelling_and_passes_the_rest() {
        for text in ["#FietsFan010 waarom?", "x #fietsFAN010", "＃fietsfan010"] {
            assert_eq!(decision(text, &["Zuid", "FietsFan010"]), Decision::Read, "{text}");
        }
        for text in ["", "een fietsfan010", "waarom #Fiets?", "een & ander < > 'ja' – «nee» é", "#"] {
            assert_eq!(decision(text, &["Zuid", "FietsFan010"]), Decision::Pass(17), "{text}");
        }
        assert_eq!(decision("#FietsFan010", &[]), Decision::Pass(17));
    }

    #[test]
    fn finds_hashtags_of_other_letters() {
        assert_eq!(decision("#CAFE\u{301}", &["café"]), Decision::Read);
        assert_eq!(decision("#E\u{301}E\u{301}N", &["één"]), Decision::Read);
        assert_eq!(decision("#Straße", &["STRASSE"]), Decision::Read);
        assert_eq!(decision("#\u{212A}ade", &["kade"]), Decision::Read);
        assert_eq!(decision("#自転車", &["自転車"]), Decision::Read);
        assert_eq!(decision("#電車", &["自転車"]), Decision::Pass(17));
        assert_eq!(decision("#🚲", &["🚲"]), Decision::Read);
    }

    #[test]
    fn finds_a_hashtag_behind_escapes() {
        for text in [r"\u0023zuid", r"#\u005auid", r"#zu\u0049d", r"\uff03zuid", r"\n#zuid", r##"\"#zuid\""##] {
            let bytes = create(&json!({ "text": "HERE" }));
            let bytes = String::from_utf8(bytes).expect("text").replace("HERE", text);
            assert_eq!(decide(bytes.as_bytes(), &wanted(&["Zuid"]), &Known::default()), Decision::Read, "{text}");
        }
        let go = create(&json!({ "text": "HERE" }));
        let go = String::from_utf8(go).expect("text").replace("HERE", r"een \u0026 ander \u003c3 \u2028");
        assert_eq!(decide(go.as_bytes(), &wanted(&["Zuid"]), &Known::default()), Decision::Pass(17));
    }

    #[test]
    fn deletions_and_updates_matter_for_what_is_known() {
        let known: Known = ["at://did:plc:a/app.bsky.feed.post/k"].into_iter().collect();
        let wanted = wanted(&["Zuid"]);
        let message = |operation: &str, rkey: &str| {
            format!(
                r#"{{"did":"did:plc:a","time_us":17,"kind":"commit","commit":{{"rev":"r","operation":"{operation}","collection":"app.bsky.feed.post","rkey":"{rkey}"}}}}"#
            )
        };
        for operation in ["update", "delete"] {
            assert_eq!(decide(message(operation, "k").as_bytes(), &wanted, &known), Decision::Read);
            assert_eq!(decide(message(operation, "other").as_bytes(), &wanted, &known), Decision::Pass(17));
        }
        let like = message("delete", "k").replace("feed.post", "feed.like");
        assert_eq!(decide(like.as_bytes(), &wanted, &known), Decision::Pass(17));
    }

    #[test]
    fn whatever_is_no_record_is_read() {
        for message in [
            r#"{"did":"did:plc:a","time_us":17,"kind":"account","account":{"active":false}}"#,
            r#"{"did":"did:plc:a","time_us":17,"kind":"news","news":{}}"#,
            "nonsense",
        ] {
            assert_eq!(decide(message.as_bytes(), &wanted(&["Zuid"]), &Known::default()), Decision::Read);
        }
    }

    /// What the signs rest on, for every character there is.
    #[test]
    fn a_plain_letter_is_written_as_itself_or_as_an_odd_one() {
        let mut missing = String::new();
        for c in '\0'..=char::MAX {
            if is_plain(c) {
                assert!(c.nfd().eq([c]), "{c} is composed");
            }
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            let odd = ODD.iter().any(|odd| bytes.starts_with(odd));
            let turns = |to: char| is_plain(to) && to != c && to != c.to_ascii_lowercase();
            if !odd && fold(c.encode_utf8(&mut [0; 4])).chars().any(turns) {
                write!(missing, " {c} {:X}", u32::from(c)).expect("room");
            }
        }
        assert_eq!(missing, "");
    }

    proptest! {
        /// The look at the bytes never says no to what the exact look finds.
        #[test]
        fn never_passes_what_has_the_hashtag(
            tag in "[a-kéßſK字ج🚲0-9_s]{1,8}",
            spelling in any::<u8>(),
            before in "\\PC{0,10}",
            place in 0..3_u8,
            escape in any::<bool>(),
        ) {
            let folded = fold(&tag);
            let written = match spelling % 4 {
                0 => tag.to_uppercase(),
                1 => tag.nfd().collect(),
                2 => folded.clone(),
                _ => tag.clone(),
            };
            let record = match place {
                0 => json!({"text": format!("{before} #{written}")}),
                1 => json!({"tags": [before, written], "text": ""}),
                _ => json!({"text": "", "facets": [{"features": [
                    {"$type": "app.bsky.richtext.facet#tag", "tag": written}]}]}),
            };
            let mut bytes = create(&record);
            if escape {
                let mut escaped = String::new();
                for c in String::from_utf8(bytes).expect("text").chars() {
                    let mut units = [0; 2];
                    if c.is_ascii() {
                        escaped.push(c);
                    } else {
                        for unit in c.encode_utf16(&mut units) {
                            write!(escaped, "\\u{unit:04x}").expect("room");
                        }
                    }
                }
                bytes = escaped.into_bytes();
            }
            let wanted = Wanted::new(&BTreeSet::from([folded]));
            if wanted.any_of(&tags(&record)) {
                prop_assert_eq!(decide(&bytes, &wanted, &Known::default()), Decision::Read);
            }
        }
    }
}
