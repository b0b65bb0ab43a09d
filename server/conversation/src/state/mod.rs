//! A session as the rules know it. Nothing of it leaves this crate but through the projections.

pub mod card;
pub mod papers;
pub mod pen;
mod settle;
pub mod steps;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use shared::{Audience, Moment, Phase, QuestionId, Reason, Role, Status, views::Counts};

use self::{
    card::{Card, Standing},
    papers::{Papers, Parting},
    steps::Steps,
};
use crate::{Details, Event, ParticipantId};

/// One session: its details, questions, queue and stage, and who stands behind what.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    pub(crate) details: Details,
    pub(crate) zone: TimeZone,
    pub(crate) phase: Phase,
    /// When it was last moved, by hand or by the clock.
    pub(crate) phase_since: Timestamp,
    pub(crate) box_closed_by_hand: bool,
    pub(crate) banner: Option<Banner>,
    pub(crate) stage: Option<Staged>,
    pub(crate) queue: Vec<QuestionId>,
    pub(crate) cards: BTreeMap<QuestionId, Card>,
    pub(crate) people: BTreeMap<ParticipantId, Person>,
    pub(crate) drafts: BTreeMap<QuestionId, Draft>,
    /// What the desk wrote beside questions.
    pub(crate) papers: BTreeMap<QuestionId, Papers>,
    /// Which questions were said not to mean the same.
    pub(crate) partings: Vec<Parting>,
    /// The posts that became questions, by their permanent address; follows from the cards.
    pub(crate) posts: BTreeMap<String, QuestionId>,
    /// Addresses of posts that are gone and must not come (back).
    pub(crate) gone: BTreeSet<String>,
    pub(crate) announcements: Vec<Announcement>,
    pub(crate) steps: Steps,
    pub(crate) counts: Counts,
    pub(crate) keys: BTreeMap<Role, Key>,
    pub(crate) seqs: Seqs,
}

/// What one participant did here.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Person {
    /// Their questions, oldest first.
    pub asked: Vec<QuestionId>,
    /// The questions they stand behind themselves, bundled or not, public or not.
    pub stands: BTreeSet<QuestionId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Banner {
    pub text: String,
    pub at: Timestamp,
}

/// Something said on the networks, by the step that did it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Announcement {
    pub step: u64,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Staged {
    pub question: QuestionId,
    pub since: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub text: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    #[serde(with = "crate::event::hex")]
    pub hash: [u8; 32],
    /// How often it was renewed.
    pub generation: u64,
}

/// How many changes each audience has seen.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Seqs {
    pub public: u64,
    pub moderator: u64,
    pub panel: u64,
    pub desk: u64,
}

impl Conversation {
    /// The first event of a new session; announced, unless it starts its life elsewhere.
    pub fn create(details: Details, phase: Option<Phase>, keys: Vec<(Role, [u8; 32])>) -> Event {
        Event::Created { details, phase: phase.unwrap_or(Phase::Announced), keys }
    }

    /// The session as its first event leaves it; `None` when that event is another.
    pub fn begin(at: Timestamp, created: &Event) -> Option<Self> {
        let Event::Created { details, phase, keys } = created else { return None };
        Some(Self {
            zone: details.zone(),
            details: details.clone(),
            phase: *phase,
            phase_since: at,
            box_closed_by_hand: false,
            banner: None,
            stage: None,
            queue: Vec::new(),
            cards: BTreeMap::new(),
            people: BTreeMap::new(),
            drafts: BTreeMap::new(),
            papers: BTreeMap::new(),
            partings: Vec::new(),
            posts: BTreeMap::new(),
            gone: BTreeSet::new(),
            announcements: Vec::new(),
            steps: Steps::default(),
            counts: Counts::default(),
            keys: keys.iter().map(|&(role, hash)| (role, Key { hash, generation: 0 })).collect(),
            seqs: Seqs::default(),
        })
    }

    /// What the organiser decided.
    pub fn details(&self) -> &Details {
        &self.details
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How many changes an audience has seen: the `seq` of its view.
    pub fn seq(&self, audience: Audience) -> u64 {
        match audience {
            Audience::Public => self.seqs.public,
            Audience::Moderator => self.seqs.moderator,
            Audience::Panel => self.seqs.panel,
            Audience::Desk => self.seqs.desk,
        }
    }

    /// The questions that come next, in order.
    pub fn queue(&self) -> &[QuestionId] {
        &self.queue
    }

    /// The hash of a role's key.
    pub fn key_hash(&self, role: Role) -> Option<[u8; 32]> {
        self.keys.get(&role).map(|key| key.hash)
    }

    /// How often a role's key was renewed.
    pub fn key_generation(&self, role: Role) -> u64 {
        self.keys.get(&role).map_or(0, |key| key.generation)
    }

    /// How many people stand behind a question; for one in a bundle, behind the bundle. None
    /// behind a question that is not there.
    pub fn support_of(&self, id: QuestionId) -> u32 {
        self.lead_of(id).map_or(0, Card::support)
    }

    /// Which questions were said not to mean the same: none of the first with any of the second.
    pub fn partings(&self) -> impl Iterator<Item = (&BTreeSet<QuestionId>, &BTreeSet<QuestionId>)> {
        self.partings.iter().map(|parting| (&parting.these, &parting.those))
    }

    /// The question itself, or the lead of its bundle.
    pub fn lead_id(&self, id: QuestionId) -> Option<QuestionId> {
        self.lead_of(id).map(|lead| lead.id)
    }

    /// Where a question stands, for somebody who may know it, and why it was declined. `None` when
    /// there is no such question or it is none of their business: the waiting and declined
    /// questions of others that were never shown.
    pub fn status_for(&self, who: Option<ParticipantId>, id: QuestionId) -> Option<(Status, Option<Reason>)> {
        let card = self.cards.get(&id)?;
        let place = &card.face.place;
        let theirs = card.asker.is_some() && card.asker == who;
        let known = theirs || card.visible() || (place.was_shown && place.standing != Standing::Waiting);
        known.then(|| (self.status(card), card.declined().map(|(reason, ..)| reason)))
    }

    /// The next change of phase on the schedule; in the past when it is overdue.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.scheduled().next().map(|(at, _)| at)
    }

    /// A moment on the clock of the session's zone, in whole seconds.
    pub fn moment(&self, at: Timestamp) -> Moment {
        Moment(at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    /// The scheduled moments after the last move that lead further, in order.
    pub(crate) fn scheduled(&self) -> impl Iterator<Item = (Timestamp, Phase)> {
        let Details { opens, starts, ends, .. } = self.details;
        let planned = [(opens, Phase::Open), (starts, Phase::Live), (ends, Phase::Closed)];
        let (since, present) = (self.phase_since, self.phase);
        planned
            .into_iter()
            .filter_map(|(at, phase)| Some((at?, phase)))
            .filter(move |&(at, phase)| at > since && phase > present)
    }

    /// Where a question stands. An answered one is answered, also while the stage still shows it.
    pub(crate) fn status(&self, card: &Card) -> Status {
        match card.face.place.status_off_stage() {
            Status::Shown if self.on_stage(card.id) => Status::OnStage,
            status => status,
        }
    }

    pub(crate) fn on_stage(&self, id: QuestionId) -> bool {
        self.stage.is_some_and(|staged| staged.question == id)
    }

    /// The question itself, or the one it is bundled under.
    pub(crate) fn lead_of(&self, id: QuestionId) -> Option<&Card> {
        let card = self.cards.get(&id)?;
        card.face.place.lead.map_or(Some(card), |lead| self.cards.get(&lead))
    }

    /// Whether a question may stand in the queue.
    pub(crate) fn queueable(&self, id: QuestionId) -> bool {
        self.cards.get(&id).is_some_and(|card| card.face.place.lead.is_none() && self.status(card) == Status::Shown)
    }

    /// Whether one may ask now.
    pub(crate) fn box_open(&self) -> bool {
        self.collects() && !self.box_closed_by_hand
    }

    /// Whether this is a phase for asking. Elsewhere nobody sees that moderators closed the box for a
    /// while: what is written there then comes in all the same.
    pub(crate) fn collects(&self) -> bool {
        match self.phase {
            Phase::Announced => self.details.ask_early,
            Phase::Open | Phase::Live => true,
            Phase::Closed | Phase::Archived => false,
        }
    }
}
