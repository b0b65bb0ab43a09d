//! What concerns the session as a whole: its phase, box, banner, details and keys, and undoing.

use jiff::Timestamp;
use shared::{Phase, Role, words};

use super::Outcome;
use crate::{Conversation, Decision, Details, Event, Staff};

impl Conversation {
    pub(super) fn decide_banner(&self, by: &Staff, text: Option<&str>) -> Outcome {
        let text = Some(words::optional(text.unwrap_or(""), words::MAX_BANNER)?).filter(|text| !text.is_empty());
        if text == self.banner.as_ref().map(|banner| banner.text.clone()) {
            return Ok(Decision::nothing(None));
        }
        Ok(Decision::session(Event::Bannered { by: by.name.clone(), text }))
    }

    pub(super) fn decide_box(&self, by: &Staff, open: bool) -> Decision {
        if open != self.box_closed_by_hand {
            return Decision::nothing(None);
        }
        Decision::session(Event::BoxSet { by: by.name.clone(), open })
    }

    pub(super) fn decide_phase(&self, by: &Staff, phase: Phase) -> Decision {
        if phase == self.phase {
            return Decision::nothing(None);
        }
        Decision::session(Event::PhaseMoved { by: Some(by.name.clone()), phase })
    }

    /// Hashtags are equal in all their spellings, but another spelling is a change.
    pub(super) fn decide_details(&self, by: &Staff, details: &Details) -> Decision {
        if *details == self.details && details.hashtag.as_str() == self.details.hashtag.as_str() {
            return Decision::nothing(None);
        }
        Decision::session(Event::DetailsChanged { by: by.name.clone(), details: details.clone() })
    }

    pub(super) fn decide_key(by: &Staff, role: Role, hash: [u8; 32]) -> Decision {
        Decision::session(Event::KeyRenewed { by: by.name.clone(), role, hash })
    }

    pub(super) fn decide_undo(&self, by: &Staff, step: u64) -> Outcome {
        let question = self.undoable(step)?.question;
        let events = vec![Event::Undone { by: by.name.clone(), step }];
        Ok(Decision { events, about: question, left: Vec::new() })
    }

    /// All moves that are due, in the order of the schedule.
    pub(super) fn decide_tick(&self, now: Timestamp) -> Decision {
        let due = self.scheduled().take_while(|(at, _)| *at <= now);
        let events = due.map(|(_, phase)| Event::PhaseMoved { by: None, phase }).collect();
        Decision { events, about: None, left: Vec::new() }
    }
}
