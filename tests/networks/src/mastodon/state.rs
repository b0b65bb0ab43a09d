//! What a Mastodon server remembers: accounts, tokens, statuses, and which of them a timeline shows.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::markup;

/// Somebody who posts.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct Account {
    /// The name, with `@host` when the account lives on another server.
    pub acct: String,
    /// The name that is shown.
    pub display_name: String,
    /// Whether a program posts here.
    pub bot: bool,
    /// Whether followers must be let in.
    pub locked: bool,
    /// Whether moderators limited it: its posts reach no public timeline.
    pub limited: bool,
}

impl Default for Account {
    fn default() -> Self {
        Self { acct: "iemand".to_owned(), display_name: String::new(), bot: false, locked: false, limited: false }
    }
}

impl Account {
    /// Somebody with this name.
    pub fn named(acct: &str) -> Self {
        Self { acct: acct.to_owned(), display_name: acct.to_owned(), ..Self::default() }
    }
}

/// What is posted: either words as somebody types them, or the finished HTML with its tags.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default)]
pub struct Draft {
    /// The words; hashtags, mentions and addresses in them are found.
    pub text: String,
    /// HTML to show instead, as another kind of server may send it.
    pub html: Option<String>,
    /// Hashtags besides those in the words.
    pub tags: Vec<String>,
    /// `public`, `unlisted`, `private` or `direct`.
    pub visibility: String,
    /// A language's code.
    pub language: Option<String>,
    /// A warning before the words.
    pub spoiler_text: String,
    /// Whether media are hidden.
    pub sensitive: bool,
    /// The status this replies to.
    pub in_reply_to_id: Option<String>,
    /// Addresses of pictures, each with a description.
    pub media: Vec<(String, Option<String>)>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            text: String::new(),
            html: None,
            tags: Vec::new(),
            visibility: "public".to_owned(),
            language: Some("nl".to_owned()),
            spoiler_text: String::new(),
            sensitive: false,
            in_reply_to_id: None,
            media: Vec::new(),
        }
    }
}

impl Draft {
    /// A public post of these words.
    pub fn text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// A status as it is kept.
#[derive(Clone, Debug)]
pub struct Status {
    pub id: u64,
    pub uri: String,
    pub url: String,
    pub acct: String,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub draft: Draft,
    pub content: String,
    /// Normalised, each once.
    pub tags: Vec<String>,
    pub mentions: Vec<String>,
    pub reblog: Option<u64>,
}

impl Status {
    pub fn local(&self) -> bool {
        !self.acct.contains('@')
    }

    /// Whether timelines of hashtags may show it.
    pub fn on_timelines(&self, state: &State) -> bool {
        self.draft.visibility == "public"
            && self.reblog.is_none()
            && state.accounts.get(&self.acct).is_some_and(|kept| !kept.account.limited)
    }
}

#[derive(Clone, Debug)]
pub struct Kept {
    pub id: u64,
    pub account: Account,
    pub created_at: Timestamp,
}

/// Why a token is of no use any more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Worth {
    Good,
    Expired,
}

#[derive(Clone, Debug)]
pub struct Token {
    pub acct: String,
    pub scopes: String,
    pub worth: Worth,
}

impl Token {
    /// Whether the token's scopes cover one such as `write:statuses`.
    pub fn covers(&self, scope: &str) -> bool {
        let whole = scope.split(':').next().unwrap_or(scope);
        self.scopes.split(' ').any(|held| held == scope || held == whole)
    }
}

#[derive(Clone, Debug)]
pub struct Sent {
    pub tags: Vec<String>,
    pub local: bool,
    pub event: &'static str,
    pub payload: String,
}

#[derive(Debug, Default)]
pub struct State {
    pub accounts: BTreeMap<String, Kept>,
    pub tokens: HashMap<String, Token>,
    pub statuses: BTreeMap<u64, Status>,
    pub idempotent: HashMap<(String, String), (u64, Timestamp)>,
    pub sent: Vec<Sent>,
    pub silent: bool,
    /// How many events are still held back to be reordered, and those that are.
    pub holding: usize,
    pub held: Vec<Sent>,
    /// Requests in this period of five minutes, by token or none.
    pub asked: HashMap<Option<String>, (i64, u32)>,
    serial: u64,
}

/// Which part of a timeline is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Page {
    pub limit: Option<String>,
    pub max_id: Option<String>,
    pub since_id: Option<String>,
    pub min_id: Option<String>,
    pub local: Option<String>,
    pub remote: Option<String>,
    pub only_media: Option<String>,
}

impl State {
    /// An id that sorts by the moment: milliseconds and 16 bits that tell apart.
    pub fn snowflake(&mut self, at: Timestamp) -> u64 {
        let milliseconds = u64::try_from(at.as_millisecond()).expect("tests live after 1970");
        loop {
            self.serial += 1;
            let id = (milliseconds << 16) | (self.serial & 0xffff);
            let known = |kept: &Kept| kept.id == id;
            if !self.statuses.contains_key(&id) && !self.accounts.values().any(known) {
                return id;
            }
        }
    }

    /// A page of a hashtag's timeline, the newest first.
    pub fn timeline(&self, tag: &str, page: &Page) -> Vec<&Status> {
        let tag = markup::normal(tag);
        let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<u64>().ok());
        let yes =
            |text: &Option<String>| text.as_deref().is_some_and(|text| !["", "0", "f", "false", "off"].contains(&text));
        let limit = number(&page.limit).map_or(20, |limit| usize::try_from(limit.min(40)).expect("40 fits"));
        let below = number(&page.max_id).unwrap_or(u64::MAX);
        // `min_id` goes before `since_id` when both are given.
        let above = number(&page.min_id).or(number(&page.since_id)).unwrap_or(0);
        let shown = self.statuses.range(above.saturating_add(1)..below).map(|(_, status)| status).filter(|status| {
            status.tags.contains(&tag)
                && status.on_timelines(self)
                && (!yes(&page.local) || status.local())
                && (!yes(&page.remote) || !status.local())
                && (!yes(&page.only_media) || !status.draft.media.is_empty())
        });
        if number(&page.min_id).is_some() {
            let mut oldest: Vec<_> = shown.take(limit).collect();
            oldest.reverse();
            oldest
        } else {
            shown.rev().take(limit).collect()
        }
    }
}
