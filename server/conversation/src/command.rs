//! What people want of a session.

use shared::{
    Flag, Phase, QuestionId, Reason, Role,
    commands::{Elsewhere, LeftOut, ManyDeed, Picked},
};

use crate::{Details, Event, Noted, Paper, ParticipantId, Post, Staff};

/// One wish, with who has it. `seen` is the version of the card (or the queue) its author was
/// looking at; when it is given and no longer current, the wish is refused.
#[allow(missing_docs, reason = "the fields say what they are; what they may hold is in shared::commands")]
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Put a question in the box.
    Ask { by: ParticipantId, text: String, name: Option<String>, noted: Noted },
    /// Stand behind a question, or no longer.
    Support { by: ParticipantId, question: QuestionId, on: bool },
    /// Take one's own question back.
    Withdraw { by: ParticipantId, question: QuestionId },
    /// Show a waiting question.
    Approve { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Hide a question, or never show it, for a reason.
    Decline {
        by: Staff,
        question: QuestionId,
        reason: Reason,
        note: Option<String>,
        answer: Option<Elsewhere>,
        seen: Option<u64>,
    },
    /// Bring a declined question back.
    Restore { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Correct or redact a question's words.
    Edit { by: Staff, question: QuestionId, text: String, flags: Vec<Flag>, seen: Option<u64> },
    /// Put a block over what was flagged in a question.
    Mask { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Put a question under another.
    Bundle { by: Staff, question: QuestionId, into: QuestionId, seen: Option<u64> },
    /// Take a question out of its bundle.
    Unbundle { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Make a wording the lead of its bundle.
    Lead { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Say that none of these means the same as any of those.
    Part { by: Staff, these: Vec<QuestionId>, those: Vec<QuestionId> },
    /// Put a label on a question, or take it off.
    Label { by: Staff, question: QuestionId, label: String, on: bool, seen: Option<u64> },
    /// Give a question to an alderman, or to none in particular.
    Assign { by: Staff, question: QuestionId, alderman: Option<String>, seen: Option<u64> },
    /// Send a question to a department, or call it back.
    Route { by: Staff, question: QuestionId, department: Option<String>, due: Option<String>, seen: Option<u64> },
    /// Do the same to many questions at once.
    Many { by: Staff, deed: ManyDeed, questions: Vec<Picked> },
    /// Write a briefing or propose an answer; `seen` is the paper's own version.
    Write { by: Staff, question: QuestionId, paper: Paper, text: String, ready: bool, seen: Option<u64> },
    /// Put a question on stage.
    Stage { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Take it off again.
    Unstage { by: Staff, question: QuestionId, seen: Option<u64> },
    /// Set the whole queue.
    Order { by: Staff, order: Vec<QuestionId>, seen: Option<Vec<QuestionId>> },
    /// Type in a question that was spoken in the hall.
    Enter { by: Staff, text: String, name: Option<String>, noted: Noted },
    /// Put up a banner, or take it down.
    SetBanner { by: Staff, text: Option<String> },
    /// Open or close the question box by hand.
    SetBox { by: Staff, open: bool },
    /// Undo a step.
    Undo { by: Staff, step: u64 },
    /// Answer a question, or correct its answer.
    Answer { by: Staff, question: QuestionId, text: String, spoken: bool, alderman: Option<String> },
    /// Keep an unfinished answer.
    KeepDraft { by: Staff, question: QuestionId, text: String },
    /// Move the session to another phase.
    MovePhase { by: Staff, phase: Phase },
    /// Replace all details.
    ChangeDetails { by: Staff, details: Details },
    /// Replace the key of a role.
    RenewKey { by: Staff, role: Role, hash: [u8; 32] },
    /// A post that was heard elsewhere, new or as it is now.
    Hear { post: Box<Post>, text: String, name: Option<String>, noted: Noted },
    /// A post is no longer where it was, or no longer in this conversation, by its permanent address.
    Unhear { address: String },
    /// Take over what an author made of their post, or leave it.
    Revise { by: Staff, question: QuestionId, take: bool, seen: Option<u64> },
    /// Tell a post's author what becomes of it, or do not, or do as the session's settings say.
    Tell { by: Staff, question: QuestionId, on: Option<bool>, seen: Option<u64> },
    /// Say something on the networks.
    Announce { by: Staff, text: String },
    /// Do what the schedule asks for by now.
    Tick,
}

/// What a command comes to: history to write, possibly none when all was so already.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// In order; all of them or none.
    pub events: Vec<Event>,
    /// The question it was about, a new one included.
    pub about: Option<QuestionId>,
    /// Of many questions, those to which it could not be done, and why.
    pub left: Vec<LeftOut>,
}

impl Decision {
    /// All is so already.
    pub(crate) fn nothing(about: Option<QuestionId>) -> Self {
        Self { events: Vec::new(), about, left: Vec::new() }
    }

    /// One event about one question.
    pub(crate) fn about(question: QuestionId, event: Event) -> Self {
        Self { events: vec![event], about: Some(question), left: Vec::new() }
    }

    /// One event about the session itself.
    pub(crate) fn session(event: Event) -> Self {
        Self { events: vec![event], about: None, left: Vec::new() }
    }
}
