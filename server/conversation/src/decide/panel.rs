//! The panel: answers, their corrections, and what is not finished yet.

use shared::{QuestionId, Refusal, words};

use super::Outcome;
use crate::{Conversation, Decision, Event, Staff, state::card::Card};

impl Conversation {
    pub(super) fn decide_answer(
        &self,
        by: &Staff,
        question: QuestionId,
        text: &str,
        spoken: bool,
        alderman: Option<&str>,
    ) -> Outcome {
        let card = self.public_question(question)?;
        Self::unbundled(card)?;
        let text = words::required(text, words::MAX_ANSWER)?;
        let by = by.name.clone();
        Ok(match &card.face.place.answer {
            Some(answer) if answer.text == text && answer.spoken == spoken => Decision::nothing(Some(question)),
            Some(_) => Decision::about(question, Event::Corrected { by, question, text, spoken }),
            None => {
                let alderman = self.alderman(alderman)?;
                Decision::about(question, Event::Answered { by, question, text, spoken, alderman })
            }
        })
    }

    pub(super) fn decide_draft(&self, by: &Staff, question: QuestionId, text: &str) -> Outcome {
        self.public_question(question)?;
        let text = words::optional(text, words::MAX_ANSWER)?;
        let kept = self.drafts.get(&question).map_or("", |draft| &draft.text);
        if kept == text {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Drafted { by: by.name.clone(), question, text }))
    }

    /// The panel knows of public questions, and of those that were.
    fn public_question(&self, id: QuestionId) -> Result<&Card, Refusal> {
        let card = self.question(id)?;
        match self.status_for(None, id) {
            None => Err(Refusal::NotFound),
            Some(_) if card.visible() => Ok(card),
            Some((now, _)) => Err(Refusal::WrongStatus { now }),
        }
    }

    /// The alderman of this name; without a name the first.
    pub(super) fn alderman(&self, name: Option<&str>) -> Result<String, Refusal> {
        let mut aldermen = self.details.aldermen.iter().map(|alderman| &alderman.name);
        let found = match name.map(str::trim) {
            None | Some("") => aldermen.next(),
            Some(name) => aldermen.find(|alderman| *alderman == name),
        };
        found.cloned().ok_or_else(|| Refusal::Field { field: "by".into() })
    }
}
