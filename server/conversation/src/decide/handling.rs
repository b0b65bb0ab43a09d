//! How staff deal with questions among themselves: labels, who is to answer, which department looks at
//! it, and what that writes.

use shared::{QuestionId, Refusal, Status, words};

use super::Outcome;
use crate::{
    Conversation, Decision, Event, Paper, Staff, details,
    state::card::{Card, Routed},
};

impl Conversation {
    pub(super) fn decide_label(
        &self,
        by: &Staff,
        question: QuestionId,
        label: &str,
        on: bool,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.seen(question, seen)?;
        let label = required(label, "label")?;
        let labels = &card.face.handling.labels;
        let known = labels.iter().find(|known| known.to_lowercase() == label.to_lowercase());
        match (known, on) {
            (Some(_), true) | (None, false) => Ok(Decision::nothing(Some(question))),
            (None, true) if labels.len() >= words::MAX_LABELS => Err(field("label")),
            (known, on) => {
                let label = known.cloned().unwrap_or(label);
                Ok(Decision::about(question, Event::Labelled { by: by.name.clone(), question, label, on }))
            }
        }
    }

    pub(super) fn decide_assign(
        &self,
        by: &Staff,
        question: QuestionId,
        alderman: Option<&str>,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.to_be_dealt_with(question, seen)?;
        let alderman =
            named(alderman).map(|name| self.alderman(Some(name)).map_err(|_| field("alderman"))).transpose()?;
        if card.face.handling.alderman == alderman {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Assigned { by: by.name.clone(), question, alderman }))
    }

    pub(super) fn decide_route(
        &self,
        by: &Staff,
        question: QuestionId,
        department: Option<&str>,
        due: Option<&str>,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.to_be_dealt_with(question, seen)?;
        let department = named(department).map(|name| required(name, "department")).transpose()?;
        let due = named(due).map(|text| details::time(text, &self.zone).ok_or_else(|| field("due"))).transpose()?;
        let due = due.filter(|_| department.is_some());
        let same = match (&card.face.handling.routed, &department) {
            (Some(Routed { department: known, due: until, .. }), Some(department)) => {
                known == department && *until == due
            }
            (None, None) => true,
            _ => false,
        };
        if same {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Routed { by: by.name.clone(), question, department, due }))
    }

    /// The desk writes beside what was sent to it. Of two who write at once, the second is told.
    pub(super) fn decide_write(
        &self,
        by: &Staff,
        question: QuestionId,
        paper: Paper,
        text: &str,
        ready: bool,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.question(question)?;
        // What was not sent to the desk is none of its business.
        self.desk_face(card).ok_or(Refusal::NotFound)?;
        Self::unbundled(card)?;
        let text = words::optional(text, words::MAX_ANSWER)?;
        let ready = paper == Paper::Briefing || (ready && !text.is_empty());
        let kept = self.papers.get(&question).and_then(|papers| papers.of(paper));
        if kept.map_or(text.is_empty(), |kept| kept.text == text && kept.ready == ready) {
            return Ok(Decision::nothing(Some(question)));
        }
        if seen.is_some_and(|seen| seen != kept.map_or(0, |kept| kept.version)) {
            let by = kept.map_or_else(String::new, |kept| kept.by.clone());
            return Err(Refusal::Changed { by, act: shared::Act::Edited });
        }
        Ok(Decision::about(question, Event::Written { by: by.name.clone(), question, paper, text, ready }))
    }

    /// A lead, or a question that stands alone, with which something can still be done.
    fn to_be_dealt_with(&self, question: QuestionId, seen: Option<u64>) -> Result<&Card, Refusal> {
        let card = self.seen(question, seen)?;
        Self::unbundled(card)?;
        self.must_be(card, &[Status::Waiting, Status::Shown, Status::OnStage, Status::Answered])?;
        Ok(card)
    }
}

fn field(name: &str) -> Refusal {
    Refusal::Field { field: name.into() }
}

fn named(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A few words on one line.
fn required(text: &str, name: &str) -> Result<String, Refusal> {
    let text = words::name(text).ok().flatten().ok_or_else(|| field(name))?;
    if words::length(&text) <= words::MAX_LABEL { Ok(text) } else { Err(field(name)) }
}
