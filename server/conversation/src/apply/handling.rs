//! How staff deal with questions among themselves, and what the desk writes beside them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use shared::QuestionId;

use crate::{
    event,
    state::{
        card::{Handling, Routed},
        papers::{Paper, Parting},
        pen::Pen,
    },
};

impl Pen<'_> {
    pub(super) fn label(&mut self, id: QuestionId, label: &str, on: bool) -> Option<()> {
        let labels = &mut self.card(id)?.face.handling.labels;
        if on {
            labels.insert(label.to_owned());
        } else {
            labels.remove(label);
        }
        Some(())
    }

    pub(super) fn assign(&mut self, id: QuestionId, alderman: Option<String>) -> Option<()> {
        self.card(id)?.face.handling.alderman = alderman;
        Some(())
    }

    pub(super) fn route(
        &mut self,
        by: &str,
        id: QuestionId,
        department: Option<String>,
        due: Option<Timestamp>,
    ) -> Option<()> {
        self.touch_bundle(id);
        let at = self.at;
        self.card(id)?.face.handling.routed =
            department.map(|department| Routed { department, due, by: by.to_owned(), at });
        Some(())
    }

    pub(super) fn part(&mut self, these: &[QuestionId], others: &[QuestionId]) {
        let set = |side: &[QuestionId]| side.iter().copied().collect::<BTreeSet<_>>();
        let step = self.now.steps.count + 1;
        self.now.partings.push(Parting { step, these: set(these), those: set(others) });
        self.parted = true;
    }

    pub(super) fn write_paper(
        &mut self,
        by: &str,
        id: QuestionId,
        kind: event::Paper,
        text: &str,
        ready: bool,
    ) -> Option<()> {
        self.now.cards.get(&id)?;
        let mut papers = self.now.papers.get(&id).cloned().unwrap_or_default();
        let version = papers.of(kind).map_or(0, |paper| paper.version) + 1;
        papers.put(kind, Paper { text: text.to_owned(), ready, by: by.to_owned(), at: self.at, version });
        self.set_papers(id, Some(papers));
        Some(())
    }

    /// What was arranged for one question goes to another that takes its place.
    pub(super) fn hand_over(&mut self, from: QuestionId, to: QuestionId) -> Option<()> {
        let Handling { alderman, routed, .. } = &mut self.card(from)?.face.handling;
        let (alderman, routed) = (alderman.take(), routed.take());
        let handling = &mut self.card(to)?.face.handling;
        handling.alderman = alderman.or(handling.alderman.take());
        handling.routed = routed.or(handling.routed.take());
        if let Some(papers) = self.now.papers.get(&from).cloned() {
            self.set_papers(from, None);
            self.set_papers(to, Some(papers));
        }
        Some(())
    }

    /// A question that comes under a lead brings what was arranged for it, where the lead has nothing.
    pub(super) fn bring_along(&mut self, from: QuestionId, to: QuestionId) -> Option<()> {
        let Handling { alderman, routed, .. } = self.card(from)?.face.handling.clone();
        let lead = self.now.cards.get(&to)?;
        if routed.is_some() && lead.face.handling.routed.is_none() {
            self.touch_bundle(to);
        }
        let handling = &mut self.card(to)?.face.handling;
        handling.alderman = handling.alderman.take().or(alderman);
        handling.routed = handling.routed.take().or(routed);
        if let Some(papers) = self.now.papers.get(&from).cloned().filter(|_| !self.now.papers.contains_key(&to)) {
            self.set_papers(to, Some(papers));
        }
        Some(())
    }
}
