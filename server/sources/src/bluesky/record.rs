//! The record that a message becomes: its words and links, and a key that is the same for every try.

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::post::{COLLECTION, Thread};
use crate::{
    Message, NotSent,
    cut::{cut, graphemes},
};

/// The most grapheme clusters of a post, and its most bytes, as its schema says.
const GRAPHEMES: usize = 300;
const BYTES: usize = 3_000;

/// The record of a message, written at this moment.
pub fn record(message: &Message, written_at: Timestamp) -> Result<Value, NotSent> {
    let text = text(&message.text, message.link.as_deref());
    let mut record = json!({
        "$type": COLLECTION,
        "text": text,
        "langs": [message.language],
        "createdAt": format!("{written_at:.3}"),
    });
    let facets: Vec<Value> = addresses(&text)
        .map(|(start, end)| {
            json!({
                "index": {"byteStart": start, "byteEnd": end},
                "features": [{"$type": "app.bsky.richtext.facet#link", "uri": &text[start..end]}],
            })
        })
        .collect();
    if !facets.is_empty() {
        record["facets"] = facets.into();
    }
    if let Some(thread) = &message.thread {
        let Thread { parent, root } =
            serde_json::from_str(thread).map_err(|_| NotSent::Refused("not a post of Bluesky".to_owned()))?;
        record["reply"] = json!({ "root": root, "parent": parent });
    }
    Ok(record)
}

/// The key of the record of a message: posts have a time for a key, so this is a time in 2023 to 2026
/// that follows from the message's own key and nothing else.
pub fn rkey(key: &str) -> String {
    const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    const FROM: u64 = 1_672_531_200_000_000;
    const YEARS: u64 = 3 * 365 * 86_400_000_000;
    let digest = Sha256::digest(key.as_bytes());
    let number = |part: &[u8]| part.iter().fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    let tid = (FROM + number(&digest[..8]) % YEARS) << 10 | number(&digest[8..10]) & 0x3FF;
    (0..13).rev().map(|digit| char::from(ALPHABET[(tid >> (5 * digit) & 31) as usize])).collect()
}

/// The words, cut so that the address fits behind them.
fn text(words: &str, link: Option<&str>) -> String {
    let Some(link) = link else { return cut(words, GRAPHEMES, measure) };
    let left = GRAPHEMES.saturating_sub(graphemes(link) + 1);
    let words = cut(words, left, measure);
    if words.is_empty() { link.to_owned() } else { format!("{words}\n{link}") }
}

/// Length in grapheme clusters, or in as many bytes as each may have when that is more.
fn measure(text: &str) -> usize {
    graphemes(text).max(text.len().div_ceil(BYTES / GRAPHEMES))
}

/// Where addresses stand in a text, without the punctuation behind them.
fn addresses(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    text.split_whitespace().filter_map(move |word| {
        let at = word.find("https://").or_else(|| word.find("http://"))?;
        let address =
            word[at..].trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', '”', '’', '…', ')', ']', '>']);
        let start = word.as_ptr() as usize - text.as_ptr() as usize + at;
        let host = address.split_once("://")?.1;
        host.starts_with(char::is_alphanumeric).then_some((start, start + address.len()))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message(text: &str) -> Message {
        Message {
            key: "answer-1".to_owned(),
            thread: None,
            author: None,
            text: text.to_owned(),
            link: Some("https://fiets.example.nl/FietsFan010".to_owned()),
            language: "nl".to_owned(),
        }
    }

    fn made(message: &Message) -> Value {
        record(message, "2026-11-24T12:00:00.5Z".parse().expect("a moment")).expect("a record")
    }

    #[test]
    fn has_its_words_and_a_link_by_bytes() {
        let record = made(&message("Één ja, zie https://x.nl/a?b=1."));
        let text = record["text"].as_str().expect("text");
        assert_eq!(text, "Één ja, zie https://x.nl/a?b=1.\nhttps://fiets.example.nl/FietsFan010");
        assert_eq!(record["createdAt"], "2026-11-24T12:00:00.500Z");
        let uris: Vec<_> = record["facets"]
            .as_array()
            .expect("facets")
            .iter()
            .map(|facet| {
                let place =
                    |name: &str| usize::try_from(facet["index"][name].as_u64().expect("a number")).expect("small");
                assert_eq!(facet["features"][0]["uri"], text[place("byteStart")..place("byteEnd")]);
                facet["features"][0]["uri"].as_str().expect("text")
            })
            .collect();
        assert_eq!(uris, ["https://x.nl/a?b=1", "https://fiets.example.nl/FietsFan010"]);
    }

    #[test]
    fn answers_in_its_thread_and_no_other() {
        let thread = r#"{"uri":"at://a/p/1","cid":"c1","root":{"uri":"at://a/p/0","cid":"c0"}}"#;
        let answer = Message { thread: Some(thread.to_owned()), ..message("Ja") };
        let reply = json!({"root": {"uri": "at://a/p/0", "cid": "c0"}, "parent": {"uri": "at://a/p/1", "cid": "c1"}});
        assert_eq!(made(&answer)["reply"], reply);
        let wrong = Message { thread: Some(r#"{"id":"1"}"#.to_owned()), ..message("Ja") };
        assert!(matches!(record(&wrong, Timestamp::UNIX_EPOCH), Err(NotSent::Refused(_))));
    }

    #[test]
    fn a_key_is_a_time_of_which_the_message_key_decides() {
        assert_eq!(rkey("answer-1"), rkey("answer-1"));
        assert_ne!(rkey("answer-1"), rkey("answer-2"));
        for key in ["", "a", "answer-1", "vraag-99"] {
            let rkey = rkey(key);
            assert!(rkey.len() == 13 && rkey.starts_with('3'), "{rkey}");
        }
    }

    proptest! {
        // Long texts, of which each is measured many times.
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn fits_and_keeps_its_link(text in "([a-z .👩‍👩‍👧‍👦é\u{301}]|https://x.nl/ ){0,700}") {
            let record = made(&message(&text));
            let text = record["text"].as_str().expect("text");
            prop_assert!(graphemes(text) <= 300 && text.len() <= 3_000);
            prop_assert!(text.ends_with("https://fiets.example.nl/FietsFan010"));
        }
    }
}
