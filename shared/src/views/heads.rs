//! The session part of each view.

use serde::{Deserialize, Serialize};

use super::MineCard;
use crate::{Act, Language, Moderation, Moment, Phase, QuestionId};

/// What everybody may know of a session itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicSession {
    /// As the organiser wrote it, without `#`.
    pub hashtag: String,
    /// What it is about.
    pub title: String,
    /// A few sentences of welcome; may be empty.
    pub introduction: String,
    /// Who answers; at least one.
    pub aldermen: Vec<Alderman>,
    /// Where it stands.
    pub phase: Phase,
    /// When asking opens by itself.
    pub opens: Option<Moment>,
    /// When it goes live by itself.
    pub starts: Option<Moment>,
    /// When it closes by itself.
    pub ends: Option<Moment>,
    /// When moderators look.
    pub moderation: Moderation,
    /// In which languages people are welcome to write; the first is the session's own.
    pub languages: Vec<Language>,
    /// Whether asking is possible now.
    pub box_open: bool,
    /// What moderators tell everybody.
    pub banner: Option<Banner>,
    /// The question being answered now.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub on_stage: Option<QuestionId>,
    /// The questions that come next, in order.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub queue: Vec<QuestionId>,
    /// How much there is of what is public.
    pub counts: Counts,
}

/// Somebody who answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Alderman {
    /// For instance "Judith Bokhove".
    pub name: String,
    /// For instance "wethouder Mobiliteit".
    #[serde(default)]
    pub office: String,
    /// The https address of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portrait: Option<String>,
}

/// A message on all screens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Banner {
    /// One or two sentences.
    pub text: String,
    /// Since when.
    pub at: Moment,
}

/// Counts of public questions; what is hidden is in none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Questions that are public, bundled ones included.
    pub asked: u32,
    /// Of these, answered ones (a bundle's questions are answered with their lead).
    pub answered: u32,
    /// Of these, questions under a lead.
    pub bundled: u32,
}

/// What moderators know of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModeratorSession {
    /// What everybody knows.
    #[serde(flatten)]
    pub public: PublicSession,
    /// Whether moderators closed the question box, whatever the phase says.
    pub box_closed_by_hand: bool,
    /// The latest steps of moderators and panel, newest last.
    pub steps: Vec<Step>,
}

/// Something a member of staff did, which may be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its number in the session.
    pub id: u64,
    /// Who did it.
    pub by: String,
    /// What was done.
    pub act: Act,
    /// To which question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub question: Option<QuestionId>,
    /// To how many questions, when it was done to many at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub many: Option<u32>,
    /// When.
    pub at: Moment,
    /// Who undid it, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<String>,
}

/// What the panel knows of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PanelSession {
    /// What everybody knows.
    #[serde(flatten)]
    pub public: PublicSession,
    /// The unfinished answer to the question on stage.
    pub draft: Option<Draft>,
    /// Since when the question on stage is there.
    pub staged_at: Option<Moment>,
}

/// What the desk of civil servants knows of a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeskSession {
    /// What everybody knows.
    #[serde(flatten)]
    pub public: PublicSession,
}

/// An unfinished answer; only the panel sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The question it answers.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub question: QuestionId,
    /// The words so far.
    pub text: String,
    /// When they were last kept.
    pub at: Moment,
}

/// What only one participant sees: their own questions and whom they support.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Mine {
    /// Their questions, newest first.
    pub questions: Vec<MineCard>,
    /// The questions they stand behind; of a bundle, the lead.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub supports: Vec<QuestionId>,
}

/// Somebody at the moderators' desk, on the panel or at the desk of civil servants, now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// The name they gave.
    pub name: String,
    /// Moderator or panel.
    pub role: crate::Role,
}

/// A question that a member of staff has open now. It keeps nobody from anything, and lapses by
/// itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// Which.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub question: QuestionId,
    /// The name they gave.
    pub by: String,
}

/// What moderators did with what was asked, in numbers: for everybody, without words. Questions that
/// still wait are in none of them. Renewed once a minute, so that no single decision shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The moment it describes.
    pub at: crate::Moment,
    /// Questions that were dealt with, or taken back.
    pub asked: u32,
    /// Of these, public now; bundled ones included.
    pub shown: u32,
    /// Of these, under another question.
    pub bundled: u32,
    /// Answered, or bundled under one that is.
    pub answered: u32,
    /// Declined, by reason; reasons that were not used are not there.
    pub declined: Vec<DeclinedFor>,
    /// Taken back by their askers.
    pub withdrawn: u32,
    /// Shown with a block over something.
    pub masked: u32,
    /// How long a question waited until it was shown or declined: the median, in seconds.
    pub median_wait: Option<u64>,
}

/// How many questions were declined for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeclinedFor {
    /// The reason.
    pub reason: crate::Reason,
    /// How many.
    pub questions: u32,
}
