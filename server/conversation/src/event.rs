//! What happened in a session: the records of the journal.
//!
//! The tags and fields are on disk in every journal ever written: never rename or remove one, and
//! give a new field a default.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::{Act, Flag, Phase, QuestionId, Reason, Role, commands::Elsewhere};

use crate::{Details, Noted, ParticipantId, Post};

/// One thing that happened. It holds what was decided, with cleaned words; what follows from it is
/// worked out again on every replay, in the same way. `by` is a participant, or the name of a
/// member of staff.
#[allow(missing_docs, reason = "the fields say what they are")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// The session began; always the first.
    Created {
        details: Details,
        phase: Phase,
        #[serde(with = "hex::keys")]
        keys: Vec<(Role, [u8; 32])>,
    },
    /// A participant asked; `shown` when moderators look afterwards.
    Asked {
        by: ParticipantId,
        question: QuestionId,
        text: String,
        name: Option<String>,
        shown: bool,
        #[serde(default, skip_serializing_if = "Noted::is_nothing")]
        noted: Noted,
    },
    /// A participant stands behind a question.
    Supported { by: ParticipantId, question: QuestionId },
    /// A participant stands behind no question of this bundle any more.
    Unsupported { by: ParticipantId, question: QuestionId },
    /// The asker took their question back.
    Withdrawn { by: ParticipantId, question: QuestionId },
    /// A waiting question became public.
    Approved { by: String, question: QuestionId },
    /// A question was hidden, or never shown.
    Declined {
        by: String,
        question: QuestionId,
        reason: Reason,
        note: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Elsewhere>,
    },
    /// A declined question came back.
    Restored { by: String, question: QuestionId },
    /// The words of a question changed.
    Edited {
        by: String,
        question: QuestionId,
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        flags: Vec<Flag>,
    },
    /// A block was put over what was flagged; these flags are left.
    Masked { by: String, question: QuestionId, text: String, flags: Vec<Flag> },
    /// A question went under a lead, with its own wordings.
    Bundled { by: String, question: QuestionId, into: QuestionId },
    /// A question left its bundle.
    Unbundled { by: String, question: QuestionId },
    /// A wording became the lead of its bundle.
    Led { by: String, question: QuestionId },
    /// None of these means the same as any of those.
    Parted { by: String, these: Vec<QuestionId>, those: Vec<QuestionId> },
    /// A label was put on a question, or taken off.
    Labelled { by: String, question: QuestionId, label: String, on: bool },
    /// A question was given to an alderman, or to none in particular.
    Assigned { by: String, question: QuestionId, alderman: Option<String> },
    /// A question was sent to a department, or called back.
    Routed { by: String, question: QuestionId, department: Option<String>, due: Option<Timestamp> },
    /// The same was done to many questions, as one step: events of one question each.
    Many { by: String, act: Act, events: Vec<Event> },
    /// A civil servant wrote beside a question; empty when it was thrown away.
    Written { by: String, question: QuestionId, paper: Paper, text: String, ready: bool },
    /// A question came on stage; whatever was there left.
    Staged { by: String, question: QuestionId },
    /// The question on stage left it.
    Unstaged { by: String, question: QuestionId },
    /// The queue was set.
    Queued { by: String, order: Vec<QuestionId> },
    /// A question from the hall was typed in.
    Entered {
        by: String,
        question: QuestionId,
        text: String,
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Noted::is_nothing")]
        noted: Noted,
    },
    /// A post elsewhere became a question; `shown` when moderators look afterwards.
    Heard {
        post: Box<Post>,
        question: QuestionId,
        text: String,
        name: Option<String>,
        shown: bool,
        #[serde(default, skip_serializing_if = "Noted::is_nothing")]
        noted: Noted,
    },
    /// Its author changed a post. Before anybody decided about it that is how it is now; afterwards it
    /// waits for moderators.
    Reheard {
        question: QuestionId,
        text: String,
        edited_at: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Noted::is_nothing")]
        noted: Noted,
    },
    /// A post, a question or not yet one, is no longer there.
    Unheard { address: String },
    /// The new words of a post's author were taken over, or left.
    Revised { by: String, question: QuestionId, take: bool },
    /// The author of a post is told what becomes of it, or not, or as the settings say.
    Told { by: String, question: QuestionId, on: Option<bool> },
    /// Something was said on the networks.
    Announced { by: String, text: String },
    /// The banner was put up, changed or taken down.
    Bannered { by: String, text: Option<String> },
    /// The box was opened or closed by hand.
    BoxSet { by: String, open: bool },
    /// A step was undone.
    Undone { by: String, step: u64 },
    /// A question was answered for the first time, by this alderman.
    Answered { by: String, question: QuestionId, text: String, spoken: bool, alderman: String },
    /// The words of an answer were corrected.
    Corrected { by: String, question: QuestionId, text: String, spoken: bool },
    /// An unfinished answer was kept; empty when it was thrown away.
    Drafted { by: String, question: QuestionId, text: String },
    /// The session moved; without `by`, because the schedule said so.
    PhaseMoved { by: Option<String>, phase: Phase },
    /// The details were replaced.
    DetailsChanged { by: String, details: Details },
    /// The key of a role was replaced.
    KeyRenewed {
        by: String,
        role: Role,
        #[serde(with = "hex")]
        hash: [u8; 32],
    },
}

/// What a civil servant writes beside a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// Facts for the panel; the public never sees it.
    Briefing,
    /// An answer that an alderman may give.
    Proposal,
}

impl Event {
    /// Whether it only changed how many stand behind something.
    pub fn is_vote(&self) -> bool {
        matches!(self, Self::Supported { .. } | Self::Unsupported { .. })
    }
}

/// Hashes as hexadecimal digits.
pub(crate) mod hex {
    use std::fmt::Write;

    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(hash: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write(hash))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        read(&String::deserialize(deserializer)?).ok_or_else(|| de::Error::custom("not a hash"))
    }

    fn write(hash: &[u8; 32]) -> String {
        hash.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn read(text: &str) -> Option<[u8; 32]> {
        let mut hash = [0; 32];
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (place, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
        }
        Some(hash)
    }

    /// The hashes of several roles.
    pub mod keys {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        use shared::Role;

        #[derive(Serialize, Deserialize)]
        struct Key {
            role: Role,
            #[serde(with = "super")]
            hash: [u8; 32],
        }

        pub fn serialize<S: Serializer>(keys: &[(Role, [u8; 32])], serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(keys.iter().map(|&(role, hash)| Key { role, hash }))
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Role, [u8; 32])>, D::Error> {
            let keys = Vec::<Key>::deserialize(deserializer)?;
            Ok(keys.into_iter().map(|key| (key.role, key.hash)).collect())
        }
    }
}
