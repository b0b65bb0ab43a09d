//! What an event changed, for each who should hear of it.

use std::collections::BTreeSet;

use shared::{
    Role,
    views::{DeskPatch, ModeratorPatch, PanelPatch, PublicPatch},
};

use crate::ParticipantId;

/// What one event changed. An audience whose view stayed the same has no patch, and its `seq`
/// stays where it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// For citizens and the wall.
    pub public: Option<PublicPatch>,
    /// For the moderators' desk.
    pub moderator: Option<ModeratorPatch>,
    /// For the panel.
    pub panel: Option<PanelPatch>,
    /// For the desk of civil servants.
    pub desk: Option<DeskPatch>,
    /// Whose own questions or supports may look different now.
    pub participants: BTreeSet<ParticipantId>,
    /// The role whose key was renewed.
    pub renewed: Option<Role>,
}
