//! Posts as Bluesky's apps write them: records of `app.bsky.feed.post`, with facets by byte offsets.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Where posts are kept.
pub const COLLECTION: &str = "app.bsky.feed.post";

static FACETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(])(?:(?<tag>[#＃][^\s\p{P}]*[^\s\p{P}\d][^\s\p{P}]*)|(?<mention>@[a-zA-Z0-9.-]+[a-zA-Z])|(?<link>https?://\S*[^\s.,;:!?)]))")
        .expect("it is tried by every test")
});

/// What is posted.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Post {
    /// The words; hashtags, mentions and addresses in them become facets.
    pub text: String,
    /// Hashtags beside the words (the record's `tags`), without `#`.
    pub tags: Vec<String>,
    /// Languages, by code.
    pub langs: Vec<String>,
    /// What it replies to: `{"root": {"uri", "cid"}, "parent": {"uri", "cid"}}`.
    pub reply: Option<Value>,
    /// A picture, a link's card, a quote: anything with a `$type`.
    pub embed: Option<Value>,
    /// Facets to use instead of those that are found, also wrong ones.
    pub facets: Option<Value>,
    /// What the app says when it was written; the moment it is posted otherwise.
    pub created_at: Option<Timestamp>,
}

impl Post {
    /// These words, in Dutch.
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), langs: vec!["nl".to_owned()], ..Self::default() }
    }

    /// The record; `did` knows who has a handle.
    pub fn record(&self, now: Timestamp, did: impl Fn(&str) -> Option<String>) -> Value {
        let mut record = json!({
            "$type": COLLECTION,
            "createdAt": format!("{:.3}", self.created_at.unwrap_or(now)),
            "langs": self.langs,
            "text": self.text,
        });
        let facets = self.facets.clone().unwrap_or_else(|| facets(&self.text, did));
        let some = |value: &Value| value.as_array().is_none_or(|list| !list.is_empty());
        let further = [
            ("facets", Some(facets)),
            ("tags", Some(json!(self.tags))),
            ("reply", self.reply.clone()),
            ("embed", self.embed.clone()),
        ];
        for (name, value) in further {
            if let Some(value) = value.filter(some) {
                record[name] = value;
            }
        }
        record
    }
}

/// What in words is a hashtag, a mention or an address; offsets count bytes of UTF-8.
fn facets(text: &str, did: impl Fn(&str) -> Option<String>) -> Value {
    let facet = |found: regex::Captures<'_>| {
        let (part, feature) = if let Some(part) = found.name("tag") {
            let tag = part.as_str().trim_start_matches(['#', '＃']);
            (part, json!({"$type": "app.bsky.richtext.facet#tag", "tag": tag}))
        } else if let Some(part) = found.name("mention") {
            (part, json!({"$type": "app.bsky.richtext.facet#mention", "did": did(&part.as_str()[1..])?}))
        } else {
            let part = found.name("link")?;
            (part, json!({"$type": "app.bsky.richtext.facet#link", "uri": part.as_str()}))
        };
        Some(json!({"features": [feature], "index": {"byteStart": part.start(), "byteEnd": part.end()}}))
    };
    FACETS.captures_iter(text).filter_map(facet).collect()
}

/// A key that sorts by time, as servers make them: 13 characters of sortable base 32.
pub fn tid(microseconds: u64, clock: u64) -> String {
    const DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    let value = (microseconds << 10) | (clock & 0x3ff);
    (0..13)
        .rev()
        .map(|place| char::from(DIGITS[usize::try_from((value >> (5 * place)) & 31).expect("below 32")]))
        .collect()
}

/// Something that looks like a record's CID. It is not its hash: Jetstream's readers cannot check it.
pub fn cid(seed: u64) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut state = seed;
    let digit = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(DIGITS[usize::try_from(state >> 59).expect("below 32")])
    };
    "bafyrei".chars().chain((0..52).map(digit)).collect()
}
