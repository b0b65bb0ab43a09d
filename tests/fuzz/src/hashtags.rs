//! Words that people type: hashtags in them, and what is kept of them.

use shared::{Hashtag, hashtag, topics, words};

/// Any text has hashtags that are hashtags, in order, and what is kept of it is tidy.
pub fn hashtags(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut last = 0;
    for span in hashtag::spans(&text) {
        assert!(span.start >= last && span.end <= text.len(), "in order: {span:?} after {last}");
        assert!(text[span.clone()].starts_with(['#', '＃']), "a hashtag starts with a hash");
        last = span.end;
    }
    for topic in topics(&text) {
        let again = Hashtag::parse(&topic).map(|tag| tag.as_str().to_owned());
        assert_eq!(again.as_deref(), Ok(&*topic), "a topic is a hashtag");
        assert_eq!(topics(&format!("#{topic}")), [topic], "and is found again");
    }
    if let Ok(tag) = Hashtag::parse(&text) {
        assert_eq!(Hashtag::parse(tag.as_str()).as_ref(), Ok(&tag));
        assert_eq!(Hashtag::parse(&format!("#{}", tag.as_str())).as_ref(), Ok(&tag));
        assert_eq!(hashtag::fold(&tag.folded()), tag.folded(), "folding twice changes nothing more");
        let json = serde_json::to_string(&tag).expect("JSON");
        assert_eq!(serde_json::from_str::<Hashtag>(&json).expect("a hashtag").as_str(), tag.as_str());
    }
    let _ = hashtag::is_only_hashtags(&text);
    what_is_kept_is_clean(&text);
}

/// What is kept of a text is tidy, and nothing is left of it that makes it fit no more.
fn what_is_kept_is_clean(text: &str) {
    if let Ok(kept) = words::question(text) {
        assert!((1..=words::MAX_QUESTION).contains(&words::length(&kept)));
        is_tidy(&kept);
    }
    if let Ok(Some(name)) = words::name(text) {
        assert!(!name.contains('\n') && words::length(&name) <= words::MAX_NAME);
        is_tidy(&name);
    }
    if let Ok(kept) = words::optional(text, words::MAX_ANSWER) {
        is_tidy(&kept);
        let again = words::optional(&kept, words::MAX_ANSWER).expect("it fits");
        is_tidy(&again);
        assert!(again.len() <= kept.len(), "{kept:?} grows");
    }
    let _ = words::same_words_key(text);
}

fn is_tidy(text: &str) {
    for line in text.split('\n') {
        assert_eq!(line, line.split_whitespace().collect::<Vec<_>>().join(" "), "one blank at a time");
    }
    assert!(!text.contains("\n\n\n") && !text.starts_with('\n') && !text.ends_with('\n'), "{text:?}");
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
}
