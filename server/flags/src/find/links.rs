//! Links and e-mail addresses as they are usually written.

use linkify::{LinkFinder, LinkKind};
use shared::flags::FlagKind;

use super::Hit;
use crate::plain::Plain;

/// Endings of domains that are believed without `https://` or `www.` before them.
pub(super) const DOMAINS: &[&str] = &[
    "nl",
    "com",
    "org",
    "eu",
    "be",
    "uk",
    "fr",
    "info",
    "io",
    "app",
    "dev",
    "tv",
    "gl",
    "ly",
    "link",
    "shop",
    "online",
    "site",
    "xyz",
    "amsterdam",
    "frl",
    "ru",
    "cn",
    "biz",
    "club",
    "live",
    "page",
    "store",
    "gg",
    "edu",
    "gov",
    "tk",
    "gle",
    "cc",
    "pro",
    "blog",
    "cloud",
    "email",
    "social",
];
/// Endings that are words too: where a space was forgotten after a full stop, they begin a sentence.
const WORDS: &[&str] =
    &["de", "nu", "me", "net", "to", "is", "it", "in", "co", "ai", "news", "world", "tel", "at", "my"];

pub(super) fn find(plain: &Plain, hits: &mut Vec<Hit>) {
    if !plain.text.contains(['.', ':', '@']) {
        return;
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    for link in finder.links(&plain.text) {
        let kind = match link.kind() {
            LinkKind::Email => FlagKind::Email,
            LinkKind::Url if is_meant(link.as_str()) => FlagKind::Link,
            _ => continue,
        };
        hits.push(Hit { kind, from: link.start(), to: link.end() });
    }
}

/// Whether it is a link and not two sentences without a space between them.
fn is_meant(link: &str) -> bool {
    if link.contains("://") || link.starts_with("www.") {
        return true;
    }
    let (host, path) = link.split_at(link.find(['/', '?', '#', ':']).unwrap_or(link.len()));
    let Some((name, ending)) = host.rsplit_once('.') else { return false };
    let named = name.chars().any(char::is_alphabetic);
    named && (DOMAINS.contains(&ending) || (WORDS.contains(&ending) && (path.len() > 1 || name.contains('.'))))
}
