//! What each audience sees, and how it changes: a view is a snapshot at `seq`, a patch holds the
//! cards that changed, each whole, so that applying one twice does no harm.

mod cards;
mod channels;
mod heads;
mod likeness;

use std::collections::BTreeMap;

pub use cards::{Answer, DeskCard, MineCard, ModeratorCard, PanelCard, Paper, Post, PublicCard, Routed};
pub use channels::{NetworkAccount, Outgoing, SourceHealth};
pub use heads::{
    Account, Alderman, Banner, Claim, Colleague, Counts, DeclinedFor, DeskSession, Draft, Mine, ModeratorSession,
    PanelSession, PublicSession, Step,
};
pub use likeness::{Alike, Near, NearElsewhere, NearPublic, Proposals, ProposedGroup};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::QuestionId;

/// What has an id of its own in a view.
pub trait Card: Clone + PartialEq {
    /// The question it shows.
    fn id(&self) -> QuestionId;
}

/// All that one audience may see of a session, at one moment in its history.
///
/// `seq` counts the changes that this audience could see, so a gap in it never tells of something
/// hidden.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(
    rename_all = "camelCase",
    bound(serialize = "H: Serialize, C: Serialize", deserialize = "H: Deserialize<'de>, C: Deserialize<'de> + Card")
)]
pub struct View<H, C> {
    /// How many changes this audience has seen.
    pub seq: u64,
    /// The session itself.
    pub session: H,
    /// Every card, by id; a list in JSON.
    #[serde(serialize_with = "write_cards", deserialize_with = "read_cards")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<C>))]
    pub questions: BTreeMap<QuestionId, C>,
}

/// What changed for one audience between `after` and `seq`; values are absolute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", bound(deserialize = "H: Deserialize<'de>, C: Deserialize<'de>"))]
pub struct Patch<H, C> {
    /// The `seq` it builds on; a view older than this needs a snapshot.
    pub after: u64,
    /// The `seq` it leads to.
    pub seq: u64,
    /// The session itself, when it changed.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub session: Option<H>,
    /// Cards that are new or changed, whole.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<C>,
    /// Cards that this audience no longer sees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub gone: Vec<QuestionId>,
}

/// The public view: citizens, the wall, anybody's script.
pub type PublicView = View<PublicSession, PublicCard>;
/// The moderators' view.
pub type ModeratorView = View<ModeratorSession, ModeratorCard>;
/// The panel's view.
pub type PanelView = View<PanelSession, PanelCard>;
/// The view of the desk of civil servants.
pub type DeskView = View<DeskSession, DeskCard>;
/// A change to the public view.
pub type PublicPatch = Patch<PublicSession, PublicCard>;
/// A change to the moderators' view.
pub type ModeratorPatch = Patch<ModeratorSession, ModeratorCard>;
/// A change to the panel's view.
pub type PanelPatch = Patch<PanelSession, PanelCard>;
/// A change to the view of the desk of civil servants.
pub type DeskPatch = Patch<DeskSession, DeskCard>;

/// A patch was missed; take a new snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a patch after {have} is missing: this one builds on {needs}")]
pub struct Gap {
    /// What the view has.
    pub have: u64,
    /// What the patch needs.
    pub needs: u64,
}

impl<H, C: Card> View<H, C> {
    /// Brings the view to the patch's `seq`. A patch that is already in it changes nothing.
    pub fn apply(&mut self, patch: Patch<H, C>) -> Result<(), Gap> {
        if patch.seq <= self.seq {
            return Ok(());
        }
        if patch.after > self.seq {
            return Err(Gap { have: self.seq, needs: patch.after });
        }
        if let Some(session) = patch.session {
            self.session = session;
        }
        for card in patch.questions {
            self.questions.insert(card.id(), card);
        }
        for id in patch.gone {
            self.questions.remove(&id);
        }
        self.seq = patch.seq;
        Ok(())
    }

    /// The card of a question, if this audience sees it.
    pub fn card(&self, id: QuestionId) -> Option<&C> {
        self.questions.get(&id)
    }
}

impl<H, C: Card> Patch<H, C> {
    /// Takes a later patch into this one, so that one frame can carry both.
    pub fn merge(&mut self, later: Self) {
        if later.session.is_some() {
            self.session = later.session;
        }
        for id in &later.gone {
            self.questions.retain(|card| card.id() != *id);
        }
        for card in later.questions {
            self.gone.retain(|id| *id != card.id());
            match self.questions.iter_mut().find(|known| known.id() == card.id()) {
                Some(known) => *known = card,
                None => self.questions.push(card),
            }
        }
        for id in later.gone {
            if !self.gone.contains(&id) {
                self.gone.push(id);
            }
        }
        self.seq = later.seq;
    }
}

fn none<T>() -> Option<T> {
    None
}

fn write_cards<C: Serialize, S: Serializer>(cards: &BTreeMap<QuestionId, C>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(cards.values())
}

fn read_cards<'de, C, D>(deserializer: D) -> Result<BTreeMap<QuestionId, C>, D::Error>
where
    C: Deserialize<'de> + Card,
    D: Deserializer<'de>,
{
    // One by one: collected, they would be sorted first, and a browser would download how.
    let mut read = BTreeMap::new();
    for card in Vec::<C>::deserialize(deserializer)? {
        read.insert(card.id(), card);
    }
    Ok(read)
}
