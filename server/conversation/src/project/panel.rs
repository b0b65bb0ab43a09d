//! What the panel sees: what everybody sees, and its own unfinished answer.

use std::collections::BTreeMap;

use shared::{
    QuestionId,
    views::{Draft, PanelCard, PanelSession, PanelView},
};

use crate::{Conversation, Paper, state::card::Card};

impl Conversation {
    /// What the panel sees.
    pub fn panel(&self) -> PanelView {
        PanelView { seq: self.seqs.panel, session: self.panel_head(), questions: self.panel_cards() }
    }

    fn panel_cards(&self) -> BTreeMap<QuestionId, PanelCard> {
        self.cards.values().filter_map(|card| Some((card.id, self.panel_face(card)?))).collect()
    }

    /// A public question, with what was prepared for whoever answers it.
    pub(crate) fn panel_face(&self, card: &Card) -> Option<PanelCard> {
        let public = self.public_face(card)?;
        let leads = public.lead.is_none();
        Some(PanelCard {
            card: public,
            alderman: card.face.handling.alderman.clone().filter(|_| leads),
            briefing: self.paper(card.id, Paper::Briefing).filter(|_| leads),
            proposal: self.paper(card.id, Paper::Proposal).filter(|paper| paper.ready && leads),
        })
    }

    pub(crate) fn panel_head(&self) -> PanelSession {
        let draft = self.stage.and_then(|staged| Some((staged.question, self.drafts.get(&staged.question)?)));
        PanelSession {
            public: self.public_head(),
            draft: draft.map(|(question, draft)| Draft {
                question,
                text: draft.text.clone(),
                at: self.moment(draft.at),
            }),
            staged_at: self.stage.map(|staged| self.moment(staged.since)),
        }
    }
}
