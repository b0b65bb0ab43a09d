//! Small views of the desk for its tests.

use shared::{
    Moment,
    views::{DeskCard, DeskSession, DeskView, Routed},
};

use crate::islands::sample;

/// A question that was sent to a department, to be back at a time of the day.
pub fn card(id: u64, department: &str, due: Option<&str>) -> DeskCard {
    let at = |time: &str| Moment(format!("2026-05-12T{time}:00+02:00"));
    let routed = Routed {
        department: department.to_owned(),
        due: due.map(at),
        by: "Jana".to_owned(),
        at: at(&format!("14:{id:02}")),
    };
    DeskCard {
        card: sample::card(id, "Waarom?", 3),
        alderman: None,
        routed: Some(routed),
        briefing: None,
        proposal: None,
    }
}

/// A live session with these questions at the desk.
pub fn view(cards: impl IntoIterator<Item = DeskCard>) -> DeskView {
    let public = sample::view([]).session;
    DeskView {
        seq: 1,
        session: DeskSession { public },
        questions: cards.into_iter().map(|card| (card.card.id, card)).collect(),
    }
}
