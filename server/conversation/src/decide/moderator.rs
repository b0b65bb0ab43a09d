//! Moderators, about one question: approve, decline, restore, edit, and enter one from the hall.

use shared::{Flag, FlagKind, Phase, QuestionId, Reason, Refusal, Status, commands::Elsewhere, flags, words};

use super::Outcome;
use crate::{Conversation, Decision, Event, Ids, Noted, Staff};

impl Conversation {
    pub(super) fn decide_approve(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        self.must_be(card, &[Status::Waiting])?;
        Ok(Decision::about(question, Event::Approved { by: by.name.clone(), question }))
    }

    pub(super) fn decide_decline(
        &self,
        by: &Staff,
        question: QuestionId,
        reason: Reason,
        note: Option<&str>,
        answer: Option<&Elsewhere>,
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.seen(question, seen)?;
        self.must_be(card, &[Status::Waiting, Status::Shown, Status::OnStage, Status::Answered])?;
        let note = Some(words::optional(note.unwrap_or(""), words::MAX_NOTE)?).filter(|note| !note.is_empty());
        if reason == Reason::Other && note.is_none() {
            return Err(Refusal::Field { field: "note".into() });
        }
        let answer =
            answer.filter(|_| reason == Reason::AlreadyAnswered).map(|answer| self.elsewhere(answer)).transpose()?;
        Ok(Decision::about(question, Event::Declined { by: by.name.clone(), question, reason, note, answer }))
    }

    /// An address that can be read: here it must be an answered question; of another session only
    /// that session knows.
    fn elsewhere(&self, answer: &Elsewhere) -> Result<Elsewhere, Refusal> {
        let refused = || Refusal::Field { field: "answer".into() };
        let hashtag = shared::Hashtag::parse(&answer.hashtag).map_err(|_| refused())?;
        let here = hashtag.folded() == self.details.hashtag.folded();
        if here && self.status(self.question(answer.question)?) != Status::Answered {
            return Err(refused());
        }
        Ok(Elsewhere { hashtag: hashtag.as_str().to_owned(), question: answer.question })
    }

    pub(super) fn decide_restore(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        self.must_be(card, &[Status::Declined])?;
        Ok(Decision::about(question, Event::Restored { by: by.name.clone(), question }))
    }

    pub(super) fn decide_edit(
        &self,
        by: &Staff,
        question: QuestionId,
        text: &str,
        flags: &[Flag],
        seen: Option<u64>,
    ) -> Outcome {
        let card = self.seen(question, seen)?;
        if self.status(card) == Status::Withdrawn {
            return Err(self.wrong(card));
        }
        let text = words::question(text)?;
        if text == card.face.words.text {
            return Ok(Decision::nothing(Some(question)));
        }
        // How somebody asks does not change with the words.
        let of_the_asker =
            card.face.words.flags.iter().filter(|flag| matches!(flag.kind, FlagKind::Flood | FlagKind::SamePlace));
        let flags = flags.iter().chain(of_the_asker).cloned().collect();
        Ok(Decision::about(question, Event::Edited { by: by.name.clone(), question, text, flags }))
    }

    pub(super) fn decide_mask(&self, by: &Staff, question: QuestionId, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        if self.status(card) == Status::Withdrawn {
            return Err(self.wrong(card));
        }
        let words = &card.face.words;
        Ok(match flags::masked(&words.text, &words.flags) {
            Some((text, flags)) => {
                Decision::about(question, Event::Masked { by: by.name.clone(), question, text, flags })
            }
            None => Decision::nothing(Some(question)),
        })
    }

    /// Somebody in the hall spoke: that is asked, box or no box.
    pub(super) fn decide_enter(
        &self,
        by: &Staff,
        text: &str,
        name: Option<&str>,
        noted: &Noted,
        ids: &mut dyn Ids,
    ) -> Outcome {
        if self.phase == Phase::Archived {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let text = words::question(text)?;
        let name = words::name(name.unwrap_or(""))?;
        let question = self.fresh_id(ids);
        Ok(Decision::about(
            question,
            Event::Entered { by: by.name.clone(), question, text, name, noted: noted.clone() },
        ))
    }
}
