//! One question, as the rules know it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::{Act, Flag, News, QuestionId, Reason, Source, Status, commands::Elsewhere};

use crate::{ParticipantId, Post};

/// A question and everybody behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub id: QuestionId,
    /// Nobody the server knows, when it was spoken in the hall.
    pub asker: Option<ParticipantId>,
    pub name: Option<String>,
    pub source: Source,
    /// The post that it was first.
    pub post: Option<Box<Heard>>,
    pub asked_at: Timestamp,
    /// The language it seems to be in.
    pub language: Option<String>,
    /// When staff first decided about it, if it had to wait for that.
    pub decided_at: Option<Timestamp>,
    /// What its first words are recognised by when they come again.
    pub key: String,
    pub face: Face,
    /// Follows from the words and the session's hashtag.
    pub topics: Vec<String>,
    pub version: u64,
    pub changed: Changed,
    /// Who stands behind this question itself.
    pub supporters: BTreeSet<ParticipantId>,
    /// Who stands behind a bundle, and behind how many of its questions; only kept at a lead with
    /// wordings, so that counting people never means walking through them.
    #[serde(skip)]
    pub crowd: BTreeMap<ParticipantId, u32>,
}

/// What steps change and undo puts back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Face {
    pub words: Words,
    pub place: Place,
    pub handling: Handling,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    /// The asker's own words, when moderators changed them.
    pub original: Option<String>,
    /// What in it deserves a look.
    pub flags: Vec<Flag>,
    /// Whether there is a block over something.
    pub masked: bool,
    /// What the author of a post made of it after it was decided about, if moderators have not yet
    /// said what to do with that.
    pub revision: Option<Revision>,
}

/// New words that wait for moderators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    pub text: String,
    pub flags: Vec<Flag>,
}

/// A post elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    pub post: Post,
    /// Its author's words as they were heard last, whatever became of them here.
    pub words: String,
}

/// Where it stands. On stage, shown or answered is not kept here: it follows from the stage and
/// from whether there is an answer, so the three can never contradict each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub standing: Standing,
    pub was_shown: bool,
    pub lead: Option<QuestionId>,
    /// In the order of bundling.
    pub wordings: Vec<QuestionId>,
    pub answer: Option<Answer>,
    /// What the author of a post is told of it.
    pub news: BTreeSet<News>,
}

/// How staff deal with it among themselves.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Handling {
    pub labels: BTreeSet<String>,
    /// The alderman who is to answer it.
    pub alderman: Option<String>,
    /// Whether the author of a post is told what becomes of it; without it, as the settings say.
    pub tell: Option<bool>,
    pub routed: Option<Routed>,
}

/// Where it was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Routed {
    pub department: String,
    pub due: Option<Timestamp>,
    pub by: String,
    pub at: Timestamp,
}

/// Who may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Standing {
    Waiting,
    Public,
    Declined { reason: Reason, note: Option<String>, answer: Option<Elsewhere> },
    Withdrawn,
}

/// What an alderman said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub text: String,
    pub spoken: bool,
    pub by: String,
    pub at: Timestamp,
    pub corrected: bool,
}

/// Who of the staff changed a card last. Without an act there is nothing to tell a colleague but
/// where the question stands now.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Changed {
    pub by: Option<String>,
    pub act: Option<Act>,
}

impl Card {
    /// Whether everybody may see it.
    pub fn visible(&self) -> bool {
        self.face.place.standing == Standing::Public
    }

    /// Whether it leads other questions.
    pub fn leads(&self) -> bool {
        !self.face.place.wordings.is_empty()
    }

    /// How many people stand behind it; for a lead, behind the bundle.
    pub fn support(&self) -> u32 {
        let people = if self.leads() { self.crowd.len() } else { self.supporters.len() };
        u32::try_from(people).unwrap_or(u32::MAX)
    }

    /// Whether this person stands behind it; for a lead, behind the bundle.
    pub fn has_support_of(&self, who: ParticipantId) -> bool {
        if self.leads() { self.crowd.contains_key(&who) } else { self.supporters.contains(&who) }
    }

    /// Somebody stands behind one more question of the bundle that this one may lead.
    pub fn join(&mut self, who: ParticipantId) {
        if self.leads() {
            *self.crowd.entry(who).or_insert(0) += 1;
        }
    }

    /// Why it was declined, if it was.
    pub fn declined(&self) -> Option<(Reason, Option<&String>, Option<&Elsewhere>)> {
        match &self.face.place.standing {
            Standing::Declined { reason, note, answer } => Some((*reason, note.as_ref(), answer.as_ref())),
            _ => None,
        }
    }

    /// Makes it public.
    pub fn show(&mut self) {
        self.face.place.standing = Standing::Public;
        self.face.place.was_shown = true;
    }

    /// Finds the hashtags in its words again; the session's own is in all of them and says nothing.
    pub fn find_topics(&mut self, own: &str) {
        self.topics = shared::topics(&self.face.words.text);
        self.topics.retain(|topic| shared::hashtag::fold(topic) != own);
    }
}

impl Words {
    /// These, untouched.
    pub fn of(text: &str, flags: &[Flag]) -> Self {
        Self { text: text.to_owned(), original: None, flags: flags.to_vec(), masked: false, revision: None }
    }
}

impl Place {
    /// What the status is while the question is not on stage.
    pub fn status_off_stage(&self) -> Status {
        match self.standing {
            Standing::Waiting => Status::Waiting,
            Standing::Public if self.answer.is_some() => Status::Answered,
            Standing::Public => Status::Shown,
            Standing::Declined { .. } => Status::Declined,
            Standing::Withdrawn => Status::Withdrawn,
        }
    }
}
