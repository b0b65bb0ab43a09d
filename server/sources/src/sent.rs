//! What is sent to a network.

use std::time::Duration;

use thiserror::Error;

/// A message from the municipality's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same for every try, and for nothing else: of two with the same, a network makes one. Letters,
    /// digits and `-`, at most 60.
    pub key: String,
    /// Whom it answers: the post's [`conversation::Post::thread`]; nothing for an announcement.
    pub thread: Option<String>,
    /// The author it answers, with `@`, for networks on which a reply must name them.
    pub author: Option<String>,
    /// Its words, without hashtags or names that it should call.
    pub text: String,
    /// Where the rest can be read; always in the message, also when the words are cut.
    pub link: Option<String>,
    /// Its language (ISO 639-1).
    pub language: String,
}

/// It was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What the network calls it, to change or delete it.
    pub id: String,
    /// Where people can read it, when that is known.
    pub link: Option<String>,
}

/// It was not sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSent {
    /// It may be later, not before this time when one is named.
    #[error("{words}")]
    Later {
        /// How long to wait.
        after: Option<Duration>,
        /// What the network said, or what happened.
        words: String,
    },
    /// It will never be, as it is.
    #[error("{0}")]
    Refused(String),
}
