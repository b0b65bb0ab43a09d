//! A session as it stands, to start from without all that led to it. It goes into the journal, beside
//! the records from which it follows, and nowhere else: it holds what no audience may see.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use shared::{Phase, QuestionId, Role, views::Counts};

use crate::{
    Conversation, Details, ParticipantId,
    state::{
        Announcement, Banner, Draft, Key, Person, Seqs, Staged,
        card::Card,
        papers::{Papers, Parting},
        steps::Steps,
    },
};

/// Everything of a session that does not follow from something else in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    details: Details,
    phase: Phase,
    phase_since: Timestamp,
    box_closed_by_hand: bool,
    banner: Option<Banner>,
    stage: Option<Staged>,
    queue: Vec<QuestionId>,
    cards: Vec<Card>,
    people: BTreeMap<ParticipantId, Person>,
    drafts: BTreeMap<QuestionId, Draft>,
    papers: BTreeMap<QuestionId, Papers>,
    partings: Vec<Parting>,
    gone: BTreeSet<String>,
    announcements: Vec<Announcement>,
    steps: Steps,
    counts: Counts,
    keys: BTreeMap<Role, Key>,
    seqs: Seqs,
}

impl Checkpoint {
    /// The rules and the form of what is kept, as a number. Raise it when either changes: older
    /// checkpoints are then left aside, and the session follows from its records once more.
    pub const VERSION: u32 = 3;
}

impl From<Conversation> for Checkpoint {
    fn from(now: Conversation) -> Self {
        let Conversation { details, zone: _, phase, phase_since, box_closed_by_hand, banner, stage, queue, .. } = now;
        let Conversation {
            cards,
            people,
            drafts,
            papers,
            partings,
            gone,
            announcements,
            steps,
            counts,
            keys,
            seqs,
            ..
        } = now;
        let cards = cards.into_values().collect();
        Self {
            details,
            phase,
            phase_since,
            box_closed_by_hand,
            banner,
            stage,
            queue,
            cards,
            people,
            drafts,
            papers,
            partings,
            gone,
            announcements,
            steps,
            counts,
            keys,
            seqs,
        }
    }
}

impl From<Checkpoint> for Conversation {
    fn from(kept: Checkpoint) -> Self {
        let mut now = Self {
            zone: kept.details.zone(),
            details: kept.details,
            phase: kept.phase,
            phase_since: kept.phase_since,
            box_closed_by_hand: kept.box_closed_by_hand,
            banner: kept.banner,
            stage: kept.stage,
            queue: kept.queue,
            cards: kept.cards.into_iter().map(|card| (card.id, card)).collect(),
            people: kept.people,
            drafts: kept.drafts,
            papers: kept.papers,
            partings: kept.partings,
            posts: BTreeMap::new(),
            gone: kept.gone,
            announcements: kept.announcements,
            steps: kept.steps,
            counts: kept.counts,
            keys: kept.keys,
            seqs: kept.seqs,
        };
        let posts = now.cards.values().filter_map(|card| Some((card.post.as_ref()?.post.address.clone(), card.id)));
        now.posts = posts.collect();
        let leads = now.cards.values().filter(|card| card.leads());
        let crowds: Vec<_> = leads.map(|card| (card.id, now.crowd_of(card))).collect();
        for (id, crowd) in crowds {
            if let Some(card) = now.cards.get_mut(&id) {
                card.crowd = crowd;
            }
        }
        now
    }
}
