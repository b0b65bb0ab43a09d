//! Puts back what a step touched, as it was, and leaves everything else as it is.

use shared::{Act, QuestionId};

use crate::state::{
    card::Standing,
    pen::Pen,
    steps::{Change, Parts},
};

impl Pen<'_> {
    pub(super) fn undo(&mut self, by: &str, id: u64) -> Option<()> {
        let act = self.now.undoable(id).ok()?.act;
        let step = self.head().steps.get_mut(id)?;
        step.undone_by = Some(by.to_owned());
        let parts = std::mem::take(&mut step.parts);
        self.name(by, opposite(act));
        if parts.parted {
            self.now.partings.retain(|parting| parting.step != id);
        }
        if parts.announced {
            self.now.announcements.retain(|announcement| announcement.step != id);
        }
        self.return_cards(&parts);
        if let Some(stage) = &parts.stage {
            self.set_stage(stage.before);
        }
        if let Some(queue) = &parts.queue {
            let touched =
                |id: &QuestionId| parts.seats.get(id).is_some_and(|seat| seat.before.queued != seat.after.queued);
            self.head().queue =
                if act == Act::Queued { queue.before.clone() } else { merged(&self.now.queue, queue, touched) };
        }
        self.return_session(&parts);
        Some(())
    }

    fn return_cards(&mut self, parts: &Parts) -> Option<()> {
        let own = self.now.details.hashtag.folded();
        for (id, words) in &parts.words {
            let card = self.card(*id)?;
            card.face.words = words.before.clone();
            card.find_topics(&own);
        }
        for (id, handling) in &parts.handlings {
            self.touch_bundle(*id);
            self.card(*id)?.face.handling = handling.before.clone();
        }
        for (id, seat) in &parts.seats {
            self.card(*id)?.face.place = seat.before.place.clone();
        }
        if let Some(entered) = parts.entered {
            self.hide(entered, Standing::Withdrawn);
        }
        // A draft that somebody went on with is worth more than the old one.
        for (id, draft) in &parts.drafts {
            if self.now.drafts.get(id) == draft.after.as_ref() {
                self.set_draft(*id, draft.before.clone());
            }
        }
        for (id, papers) in &parts.papers {
            if self.now.papers.get(id) == papers.after.as_ref() {
                self.set_papers(*id, papers.before.clone());
            }
        }
        Some(())
    }

    fn return_session(&mut self, parts: &Parts) {
        if let Some(banner) = &parts.banner {
            self.head().banner.clone_from(&banner.before);
        }
        if let Some(closed) = &parts.box_closed {
            self.head().box_closed_by_hand = closed.before;
        }
        if let Some(phase) = &parts.phase {
            let at = self.at;
            let head = self.head();
            head.phase = phase.before;
            // Not the old moment: the schedule must not do again what was just undone.
            head.phase_since = at;
        }
    }
}

/// The present queue, with the step's own questions where they were: each behind the nearest of
/// those that stood before it and are still there, or else in front.
fn merged(
    present: &[QuestionId],
    step: &Change<Vec<QuestionId>>,
    touched: impl Fn(&QuestionId) -> bool,
) -> Vec<QuestionId> {
    let mut queue: Vec<QuestionId> = present.iter().copied().filter(|id| !touched(id)).collect();
    for (index, id) in step.before.iter().enumerate().filter(|(_, id)| touched(id)) {
        let behind =
            step.before[..index].iter().rev().find_map(|earlier| queue.iter().position(|queued| queued == earlier));
        queue.insert(behind.map_or(0, |place| place + 1), *id);
    }
    queue
}

/// What undoing an act amounts to, where there is a word for it.
fn opposite(act: Act) -> Option<Act> {
    match act {
        Act::Declined => Some(Act::Restored),
        Act::Restored => Some(Act::Declined),
        Act::Edited | Act::Masked => Some(Act::Edited),
        Act::Led => Some(Act::Led),
        Act::Labelled => Some(Act::Labelled),
        Act::Assigned => Some(Act::Assigned),
        Act::Routed => Some(Act::Routed),
        Act::Bundled => Some(Act::Unbundled),
        Act::Unbundled => Some(Act::Bundled),
        Act::Staged => Some(Act::Unstaged),
        Act::Unstaged => Some(Act::Staged),
        _ => None,
    }
}
