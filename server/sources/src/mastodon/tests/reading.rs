//! Single statuses.

use conversation::Post;
use serde_json::{Value, json};

use super::*;
use crate::mastodon::status::{Read, by_age};

fn status() -> Value {
    json!({
        "id": "109", "uri": "https://m.example/users/anna/statuses/109", "url": "https://m.example/@anna/109",
        "created_at": "2026-06-01T18:59:00.000Z", "visibility": "public", "language": "nl-BE", "spoiler_text": " fietsen ",
        "account": {"id": "7", "acct": "anna", "username": "anna", "display_name": " Anna ", "bot": true},
        "content": "<p>Wanneer? <a href=\"https://m.example/tags/FietsFan010\">#FietsFan010</a></p>",
        "tags": [{"name": "fietsfan010"}], "reblog": null,
        "media_attachments": [
            {"type": "image", "url": "https://m.example/1.png"},
            {"type": "image", "url": "http://m.example/2.png", "preview_url": "https://m.example/2s.png"},
            {"type": "image", "url": null},
            {"type": "video", "url": "https://m.example/3.mp4"},
        ],
    })
}

fn read(change: impl FnOnce(&mut Value)) -> Read {
    let mut status = status();
    change(&mut status);
    client_at("http://m.example", None, quick()).read(status, Some("99"))
}

fn post(change: impl FnOnce(&mut Value)) -> (Post, String, BTreeSet<String>) {
    match read(change) {
        Read::Heard { heard: Heard::Post { post, text, tags, .. }, .. } => (*post, text, tags),
        other => panic!("a post was expected, not {other:?}"),
    }
}

#[test]
fn a_status_becomes_a_post() {
    let Read::Heard { heard: Heard::Post { post, text, name, language, tags, local }, .. } = read(|_| ()) else {
        panic!("a post")
    };
    assert_eq!(text, "Wanneer? #FietsFan010");
    assert_eq!(
        (post.address.as_str(), post.author.as_str()),
        ("https://m.example/users/anna/statuses/109", "@anna@m.example")
    );
    assert_eq!((post.link.as_deref(), post.bot), (Some("https://m.example/@anna/109"), true));
    assert_eq!(
        (post.warning.as_deref(), post.images),
        (Some("fietsen"), vec!["https://m.example/1.png".to_owned(), "https://m.example/2s.png".to_owned()])
    );
    assert_eq!((name.as_deref(), language.as_deref(), local.as_deref()), (Some("Anna"), Some("nl"), Some("109")));
    assert_eq!(tags, [TAG.to_owned()].into());
    let thread: Value = serde_json::from_str(&post.thread.expect("a thread")).expect("JSON");
    assert_eq!(thread["id"], "109");
}

#[test]
fn what_is_not_for_all_or_not_of_its_author_is_passed_over() {
    for visibility in ["private", "direct", "limited"] {
        assert_eq!(read(|status| status["visibility"] = visibility.into()), Read::Passed);
    }
    assert_eq!(read(|status| status["reblog"] = json!({"id": "1"})), Read::Passed);
    assert_eq!(read(|status| status["account"]["id"] = "99".into()), Read::Passed);
}

#[test]
fn odd_values_are_survived() {
    assert_eq!(post(|status| status["created_at"] = "2031-01-01T00:00:00Z".into()).0.written_at, now());
    assert_eq!(post(|status| status["created_at"] = "gisteren".into()).0.written_at, now());
    assert_eq!(post(|status| status["url"] = "javascript:alert(1)".into()).0.link, None);
    assert_eq!(post(|status| status["account"]["acct"] = "kim@elders.example".into()).0.author, "@kim@elders.example");
    let (_, text, tags) = post(|status| {
        status["content"] = Value::Null;
        status["tags"] = (0..100).map(|n| json!({"name": format!("tag{n}")})).collect();
    });
    assert_eq!((text.as_str(), tags.len()), ("", 100));
    assert_eq!(post(|status| status["tags"] = Value::Null).2, [TAG.to_owned()].into(), "from its words");
    let sparse = json!({"id": "1", "uri": "tag:x", "account": {"id": "1", "acct": "a"}});
    assert!(matches!(read(|status| *status = sparse), Read::Heard { .. }));
}

#[test]
fn what_is_no_status_is_unreadable() {
    for bad in [json!(null), json!("x"), json!({}), json!({"id": 109})] {
        assert_eq!(read(|status| *status = bad), Read::Unreadable);
    }
    assert_eq!(read(|status| status["uri"] = "".into()), Read::Unreadable);
    assert_eq!(read(|status| status["uri"] = "x".repeat(5_000).into()), Read::Unreadable);
}

#[test]
fn a_longer_number_is_a_later_one() {
    let mut ids = ["99", "109876543210987654", "109876543210987653", "100"];
    ids.sort_by(|one, other| by_age(one, other));
    assert_eq!(ids, ["99", "100", "109876543210987653", "109876543210987654"]);
}
