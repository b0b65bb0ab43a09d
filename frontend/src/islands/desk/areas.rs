//! The parts of the desk, where a card belongs, and what it is ordered by there.

use shared::{
    Status,
    views::{ModeratorCard, PublicSession},
};

use super::ranked::Key;

/// A part of the desk, in the order in which the eye goes over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// Waiting for a moderator, the longest waiting first.
    Incoming,
    /// Public and not in the queue, the most supported first.
    Shown,
    /// Being answered now.
    Stage,
    /// Next on stage, in order.
    Queue,
    /// Answered, the latest first.
    Answered,
    /// Declined or taken back, the latest asked first.
    Declined,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 6] = [Self::Incoming, Self::Shown, Self::Stage, Self::Queue, Self::Answered, Self::Declined];

    /// The word that stands for it in ids and classes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Shown => "shown",
            Self::Stage => "stage",
            Self::Queue => "queue",
            Self::Answered => "answered",
            Self::Declined => "declined",
        }
    }

    /// Whether its order is worked on, so that a search leaves it whole.
    pub fn stays_whole(self) -> bool {
        matches!(self, Self::Stage | Self::Queue)
    }
}

/// Where a card belongs, if it has a place of its own: a question bundled under another lies in its
/// lead.
pub fn area(card: &ModeratorCard, session: &PublicSession) -> Option<Area> {
    let id = card.card.id;
    match card.card.status {
        Status::Declined | Status::Withdrawn => Some(Area::Declined),
        _ if card.card.lead.is_some() => None,
        _ if session.on_stage == Some(id) => Some(Area::Stage),
        Status::Waiting => Some(Area::Incoming),
        Status::Answered => Some(Area::Answered),
        Status::Shown | Status::OnStage if session.queue.contains(&id) => Some(Area::Queue),
        Status::Shown | Status::OnStage => Some(Area::Shown),
    }
}

/// What a card is ordered by in its area.
pub fn key(card: &ModeratorCard, area: Area, session: &PublicSession) -> Key {
    let asked = card.card.asked_at.millis();
    match area {
        Area::Incoming => (asked, 0),
        Area::Shown => (-i64::from(card.card.support), -asked),
        Area::Stage => (0, 0),
        Area::Queue => {
            let place = session.queue.iter().position(|id| *id == card.card.id);
            (place.and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX), 0)
        }
        Area::Answered => (-card.card.answer.as_ref().map_or(0, |answer| answer.at.millis()), 0),
        Area::Declined => (-asked, 0),
    }
}
