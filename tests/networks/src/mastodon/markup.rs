//! What Mastodon makes of somebody's words: HTML in its own markup, hashtags, mentions.

use std::{fmt::Write as _, sync::LazyLock};

use regex::{Captures, Regex};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// How many characters of an address are shown; the rest is hidden by style.
const SHOWN: usize = 30;
/// How many characters an address counts for, however long it is.
const ADDRESS_COUNTS: usize = 23;

static ENTITIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<address> https?://[^\s<>]*[^\s<>.,;:!?)'] )
        | (?P<before> ^ | [^\w/&] ) (?:
            [\#＃](?P<tag> [\w·]*[\p{L}_·][\w·]* )
            | @(?P<mention> [A-Za-z0-9_]+(?:@[A-Za-z0-9.:-]+[A-Za-z0-9])? )
        )",
    )
    .expect("it is tried by every test")
});

/// Words as they are published.
pub struct Published {
    /// The HTML.
    pub content: String,
    /// The hashtags as they were written, each once.
    pub tags: Vec<String>,
    /// The accounts that are mentioned and known, as the text names them.
    pub mentions: Vec<String>,
}

/// Publishes words on the server at `url`; `profile` gives the address of an account's page, for those
/// that are known.
pub fn publish(text: &str, url: &str, profile: impl Fn(&str) -> Option<String>) -> Published {
    let (mut tags, mut mentions) = (Vec::<String>::new(), Vec::new());
    let mut paragraphs = String::new();
    for paragraph in text.trim().split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let mut html = String::new();
        let mut done = 0;
        for found in ENTITIES.captures_iter(paragraph) {
            let whole = found.get(0).expect("the whole is always there");
            html += &escape(&paragraph[done..whole.start()]);
            html += &escape(group(&found, "before"));
            if let Some(tag) = found.name("tag") {
                let tag = tag.as_str();
                _ = write!(
                    html,
                    r#"<a href="{url}/tags/{}" class="mention hashtag" rel="tag">#<span>{}</span></a>"#,
                    encode(tag),
                    escape(tag)
                );
                if !tags.iter().any(|known| normal(known) == normal(tag)) {
                    tags.push(tag.to_owned());
                }
            } else if let Some(mention) = found.name("mention") {
                let name = mention.as_str();
                let short = name.split('@').next().unwrap_or(name);
                if let Some(page) = profile(name) {
                    _ = write!(
                        html,
                        r#"<span class="h-card" translate="no"><a href="{}" class="u-url mention">@<span>{}</span></a></span>"#,
                        escape(&page),
                        escape(short)
                    );
                    mentions.push(name.to_owned());
                } else {
                    _ = write!(html, "@{}", escape(name));
                }
            } else {
                html += &link(group(&found, "address"));
            }
            done = whole.end();
        }
        html += &escape(&paragraph[done..]);
        _ = write!(paragraphs, "<p>{}</p>", html.trim().replace('\n', "<br />"));
    }
    Published { content: paragraphs, tags, mentions }
}

/// A hashtag as Mastodon compares it: without case and without accents, so that it reaches further
/// than who wrote it may have meant.
pub fn normal(tag: &str) -> String {
    let folded = tag.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut normal = String::new();
    for c in folded {
        match c {
            'ß' => normal += "ss",
            'æ' => normal += "ae",
            'œ' => normal += "oe",
            'ø' => normal.push('o'),
            'ł' => normal.push('l'),
            'đ' => normal.push('d'),
            c if c.is_alphanumeric() || c == '_' || c == '·' || c == '\u{200c}' => normal.push(c),
            _ => {}
        }
    }
    normal
}

/// How many characters words count for: addresses the same whatever their length, mentions without
/// their server.
pub fn length(text: &str) -> usize {
    let counted = ENTITIES.replace_all(text, |found: &Captures<'_>| {
        let before = group(found, "before");
        if let Some(mention) = found.name("mention") {
            format!("{before}@{}", mention.as_str().split('@').next().unwrap_or_default())
        } else if let Some(tag) = found.name("tag") {
            format!("{before}#{}", tag.as_str())
        } else {
            "x".repeat(ADDRESS_COUNTS)
        }
    });
    counted.chars().count()
}

fn group<'a>(found: &Captures<'a>, name: &str) -> &'a str {
    found.name(name).map_or("", |group| group.as_str())
}

fn link(address: &str) -> String {
    let rest = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let scheme = &address[..address.len() - rest.len()];
    let cut = rest.char_indices().nth(SHOWN).map_or(rest.len(), |(at, _)| at);
    let class = if cut < rest.len() { "ellipsis" } else { "" };
    format!(
        concat!(
            r#"<a href="{}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">{}</span>"#,
            r#"<span class="{}">{}</span><span class="invisible">{}</span></a>"#
        ),
        escape(address),
        scheme,
        class,
        escape(&rest[..cut]),
        escape(&rest[cut..])
    )
}

fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            '\'' => html += "&#39;",
            c => html.push(c),
        }
    }
    html
}

/// A tag as a part of an address.
pub fn encode(segment: &str) -> String {
    let mut encoded = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
