//! A record of Bluesky as a post: what of it is a question's words, and what is kept beside them.

use std::collections::BTreeSet;

use conversation::Post;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::{Hashtag, Source, topics};

use super::known::address;

/// The kind of record that posts are.
pub const COLLECTION: &str = "app.bsky.feed.post";

/// The most characters of a post that are looked at; the network itself allows 300 graphemes.
const MOST_CHARACTERS: usize = 5_000;
/// The most pictures of a post; the network itself allows 4.
const MOST_IMAGES: usize = 4;

/// What a reply to a post needs to know of it; kept as JSON in [`Post::thread`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The post.
    #[serde(flatten)]
    pub parent: Reference,
    /// The post that its conversation began with; itself when that was it.
    pub root: Reference,
}

/// A certain version of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its `at://` address.
    pub uri: String,
    /// What names the version.
    pub cid: String,
}

/// The post that a record is. Without a readable date it was written at `passed`; none was written after
/// `now`.
pub fn post(
    did: &str,
    rkey: &str,
    cid: &str,
    record: &Value,
    handle: Option<&str>,
    (passed, now): (Timestamp, Timestamp),
) -> Post {
    let written_at = record["createdAt"].as_str().and_then(|date| date.parse().ok()).unwrap_or(passed);
    let parent = Reference { uri: address(did, rkey), cid: cid.to_owned() };
    let root = Reference::deserialize(&record["reply"]["root"]).unwrap_or_else(|_| parent.clone());
    let thread = serde_json::to_string(&Thread { parent, root }).expect("four texts");
    let labels = own_labels(record);
    Post {
        source: Source::Bluesky,
        address: address(did, rkey),
        link: Some(link(did, rkey)),
        author: format!("@{}", handle.unwrap_or(did)),
        bot: labels.contains(&"bot"),
        written_at: written_at.min(now),
        // Records tell no time of a change; of two forms, the one that passed later is how it is.
        edited_at: Some(passed),
        warning: Some(labels.into_iter().filter(|label| *label != "bot").collect::<Vec<_>>().join(", "))
            .filter(|warning| !warning.is_empty()),
        images: images(did, record),
        thread: Some(thread),
    }
}

/// Where people can read a post.
pub fn link(did: &str, rkey: &str) -> String {
    format!("https://bsky.app/profile/{did}/post/{rkey}")
}

/// The words of a record, with the whole address where its author's app shows the beginning of one.
pub fn words(record: &Value) -> String {
    let mut text = bounded(record["text"].as_str().unwrap_or_default()).to_owned();
    let mut links: Vec<_> = features(record, "app.bsky.richtext.facet#link")
        .filter_map(|(facet, feature)| {
            let index = &facet["index"];
            let start = usize::try_from(index["byteStart"].as_u64()?).ok()?;
            let end = usize::try_from(index["byteEnd"].as_u64()?).ok()?;
            Some((start, end, feature["uri"].as_str()?))
        })
        .collect();
    links.sort_unstable();
    let mut from = usize::MAX;
    for (start, end, uri) in links.into_iter().rev() {
        let shortened = text.get(start..end).is_some_and(|shown| shown.ends_with("...") || shown.ends_with('…'));
        if shortened && end <= from && uri.starts_with("http") && uri.len() <= 2_000 {
            text.replace_range(start..end, uri);
            from = start;
        }
    }
    text
}

/// All hashtags of a record, folded: those that its author's app marked, those beside the text, and those
/// in the text.
pub fn tags(record: &Value) -> BTreeSet<String> {
    let marked = features(record, "app.bsky.richtext.facet#tag").filter_map(|(_, feature)| feature["tag"].as_str());
    let beside = items(&record["tags"]).filter_map(Value::as_str);
    let named = marked.chain(beside).filter(|tag| tag.trim() == *tag).filter_map(|tag| Hashtag::parse(tag).ok());
    let written = topics(bounded(record["text"].as_str().unwrap_or_default()));
    named.map(|tag| tag.folded()).chain(written.iter().map(|tag| shared::hashtag::fold(tag))).collect()
}

/// The first language that a record says it is in (ISO 639-1).
pub fn language(record: &Value) -> Option<String> {
    let tag = record["langs"][0].as_str()?;
    let language = tag.split('-').next()?.to_ascii_lowercase();
    (language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(language)
}

fn features<'a>(record: &'a Value, kind: &'a str) -> impl Iterator<Item = (&'a Value, &'a Value)> {
    items(&record["facets"])
        .flat_map(|facet| items(&facet["features"]).map(move |feature| (facet, feature)))
        .filter(move |(_, feature)| feature["$type"] == kind)
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn bounded(text: &str) -> &str {
    text.char_indices().nth(MOST_CHARACTERS).map_or(text, |(end, _)| &text[..end])
}

/// What an author says of the post itself; not what tells apps what to do, such as `!no-unauthenticated`.
fn own_labels(record: &Value) -> Vec<&str> {
    items(&record["labels"]["values"])
        .filter_map(|label| label["val"].as_str())
        .filter(|label| !label.is_empty() && label.len() <= 100 && !label.starts_with('!'))
        .take(8)
        .collect()
}

fn images(did: &str, record: &Value) -> Vec<String> {
    let embed = &record["embed"];
    let embed = if embed["$type"] == "app.bsky.embed.recordWithMedia" { &embed["media"] } else { embed };
    items(&embed["images"])
        .filter_map(|image| image["image"]["ref"]["$link"].as_str())
        .filter(|cid| !cid.is_empty() && cid.len() <= 100 && cid.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        .map(|cid| format!("https://cdn.bsky.app/img/feed_thumbnail/plain/{did}/{cid}@jpeg"))
        .take(MOST_IMAGES)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn made(record: &Value) -> Post {
        let times = (at("2026-11-24T12:00:00Z"), at("2026-11-24T12:00:05Z"));
        post("did:plc:a", "k", "cid1", record, Some("ada.example.com"), times)
    }

    #[test]
    fn is_a_post_with_its_address_author_and_pictures() {
        let post = made(&json!({
            "$type": "app.bsky.feed.post", "text": "Waarom? #Zuid", "createdAt": "2026-11-24T13:00:00.123+02:00",
            "labels": {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}, {"val": "!hide"}]},
            "embed": {"$type": "app.bsky.embed.recordWithMedia", "media": {"images": [
                {"alt": "x", "image": {"$type": "blob", "ref": {"$link": "bafkabc"}, "mimeType": "image/jpeg"}},
                {"alt": "x", "image": {"ref": {"$link": "../evil"}}}]}},
        }));
        assert_eq!(post.address, "at://did:plc:a/app.bsky.feed.post/k");
        assert_eq!(post.link.as_deref(), Some("https://bsky.app/profile/did:plc:a/post/k"));
        assert_eq!(post.author, "@ada.example.com");
        assert_eq!(post.written_at, at("2026-11-24T11:00:00.123Z"));
        assert_eq!(post.warning.as_deref(), Some("graphic-media"));
        assert_eq!(post.images, ["https://cdn.bsky.app/img/feed_thumbnail/plain/did:plc:a/bafkabc@jpeg"]);
        assert!(!post.bot);
    }

    #[test]
    fn is_never_written_later_than_now_nor_without_a_moment() {
        assert_eq!(made(&json!({"createdAt": "2031-01-01T00:00:00Z"})).written_at, at("2026-11-24T12:00:05Z"));
        assert_eq!(made(&json!({"createdAt": "gisteren"})).written_at, at("2026-11-24T12:00:00Z"));
    }

    #[test]
    fn a_thread_begins_with_its_root_or_with_itself() {
        let itself: Thread = serde_json::from_str(&made(&json!({})).thread.expect("one")).expect("a thread");
        assert_eq!(itself.root, itself.parent);
        let root = json!({"uri": "at://did:plc:b/app.bsky.feed.post/r", "cid": "cid0"});
        let reply = made(&json!({"reply": {"root": root, "parent": {"uri": "at://x", "cid": "y"}}}));
        let thread: Value = serde_json::from_str(&reply.thread.expect("one")).expect("JSON");
        assert_eq!(thread, json!({"uri": "at://did:plc:a/app.bsky.feed.post/k", "cid": "cid1", "root": root}));
    }

    #[test]
    fn has_the_hashtags_of_text_marks_and_list() {
        let record = json!({
            "text": "Dag #Zuid en #één", "tags": ["Fiets", 5, " spatie", "niet dit"],
            "facets": [{"index": {}, "features": [
                {"$type": "app.bsky.richtext.facet#tag", "tag": "FietsFan010"},
                {"$type": "app.bsky.richtext.facet#mention", "tag": "nee"}]}],
        });
        assert_eq!(tags(&record), ["fiets", "fietsfan010", "zuid", "één"].map(str::to_owned).into());
    }

    #[test]
    fn says_its_language_when_it_is_one() {
        assert_eq!(language(&json!({"langs": ["nl-NL", "en"]})).as_deref(), Some("nl"));
        assert_eq!(language(&json!({"langs": ["gsw"]})), None);
        assert_eq!(language(&json!({"langs": "nl"})), None);
    }

    #[test]
    fn shows_the_whole_address_where_it_was_shortened() {
        let link = |start: usize, end: usize, uri: &str| {
            json!({"index": {"byteStart": start, "byteEnd": end},
                "features": [{"$type": "app.bsky.richtext.facet#link", "uri": uri}]})
        };
        let text = "é x.nl/abc... en dit";
        let record = json!({"text": text, "facets": [link(3, 14, "https://x.nl/abcdef")]});
        assert_eq!(words(&record), "é https://x.nl/abcdef en dit".replace("  ", " "));
        for (start, end) in [(1, 14), (3, 400), (14, 3), (3, 5)] {
            let record = json!({"text": text, "facets": [link(start, end, "https://x.nl/abcdef")]});
            assert_eq!(words(&record), text);
        }
    }

    proptest! {
        #[test]
        fn whatever_a_record_holds_is_survived(text in "\\PC{0,40}", start in 0..60_u64, end in 0..60_u64, uri in "\\PC{0,9}") {
            let record = json!({"text": text, "langs": [uri], "tags": text, "createdAt": uri, "facets": [
                {"index": {"byteStart": start, "byteEnd": end}, "features": [
                    {"$type": "app.bsky.richtext.facet#link", "uri": format!("http{uri}")}, 7]}]});
            words(&record);
            tags(&record);
            language(&record);
            made(&record);
            made(&Value::String(text));
        }
    }
}
