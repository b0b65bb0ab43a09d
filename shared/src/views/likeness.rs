//! Which questions seem to mean the same. It proposes; people decide.

use serde::{Deserialize, Serialize};

use super::PublicCard;
use crate::{Method, QuestionId};

/// Questions near one that waits, the nearest first; none when it stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Alike {
    /// The question that waits.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub question: QuestionId,
    /// At most three of this session that are shown, on stage or answered (a wording stands for its
    /// lead), and at most one answered one of an earlier session.
    pub near: Vec<Near>,
}

/// A question that is near another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Near {
    /// Which.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub question: QuestionId,
    /// About the chance that they mean the same, in whole percents.
    pub score: u8,
    /// For one of another session: where it was asked, and its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<NearElsewhere>,
}

/// An answered question of another session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NearElsewhere {
    /// The session's hashtag, without `#`.
    pub hashtag: String,
    /// The question's words.
    pub text: String,
    /// What was answered.
    pub answer: String,
}

/// Groups of questions that seem to mean the same, for moderators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Proposals {
    /// How they were found.
    pub method: Method,
    /// The largest first; at most 200.
    pub groups: Vec<ProposedGroup>,
    /// How many there are in all.
    pub of: u32,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProposedGroup {
    /// Leads and questions that stand alone, waiting or public; the one that says it best, or has the
    /// most behind it, first.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub questions: Vec<QuestionId>,
    /// About the chance that any two of them mean the same, in whole percents.
    pub score: u8,
}

/// Public questions near what somebody is typing, the nearest first; at most three.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NearPublic {
    /// The questions; a wording stands for its lead.
    pub questions: Vec<PublicCard>,
}
