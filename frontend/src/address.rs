//! Where things are on this site, as links.
//!
//! A hashtag needs no escaping: it holds letters, digits, emoji and `_` only.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use shared::{Language, QuestionId};

/// The order of a citizen's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Sort {
    /// Most people first.
    #[default]
    Supported,
    /// Latest first.
    Newest,
    /// Only what was answered, latest answer first.
    Answered,
}

impl Sort {
    /// Every order, as the tabs stand.
    pub const ALL: [Self; 3] = [Self::Supported, Self::Newest, Self::Answered];

    /// As in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Newest => "newest",
            Self::Answered => "answered",
        }
    }

    /// The order that a word in an address stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }
}

/// A session's citizen page.
pub fn session(hashtag: &str) -> String {
    format!("/{hashtag}")
}

/// A session's list in an order, narrowed to a topic and to a search; empty ones narrow nothing.
pub fn list(hashtag: &str, sort: Sort, topic: &str, search: &str) -> String {
    let mut address = format!("/{hashtag}?sort={}", sort.word());
    for (name, value) in [("topic", topic), ("q", search)] {
        if !value.is_empty() {
            let _ = write!(address, "&{name}={}", escape(value));
        }
    }
    address
}

/// A question's own page.
pub fn question(hashtag: &str, id: QuestionId) -> String {
    format!("/{hashtag}/q/{id}")
}

/// What a form about a question posts to: `support`, `withdraw`.
pub fn act(hashtag: &str, id: QuestionId, act: &str) -> String {
    format!("/{hashtag}/q/{id}/{act}")
}

/// What moderators did in a session, in numbers.
pub fn account(hashtag: &str) -> String {
    format!("/{hashtag}/account")
}

/// Public questions near a text.
pub fn near(hashtag: &str, text: &str) -> String {
    format!("/{hashtag}/near?text={}", escape(text))
}

/// A session's wall.
pub fn wall(hashtag: &str) -> String {
    format!("/{hashtag}/wall")
}

/// The same address in another language; the choice stays.
pub fn in_language(path: &str, lang: Language) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}lang={}", lang.tag())
}

/// Percent-encodes a value for a query (RFC 3986: everything but unreserved characters).
pub fn escape(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_only_what_it_is_narrowed_to() {
        assert_eq!(list("FietsFan010", Sort::Newest, "", ""), "/FietsFan010?sort=newest");
        assert_eq!(list("x", Sort::Answered, "stalling", "a&b"), "/x?sort=answered&topic=stalling&q=a%26b");
    }

    #[test]
    fn values_are_escaped_byte_by_byte() {
        assert_eq!(escape("één <b> #1"), "%C3%A9%C3%A9n%20%3Cb%3E%20%231");
    }

    #[test]
    fn another_language_keeps_the_rest_of_the_address() {
        assert_eq!(in_language("/x", Language::En), "/x?lang=en");
        assert_eq!(in_language("/x?sort=newest", Language::Nl), "/x?sort=newest&lang=nl");
    }
}
