//! One question as each audience sees it.

use serde::{Deserialize, Serialize};

use super::Card;
use crate::{Flag, Moment, News, QuestionId, Reason, Source, Status, commands::Elsewhere};

/// A question that is public.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicCard {
    /// Its permanent id.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub id: QuestionId,
    /// The asker's words, cleaned, as last corrected.
    pub text: String,
    /// The name the asker gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// Its own hashtags, without `#`, as written; the session's own is not among them.
    pub topics: Vec<String>,
    /// The address of the post that it was first, on a network elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it was asked.
    pub asked_at: Moment,
    /// `shown`, `onStage` or `answered`; a bundled question keeps its own, its lead's tells more.
    pub status: Status,
    /// How many people stand behind it; for a lead, behind the bundle, each once.
    pub support: u32,
    /// Whether moderators changed the words.
    pub edited: bool,
    /// The question it is bundled under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub lead: Option<QuestionId>,
    /// The questions bundled under it, in the order of bundling.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub wordings: Vec<QuestionId>,
    /// What the panel answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What an alderman said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The words, or a one-line summary when it was spoken.
    pub text: String,
    /// Whether it was given aloud and the text only sums it up.
    pub spoken: bool,
    /// Who answered.
    pub by: String,
    /// When it was first given.
    pub at: Moment,
    /// Whether the words were corrected since.
    pub corrected: bool,
}

/// A question as moderators see it: also what is hidden, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModeratorCard {
    /// What everybody would see of it if it were public.
    #[serde(flatten)]
    pub card: PublicCard,
    /// The asker's own words, when moderators changed them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What was noted beside the reason; the asker reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What in it deserves a look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
    /// The language it seems to be in, as an ISO 639-1 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What colleagues put on it to find it by, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The alderman who is to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alderman: Option<String>,
    /// The department it went to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routed: Option<Routed>,
    /// What the desk wrote for the panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub briefing: Option<Paper>,
    /// The answer that the desk proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Paper>,
    /// The post that it was first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// Counts the changes by staff; send it back as `seen` to be told of a conflict.
    pub version: u64,
    /// Who changed it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
}

/// A post on a network elsewhere that became a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Post {
    /// Its author as that network writes them; of a gateway, its name.
    pub author: String,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whether its author says to be a program.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
    /// The warning that its author put over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// Addresses of its pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// When it was written.
    pub written_at: Moment,
    /// What its author made of it after it was decided about; waits for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Whether its author can be answered in their own thread.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub answerable: bool,
    /// What moderators said of telling its author; without it, the session's settings hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tell: Option<bool>,
    /// What its author is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<News>,
}

/// A question as the panel sees it: public, and what the desk prepared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PanelCard {
    /// What everybody sees of it.
    #[serde(flatten)]
    pub card: PublicCard,
    /// The alderman who is to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alderman: Option<String>,
    /// What the desk wrote beside it; the public never sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub briefing: Option<Paper>,
    /// The answer that the desk proposes, once it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Paper>,
}

/// A question as the desk of civil servants sees it: one that was routed, or a wording under one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeskCard {
    /// What everybody sees of it, or would if it were public.
    #[serde(flatten)]
    pub card: PublicCard,
    /// The alderman who is to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alderman: Option<String>,
    /// Where it went; a wording has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routed: Option<Routed>,
    /// What the desk wrote for the panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub briefing: Option<Paper>,
    /// The answer that the desk proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Paper>,
}

/// Where a question was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Routed {
    /// The department.
    pub department: String,
    /// By when the panel should have something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Moment>,
    /// Who sent it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What a civil servant wrote beside a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    /// The words so far.
    pub text: String,
    /// Whether the panel may use it; a briefing always is ready.
    pub ready: bool,
    /// Who wrote last.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Counts its changes.
    pub version: u64,
}

/// One's own question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MineCard {
    /// Its permanent id.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub id: QuestionId,
    /// One's own words, as they are public or would be.
    pub text: String,
    /// When it was asked.
    pub asked_at: Moment,
    /// Where it stands; for a bundled question, where its lead stands.
    pub status: Status,
    /// Whether moderators changed the words.
    pub edited: bool,
    /// The question it is bundled under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub lead: Option<QuestionId>,
    /// The words of that question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_text: Option<String>,
    /// Place in the queue, from 1; of its lead, when bundled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What the moderators noted beside the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where its answer can be read, when it was declined as answered already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Elsewhere>,
}

impl ModeratorCard {
    /// A question that nobody has done anything with yet.
    pub fn untouched(card: PublicCard) -> Self {
        Self {
            card,
            original: None,
            reason: None,
            note: None,
            flags: Vec::new(),
            language: None,
            labels: Vec::new(),
            alderman: None,
            routed: None,
            briefing: None,
            proposal: None,
            post: None,
            version: 0,
            changed_by: None,
        }
    }
}

impl Card for PublicCard {
    fn id(&self) -> QuestionId {
        self.id
    }
}

impl Card for ModeratorCard {
    fn id(&self) -> QuestionId {
        self.card.id
    }
}

impl Card for PanelCard {
    fn id(&self) -> QuestionId {
        self.card.id
    }
}

impl Card for DeskCard {
    fn id(&self) -> QuestionId {
        self.card.id
    }
}
