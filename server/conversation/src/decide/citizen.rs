//! Citizens: ask, support, withdraw.

use jiff::{SignedDuration, Timestamp};
use shared::{Flag, FlagKind, Moderation, Phase, QuestionId, Refusal, Status, words};

use super::Outcome;
use crate::{Conversation, Decision, Event, Ids, Noted, ParticipantId, state::card::Standing};

/// So many questions of one participant within [`FLOOD_TIME`] are a flood.
const FLOOD: usize = 4;
const FLOOD_TIME: SignedDuration = SignedDuration::from_secs(60);

impl Conversation {
    pub(super) fn decide_ask(
        &self,
        by: ParticipantId,
        text: &str,
        name: Option<&str>,
        noted: &Noted,
        now: Timestamp,
        ids: &mut dyn Ids,
    ) -> Outcome {
        if !self.box_open() {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let text = words::question(text)?;
        let name = words::name(name.unwrap_or(""))?;
        if let Some(question) = self.asked_before(by, &text) {
            return Err(Refusal::AlreadyAsked { question });
        }
        let question = self.fresh_id(ids);
        let mut noted = noted.clone();
        noted.flags.extend(self.flood(by, now));
        // What deserves a look is looked at first, also where moderators look afterwards.
        let shown = self.details.moderation == Moderation::After && noted.flags.is_empty();
        Ok(Decision::about(question, Event::Asked { by, question, text, name, shown, noted }))
    }

    /// Whether this participant asks too much at once.
    fn flood(&self, by: ParticipantId, now: Timestamp) -> Option<Flag> {
        let asked = &self.people.get(&by)?.asked;
        let lately =
            |id: &&QuestionId| self.cards.get(id).is_some_and(|card| now.duration_since(card.asked_at) < FLOOD_TIME);
        let count = asked.iter().rev().take_while(lately).count() + 1;
        (count >= FLOOD).then(|| Flag { kind: FlagKind::Flood, from: 0, to: 0, saw: count.to_string() })
    }

    pub(super) fn decide_support(&self, by: ParticipantId, question: QuestionId, on: bool) -> Outcome {
        let (now, _) = self.status_for(Some(by), question).ok_or(Refusal::NotFound)?;
        if !matches!(now, Status::Shown | Status::OnStage | Status::Answered) {
            return Err(Refusal::WrongStatus { now });
        }
        if self.phase == Phase::Archived {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let stands = self.lead_of(question).is_some_and(|lead| lead.has_support_of(by));
        Ok(match (stands, on) {
            (false, true) => Decision::about(question, Event::Supported { by, question }),
            (true, false) => Decision::about(question, Event::Unsupported { by, question }),
            _ => Decision::nothing(Some(question)),
        })
    }

    pub(super) fn decide_withdraw(&self, by: ParticipantId, question: QuestionId) -> Outcome {
        let (now, _) = self.status_for(Some(by), question).ok_or(Refusal::NotFound)?;
        if self.question(question)?.asker != Some(by) {
            return Err(Refusal::Forbidden);
        }
        if matches!(now, Status::Declined | Status::Withdrawn | Status::Answered) {
            return Err(Refusal::WrongStatus { now });
        }
        Ok(Decision::about(question, Event::Withdrawn { by, question }))
    }

    fn asked_before(&self, by: ParticipantId, text: &str) -> Option<QuestionId> {
        let key = words::same_words_key(text);
        let asked = &self.people.get(&by)?.asked;
        let same = |id: &&QuestionId| {
            self.cards.get(id).is_some_and(|card| card.key == key && card.face.place.standing != Standing::Withdrawn)
        };
        asked.iter().find(same).copied()
    }
}
