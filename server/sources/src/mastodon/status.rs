//! A status of Mastodon, and the post that it is.

use std::cmp::Ordering;

use conversation::Post;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::{Source, hashtag};

use super::Mastodon;
use crate::{Heard, text};

/// The longest address, name or number that is taken.
const LONGEST: usize = 2_000;
/// The most pictures of one post.
const MOST_IMAGES: usize = 16;

/// What replying needs: kept with a post as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The server by which it was read.
    pub host: String,
    /// Its number there.
    pub id: String,
    /// Its permanent address, by which another server finds it.
    pub uri: String,
    /// Its author, with `@` and the server's name.
    pub account: String,
}

/// What a status came down to.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    /// Somebody's post.
    Heard { heard: Heard, written_at: Timestamp },
    /// Nothing for us: somebody repeats another's post, our own post, or one that is not for all.
    Passed,
    /// No status.
    Unreadable,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    uri: String,
    url: Option<String>,
    created_at: Option<String>,
    edited_at: Option<String>,
    account: Author,
    content: Option<String>,
    spoiler_text: Option<String>,
    language: Option<String>,
    visibility: Option<String>,
    reblog: Option<Value>,
    media_attachments: Option<Vec<Media>>,
    tags: Option<Vec<Tag>>,
}

#[derive(Deserialize)]
struct Author {
    id: String,
    acct: String,
    display_name: Option<String>,
    bot: Option<bool>,
}

#[derive(Deserialize)]
struct Media {
    #[serde(rename = "type")]
    kind: Option<String>,
    url: Option<String>,
    preview_url: Option<String>,
}

#[derive(Deserialize)]
struct Tag {
    name: String,
}

impl Mastodon {
    /// Reads a status; `own` is the id of our own account.
    pub(super) fn read(&self, status: Value, own: Option<&str>) -> Read {
        let Ok(status) = serde_json::from_value::<Status>(status) else { return Read::Unreadable };
        let fits = |part: &str| !part.is_empty() && part.len() <= LONGEST;
        if !fits(&status.id) || !fits(&status.uri) || !fits(&status.account.acct) {
            return Read::Unreadable;
        }
        let open = matches!(status.visibility.as_deref(), None | Some("public" | "unlisted"));
        if status.reblog.is_some() || !open || own == Some(&status.account.id) {
            return Read::Passed;
        }
        let now = self.world.now();
        let written_at = status.created_at.and_then(|at| at.parse().ok()).unwrap_or(now).min(now);
        let text = text(&status.content.unwrap_or_default());
        // Servers take accents out of hashtags; in the words they are as they were written.
        let named = status.tags.unwrap_or_default().into_iter().map(|tag| tag.name);
        let tags = named.chain(hashtag::topics(&text)).map(|tag| hashtag::fold(&tag)).collect();
        let author = self.with_host(&status.account.acct);
        let thread =
            Thread { host: self.host.clone(), id: status.id.clone(), uri: status.uri.clone(), account: author.clone() };
        let images = status.media_attachments.unwrap_or_default().into_iter();
        let images = images.filter(|media| media.kind.as_deref() == Some("image"));
        let post = Post {
            source: Source::Mastodon,
            address: status.uri,
            link: status.url.filter(|url| is_https(url)),
            author,
            bot: status.account.bot == Some(true),
            written_at,
            edited_at: status.edited_at.and_then(|at| at.parse().ok()),
            warning: status.spoiler_text.map(|warning| warning.trim().to_owned()).filter(|warning| !warning.is_empty()),
            images: images
                .filter_map(|media| {
                    media.url.filter(|url| is_https(url)).or(media.preview_url.filter(|url| is_https(url)))
                })
                .take(MOST_IMAGES)
                .collect(),
            thread: serde_json::to_string(&thread).ok(),
        };
        let heard = Heard::Post {
            post: Box::new(post),
            text,
            name: status
                .account
                .display_name
                .map(|name| name.trim().chars().take(200).collect())
                .filter(|name: &String| !name.is_empty()),
            language: status.language.as_deref().and_then(primary),
            tags,
            local: Some(status.id),
        };
        Read::Heard { heard, written_at }
    }

    fn with_host(&self, acct: &str) -> String {
        if acct.contains('@') { format!("@{acct}") } else { format!("@{acct}@{}", self.domain()) }
    }
}

/// Which of two numbers of one server came later: they are longer than 53 bits, and not always digits.
pub fn by_age(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// An address that browsers may be sent to.
pub fn is_https(url: &str) -> bool {
    url.len() <= LONGEST && url::Url::parse(url).is_ok_and(|url| url.scheme() == "https" && url.has_host())
}

/// `nl` of `nl-BE`.
fn primary(language: &str) -> Option<String> {
    let first = language.split(['-', '_']).next()?.to_ascii_lowercase();
    (first.len() == 2 && first.bytes().all(|letter| letter.is_ascii_lowercase())).then_some(first)
}
