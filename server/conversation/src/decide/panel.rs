//! The panel: answers, their corrections, and what is not finished yet.

use shared::{QuestionId, Refusal, Status, words};

use super::Outcome;
use crate::{Conversation, Decision, Event, Staff};

impl Conversation {
    pub(super) fn decide_answer(
        &self,
        by: &Staff,
        question: QuestionId,
        text: &str,
        spoken: bool,
        alderman: Option<&str>,
    ) -> Outcome {
        let card = self.question(question)?;
        Self::unbundled(card)?;
        self.must_be(card, &[Status::Shown, Status::OnStage, Status::Answered])?;
        let text = words::required(text, words::MAX_ANSWER)?;
        let by = by.name.clone();
        Ok(match &card.face.place.answer {
            Some(answer) if answer.text == text && answer.spoken == spoken => Decision::nothing(Some(question)),
            Some(_) => Decision::about(question, Event::Corrected { by, question, text, spoken }),
            None => {
                let alderman = self.alderman(alderman);
                Decision::about(question, Event::Answered { by, question, text, spoken, alderman })
            }
        })
    }

    /// The panel knows of public questions only.
    pub(super) fn decide_draft(&self, by: &Staff, question: QuestionId, text: &str) -> Outcome {
        if !self.question(question)?.visible() {
            return Err(Refusal::NotFound);
        }
        let text = words::optional(text, words::MAX_ANSWER)?;
        let kept = self.drafts.get(&question).map_or("", |draft| &draft.text);
        if kept == text {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Drafted { by: by.name.clone(), question, text }))
    }

    /// The alderman of this name, or else the first.
    fn alderman(&self, name: Option<&str>) -> String {
        let aldermen = &self.details.aldermen;
        let named = aldermen.iter().find(|alderman| name.is_some_and(|name| name.trim() == alderman.name));
        named.or(aldermen.first()).map_or_else(String::new, |alderman| alderman.name.clone())
    }
}
