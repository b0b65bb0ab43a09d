//! The one door out for public data.

use shared::{
    QuestionId,
    commands::SessionListed,
    views::{Answer, Banner, PublicCard, PublicSession, PublicView},
};

use crate::{
    Conversation,
    state::card::{self, Card},
};

impl Conversation {
    /// What everybody may see.
    pub fn public(&self) -> PublicView {
        PublicView { seq: self.seqs.public, session: self.public_head(), questions: self.public_cards() }
    }

    /// A question as everybody may see it, if they may.
    pub fn public_card(&self, id: QuestionId) -> Option<PublicCard> {
        self.public_face(self.cards.get(&id)?)
    }

    /// The session in a list.
    pub fn listed(&self) -> SessionListed {
        let PublicSession { hashtag, title, phase, aldermen, opens, starts, ends, counts, .. } = self.public_head();
        SessionListed { hashtag, title, phase, aldermen, opens, starts, ends, counts }
    }

    /// The session itself as everybody may see it, without its questions.
    pub fn public_head(&self) -> PublicSession {
        let details = &self.details;
        PublicSession {
            hashtag: details.hashtag.as_str().to_owned(),
            title: details.title.clone(),
            introduction: details.introduction.clone(),
            aldermen: details.aldermen.clone(),
            phase: self.phase,
            opens: details.opens.map(|at| self.moment(at)),
            starts: details.starts.map(|at| self.moment(at)),
            ends: details.ends.map(|at| self.moment(at)),
            moderation: details.moderation,
            languages: details.languages.clone(),
            box_open: self.box_open(),
            banner: self.banner.as_ref().map(|banner| Banner { text: banner.text.clone(), at: self.moment(banner.at) }),
            on_stage: self.stage.map(|staged| staged.question),
            queue: self.queue.clone(),
            counts: self.counts,
        }
    }

    pub(crate) fn public_cards(&self) -> std::collections::BTreeMap<QuestionId, PublicCard> {
        self.cards.values().filter_map(|card| Some((card.id, self.public_face(card)?))).collect()
    }

    pub(crate) fn public_face(&self, card: &Card) -> Option<PublicCard> {
        card.visible().then(|| self.face_if_public(card))
    }

    /// What everybody would see of a card if it were public; only for who may see it anyway.
    pub(super) fn face_if_public(&self, card: &Card) -> PublicCard {
        let place = &card.face.place;
        PublicCard {
            id: card.id,
            text: card.face.words.text.clone(),
            name: card.name.clone(),
            source: card.source,
            link: card.post.as_ref().and_then(|heard| heard.post.link.clone()),
            topics: card.topics.clone(),
            asked_at: self.moment(card.asked_at),
            status: self.status(card),
            support: card.support(),
            edited: card.face.words.original.is_some(),
            lead: place.lead,
            wordings: place.wordings.clone(),
            answer: place.answer.as_ref().map(|answer| self.answer(answer)),
        }
    }

    fn answer(&self, answer: &card::Answer) -> Answer {
        Answer {
            text: answer.text.clone(),
            spoken: answer.spoken,
            by: answer.by.clone(),
            at: self.moment(answer.at),
            corrected: answer.corrected,
        }
    }
}
