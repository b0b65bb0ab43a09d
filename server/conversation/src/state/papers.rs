//! What the desk of civil servants wrote beside questions, and which questions moderators keep apart.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::QuestionId;

use crate::event;

/// What was written beside one question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Papers {
    pub briefing: Option<Paper>,
    pub proposal: Option<Paper>,
}

/// One of them. An empty one was thrown away; it stays to count on from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    pub text: String,
    pub ready: bool,
    pub by: String,
    pub at: Timestamp,
    pub version: u64,
}

/// None of these means the same as any of those.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parting {
    /// The step in which it was said, and with which it is taken back.
    pub step: u64,
    pub these: BTreeSet<QuestionId>,
    pub those: BTreeSet<QuestionId>,
}

impl Papers {
    pub fn of(&self, kind: event::Paper) -> Option<&Paper> {
        match kind {
            event::Paper::Briefing => self.briefing.as_ref(),
            event::Paper::Proposal => self.proposal.as_ref(),
        }
    }

    pub fn put(&mut self, kind: event::Paper, paper: Paper) {
        match kind {
            event::Paper::Briefing => self.briefing = Some(paper),
            event::Paper::Proposal => self.proposal = Some(paper),
        }
    }
}
