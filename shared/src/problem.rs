//! Why something was not done. A refusal changes nothing; its sentence is in
//! [`sentences::problems`](crate::sentences::problems).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Act, Phase, QuestionId, Status};

/// Every reason for which the conversation, or the door to it, refuses.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(try_from = "Written", tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Refusal {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Nothing but hashtags was written.
    #[error("only hashtags")]
    OnlyHashtags,
    /// More grapheme clusters than fit.
    #[error("{length} of at most {max}")]
    TooLong {
        /// How many there were.
        length: usize,
        /// How many fit.
        max: usize,
    },
    /// A field of a form or body is missing or makes no sense; the name is the field's.
    #[error("field {field}")]
    Field {
        /// In camelCase, as in the API.
        field: String,
    },
    /// A session with this hashtag exists.
    #[error("hashtag taken")]
    HashtagTaken,
    /// The same participant asked the same words before.
    #[error("already asked")]
    AlreadyAsked {
        /// The question that is there.
        question: QuestionId,
    },
    /// Asking is not possible now.
    #[error("box closed")]
    BoxClosed {
        /// The session's phase, which says whether it is too early or too late.
        phase: Phase,
    },
    /// The question is no longer in a state in which this can be done to it.
    #[error("wrong status")]
    WrongStatus {
        /// The state it is in.
        now: Status,
    },
    /// Somebody changed it after the sender last saw it.
    #[error("changed since")]
    Changed {
        /// The colleague's name.
        by: String,
        /// What they did.
        act: Act,
    },
    /// Only the lead of a bundle can be queued, staged or answered.
    #[error("bundled")]
    IsBundled {
        /// The lead.
        into: QuestionId,
    },
    /// A question cannot be bundled under itself, or is not in a bundle.
    #[error("no such bundle")]
    NoBundle,
    /// The new order does not hold exactly the questions that are queued or shown.
    #[error("queue changed")]
    QueueChanged,
    /// The step was undone before, or is too long ago.
    #[error("cannot be undone")]
    CannotUndo,
    /// There is no such session, question or step, or it is none of the sender's business.
    #[error("not found")]
    NotFound,
    /// Nobody is known to the server by this key or cookie.
    #[error("not authenticated")]
    Unauthorized,
    /// Somebody is known, but not for this.
    #[error("not allowed")]
    Forbidden,
    /// The request came from another site.
    #[error("cross-site")]
    CrossSite,
    /// Too many in too short a time.
    #[error("too fast")]
    TooFast {
        /// When to try again, in seconds.
        retry_after: u64,
    },
    /// The body is larger than anything sensible.
    #[error("too large")]
    TooLarge,
    /// The body is compressed, which nothing sensible is here.
    #[error("packed")]
    Packed,
    /// The body took longer than anybody waits.
    #[error("too slow")]
    TooSlow,
    /// The body cannot be read.
    #[error("malformed")]
    Malformed,
    /// It could not be stored; nothing was changed.
    #[error("not stored")]
    NotStored,
}

impl Refusal {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::Empty | Self::OnlyHashtags | Self::TooLong { .. } | Self::Field { .. } => 422,
            Self::HashtagTaken
            | Self::AlreadyAsked { .. }
            | Self::BoxClosed { .. }
            | Self::WrongStatus { .. }
            | Self::Changed { .. }
            | Self::IsBundled { .. }
            | Self::NoBundle
            | Self::QueueChanged
            | Self::CannotUndo => 409,
            Self::NotFound => 404,
            Self::Unauthorized => 401,
            Self::Forbidden | Self::CrossSite => 403,
            Self::TooFast { .. } => 429,
            Self::TooLarge => 413,
            Self::Packed => 415,
            Self::TooSlow => 408,
            Self::Malformed => 400,
            Self::NotStored => 503,
        }
    }
}

/// A refusal as it stands in JSON, with room for what belongs to any of them. Read so, in one go, it
/// costs a browser far less code than an enum that is first kept aside until its tag is known.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    code: String,
    length: Option<usize>,
    max: Option<usize>,
    field: Option<String>,
    question: Option<QuestionId>,
    phase: Option<Phase>,
    now: Option<Status>,
    by: Option<String>,
    act: Option<Act>,
    into: Option<QuestionId>,
    retry_after: Option<u64>,
}

/// There is no refusal of this name, or something that belongs to it is missing.
#[derive(Debug, Error)]
#[error("no such refusal")]
struct NoSuchRefusal;

impl TryFrom<Written> for Refusal {
    type Error = NoSuchRefusal;

    fn try_from(written: Written) -> Result<Self, NoSuchRefusal> {
        let read = |written: Written| {
            Some(match written.code.as_str() {
                "empty" => Self::Empty,
                "only-hashtags" => Self::OnlyHashtags,
                "too-long" => Self::TooLong { length: written.length?, max: written.max? },
                "field" => Self::Field { field: written.field? },
                "hashtag-taken" => Self::HashtagTaken,
                "already-asked" => Self::AlreadyAsked { question: written.question? },
                "box-closed" => Self::BoxClosed { phase: written.phase? },
                "wrong-status" => Self::WrongStatus { now: written.now? },
                "changed" => Self::Changed { by: written.by?, act: written.act? },
                "is-bundled" => Self::IsBundled { into: written.into? },
                "no-bundle" => Self::NoBundle,
                "queue-changed" => Self::QueueChanged,
                "cannot-undo" => Self::CannotUndo,
                "not-found" => Self::NotFound,
                "unauthorized" => Self::Unauthorized,
                "forbidden" => Self::Forbidden,
                "cross-site" => Self::CrossSite,
                "too-fast" => Self::TooFast { retry_after: written.retry_after? },
                "too-large" => Self::TooLarge,
                "packed" => Self::Packed,
                "too-slow" => Self::TooSlow,
                "malformed" => Self::Malformed,
                "not-stored" => Self::NotStored,
                _ => return None,
            })
        };
        read(written).ok_or(NoSuchRefusal)
    }
}

/// RFC 9457's problem document; `detail` is in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:samenspraak:` and the refusal's code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The refusal in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A sentence for the person.
    pub detail: String,
    /// The refusal itself, for programs: its `code` and what belongs to it.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub refusal: Refusal,
}
