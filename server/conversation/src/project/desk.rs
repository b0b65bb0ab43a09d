//! What the desk of civil servants sees: what was sent to it, with its wordings, and what it wrote.

use std::collections::BTreeMap;

use shared::{
    QuestionId,
    views::{self, DeskCard, DeskSession, DeskView},
};

use crate::{
    Conversation, Paper,
    state::card::{Card, Routed, Standing},
};

impl Conversation {
    /// What the desk sees.
    pub fn desk(&self) -> DeskView {
        let questions: BTreeMap<QuestionId, DeskCard> =
            self.cards.values().filter_map(|card| Some((card.id, self.desk_face(card)?))).collect();
        DeskView { seq: self.seqs.desk, session: DeskSession { public: self.public_head() }, questions }
    }

    /// A question as the desk sees it, if it was sent there.
    pub fn desk_card(&self, id: QuestionId) -> Option<DeskCard> {
        self.desk_face(self.cards.get(&id)?)
    }

    /// A paper as it is now; version 0 and no words when nobody wrote any.
    pub fn paper_now(&self, id: QuestionId, kind: Paper) -> Option<views::Paper> {
        let paper = self.papers.get(&id)?.of(kind)?;
        Some(views::Paper {
            text: paper.text.clone(),
            ready: paper.ready,
            by: paper.by.clone(),
            at: self.moment(paper.at),
            version: paper.version,
        })
    }

    pub(crate) fn desk_face(&self, card: &Card) -> Option<DeskCard> {
        let lead = card.face.place.lead.map_or(Some(card), |lead| self.cards.get(&lead))?;
        let routed = lead.face.handling.routed.as_ref()?;
        if !matches!(card.face.place.standing, Standing::Waiting | Standing::Public) {
            return None;
        }
        let itself = card.id == lead.id;
        Some(DeskCard {
            card: self.face_if_public(card),
            alderman: card.face.handling.alderman.clone().filter(|_| itself),
            routed: itself.then(|| self.routed(routed)),
            briefing: self.paper_now(card.id, Paper::Briefing).filter(|_| itself),
            proposal: self.paper_now(card.id, Paper::Proposal).filter(|_| itself),
        })
    }

    /// A paper that was not thrown away.
    pub(super) fn paper(&self, id: QuestionId, kind: Paper) -> Option<views::Paper> {
        self.paper_now(id, kind).filter(|paper| !paper.text.is_empty())
    }

    pub(super) fn routed(&self, routed: &Routed) -> views::Routed {
        views::Routed {
            department: routed.department.clone(),
            due: routed.due.map(|due| self.moment(due)),
            by: routed.by.clone(),
            at: self.moment(routed.at),
        }
    }
}
