//! A question that was first a post on a network elsewhere, or came in through a gateway.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::Source;

/// What is kept of a post beside its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Post {
    /// Where it came from.
    pub source: Source,
    /// Its permanent address, the same through whichever server it was read: the `uri` of a status on
    /// Mastodon, the `at://` address of a record on Bluesky, the sender's own id at a gateway.
    pub address: String,
    /// Where people can read it; https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Its author as that network writes them, with `@`; of a gateway, its name.
    pub author: String,
    /// Whether its author says to be a program.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
    /// When it was written, as its network says.
    pub written_at: Timestamp,
    /// When its author changed it last, as its network says; of two, the later is how it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// The warning that its author put over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// Addresses of its pictures; https.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// What that network needs to reply in its thread, as its client wrote it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
}
