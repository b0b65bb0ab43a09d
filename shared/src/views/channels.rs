//! The networks and gateways that questions come from and answers go back to.

use serde::{Deserialize, Serialize};

use crate::{Moment, News, QuestionId, Reach, Sending, Source};

/// How it goes with one of the accounts through which questions come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceHealth {
    /// The municipality's name for the account.
    pub account: String,
    /// Which network.
    pub source: Source,
    /// How questions come in.
    pub reach: Reach,
    /// Since when.
    pub since: Moment,
    /// When the last post with this session's hashtag came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_post: Option<Moment>,
    /// How many seconds it is behind the present, when that is known and more than a few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<u32>,
    /// What went wrong last, in the network's own words where it had any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A message to a network, and how it goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Outgoing {
    /// Its name in this session.
    pub key: String,
    /// The question whose author it answers; an announcement answers nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub question: Option<QuestionId>,
    /// What it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<News>,
    /// The account that sends it.
    pub account: String,
    /// On which network.
    pub source: Source,
    /// How far it is.
    pub state: Sending,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Why it was not sent (yet), in the network's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// An account of the municipality, as the organiser sees it; its secrets are never shown again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NetworkAccount {
    /// The municipality's name for it.
    pub name: String,
    /// Which network.
    pub source: Source,
    /// The server's host, or nothing for a gateway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// As that network writes it, with `@`, once it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// Whether it has what it needs to send messages.
    pub speaks: bool,
    /// Whether it stands in the installation's own file, and is changed there.
    pub in_file: bool,
    /// In which sessions it is switched on, by hashtag.
    pub sessions: Vec<String>,
}
