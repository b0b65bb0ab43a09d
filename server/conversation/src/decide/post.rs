//! Posts elsewhere: what is heard of them, and what moderators decide about that.

use shared::{
    Moderation, QuestionId, Refusal, Status,
    words::{self, MAX_ANNOUNCEMENT},
};

use super::Outcome;
use crate::{Conversation, Decision, Event, Ids, Noted, Post, Staff, state::card::Standing};

impl Conversation {
    /// Hearing the same once more is nothing, so that whoever listens may hear it as often as it must.
    pub(super) fn decide_hear(
        &self,
        post: &Post,
        text: &str,
        name: Option<&str>,
        noted: &Noted,
        ids: &mut dyn Ids,
    ) -> Outcome {
        if self.gone.contains(&post.address) {
            return Ok(Decision::nothing(None));
        }
        if let Some(&question) = self.posts.get(&post.address) {
            return self.decide_hear_again(question, post, text, noted);
        }
        if !self.collects() {
            return Err(Refusal::BoxClosed { phase: self.phase });
        }
        let text = words::question_cut(text)?;
        // A name that is too long is no reason to lose a question.
        let name = name.and_then(|name| words::name(name).ok().flatten());
        let question = self.fresh_id(ids);
        let harmless = noted.flags.is_empty() && post.warning.is_none() && !post.bot;
        let shown = self.details.moderation == Moderation::After && harmless;
        let (post, noted) = (Box::new(post.clone()), noted.clone());
        Ok(Decision::about(question, Event::Heard { post, question, text, name, shown, noted }))
    }

    fn decide_hear_again(&self, question: QuestionId, post: &Post, text: &str, noted: &Noted) -> Outcome {
        let card = self.question(question)?;
        let Some(known) = card.post.as_ref().filter(|_| card.face.place.standing != Standing::Withdrawn) else {
            return Ok(Decision::nothing(Some(question)));
        };
        // What was read earlier may arrive later; and without words it is no other question.
        let outdated = post.edited_at < known.post.edited_at;
        let text = words::question_cut(text).ok().filter(|text| !outdated && known.words != *text);
        let (edited_at, noted) = (post.edited_at, noted.clone());
        Ok(text.map_or_else(
            || Decision::nothing(Some(question)),
            |text| Decision::about(question, Event::Reheard { question, text, edited_at, noted }),
        ))
    }

    pub(super) fn decide_unhear(&self, address: &str) -> Decision {
        if self.gone.contains(address) {
            return Decision::nothing(None);
        }
        let event = Event::Unheard { address: address.to_owned() };
        match self.posts.get(address) {
            Some(question) => Decision::about(*question, event),
            None => Decision::session(event),
        }
    }

    pub(super) fn decide_revise(&self, by: &Staff, question: QuestionId, take: bool, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        if card.face.words.revision.is_none() {
            return Err(self.wrong(card));
        }
        Ok(Decision::about(question, Event::Revised { by: by.name.clone(), question, take }))
    }

    pub(super) fn decide_tell(&self, by: &Staff, question: QuestionId, on: Option<bool>, seen: Option<u64>) -> Outcome {
        let card = self.seen(question, seen)?;
        if card.post.as_ref().is_none_or(|heard| heard.post.thread.is_none()) {
            return Err(Refusal::Field { field: "question".into() });
        }
        if self.status(card) == Status::Withdrawn {
            return Err(self.wrong(card));
        }
        if card.face.handling.tell == on {
            return Ok(Decision::nothing(Some(question)));
        }
        Ok(Decision::about(question, Event::Told { by: by.name.clone(), question, on }))
    }

    pub(super) fn decide_announce(&self, by: &Staff, text: &str) -> Outcome {
        let text = words::required(text, MAX_ANNOUNCEMENT)?;
        if self.details.channels.accounts.is_empty() {
            return Err(Refusal::Field { field: "channels".into() });
        }
        Ok(Decision::session(Event::Announced { by: by.name.clone(), text }))
    }
}
