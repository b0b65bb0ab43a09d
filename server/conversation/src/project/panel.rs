//! What the panel sees: what everybody sees, and its own unfinished answer.

use shared::views::{Draft, PanelSession, PanelView};

use crate::Conversation;

impl Conversation {
    /// What the panel sees.
    pub fn panel(&self) -> PanelView {
        PanelView { seq: self.seqs.panel, session: self.panel_head(), questions: self.public_cards() }
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
